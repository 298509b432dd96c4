// The histories of research sets that can be read. A new one is a new file with its HistoryFormat, a test,
// and its name in the two lists below (docs/recipes/history-format.md). Tables of a shop's own need none: a
// mapping (history_mapping.h) says what their columns are.
#pragma once

#include <array>
#include <string_view>

#include "history/history_run.h"

namespace modiste {

struct HistoryFormat {
  std::string_view name;  // of the command `modiste import NAME`
  std::string_view doc;   // its help
  // Reads to the end and reports into the run. Errors: as read_history().
  Result<Done> (*read)(HistoryRun& run);
  bool has_times = false;           // else HistoryOptions::begin places its events in time
  bool has_garments = false;        // the set describes its items; they are imported before the events
  bool has_many_shops = false;      // files of several shops: ids are prefixed by the file's first word
  std::string_view companion = {};  // a file beside the source whose text the reader needs
};

// Declared here, defined each in its own file.
extern const HistoryFormat kRtrHistory, kAmazonHistory, kSessionsHistory, kPolyvoreHistory;

inline constexpr std::array kHistoryFormats{&kRtrHistory, &kAmazonHistory, &kSessionsHistory,
                                            &kPolyvoreHistory};

}  // namespace modiste
