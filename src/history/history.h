// Reads the history of a shop or a research data set: its rows as events of the taxonomy, and as garments
// where the data set is the only source for them.
//
// Readers parse bytes as they come and never hold a file. Good rows go out, the others are reported by line,
// column and reason. Ids of events are made of what the rows say: the same file gives the same events, so
// that importing it twice changes nothing.
//
// Memory: a record of at most kLineBytesMax, and 8 bytes and a hash cell for every shopper; of rtr and of
//         garments that are asked for, what is known of every item.
// Threads: none.
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/event.h"
#include "feeds/feed.h"

namespace modiste {

struct HistoryOptions {
  TimePoint now{};     // nothing can have happened after it
  std::string prefix;  // before every id of the set, whose bare numbers other sets use too: "rtr-"
  size_t rows_max = std::numeric_limits<size_t>::max();
  bool bare_garments = false;  // make garments also of items that have only a number
  // For data sets that have an order but no times: the first event of a shopper is given this time, the next
  // ones follow by the set's step (history_run.h).
  TimePoint begin{std::chrono::sys_days(std::chrono::year(2014) / 1 / 1)};
  std::string companion;  // the text of the format's companion file; may be empty
};

// A sink that is not wanted is empty. The garments of rtr are known only after its last row: to get them
// before their events, read twice.
struct HistorySinks {
  std::function<Result<Done>(Garment&&)> garment;
  std::function<Result<Done>(Event&&, size_t line)> event;
};

struct HistoryReport {
  FeedReport rows;           // read and refused; garments
  size_t rows_left_out = 0;  // as the mapping asks
  size_t events = 0;
  size_t shoppers = 0;                      // distinct carriers of the events
  std::map<std::string, size_t> set_aside;  // impossible values; the row was read without them
  std::vector<std::string> notes;           // how the reader interpreted the data set
};

struct HistoryFormat;  // history_formats.h

// Errors: the input cannot be read, is not of the format, or a sink stopped it.
Result<HistoryReport> read_history(FeedInput& input, const HistoryFormat& format,
                                   const HistoryOptions& options, const HistorySinks& sinks,
                                   const FeedProgress& progress = {});

}  // namespace modiste
