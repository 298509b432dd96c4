// Reads from the log what shoppers said they dress for, each time with what serving knew at that moment.
//
// The log is folded again, in the order in which its events became known, by the ProfileBuilder that serving
// uses; the event's context is read by the code that reads a request's (request_context.h). So an example
// holds nothing that a request of that moment could not have known, with one exception: a garment's facts are
// today's. The event's own garment is not a feature: requests have none.
//
//   counted     an event or an answered request whose context says an occasion of ours, once a day for each
//               shopper and occasion: sixty swipes for one party are one party
//   left out    events of robots and accidental clicks, judged by all of the log; shoppers without consent
//               to training and erased ones, as of its end
//
// Memory: the shoppers' states, as while serving, and about 300 bytes an example.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "catalog/garment_store.h"
#include "learning/training/occasion_training.h"
#include "serving/state/profile_builder.h"
#include "serving/state/request_context.h"

namespace modiste {

struct OccasionHistoryPorts {
  const LoggedEvents& log;  // in any order; must not grow meanwhile
  const GarmentStore& garments;
};

struct OccasionHistoryOptions {
  ProfileBuilderOptions profiles;
  RequestContextOptions context;
};

struct OccasionHistory {
  std::vector<DatedOccasion> said;  // in the order in which they became known
  uint64_t events = 0;              // of the log
  size_t with_recent = 0;           // of said: something was known of what the shopper chose before
  // What said an occasion and is not there.
  size_t repeated = 0, unusable = 0, noise = 0, without_consent = 0;
};

using HistoryProgress = std::function<void(std::string_view what, uint64_t done)>;

Result<OccasionHistory> read_occasion_history(const OccasionHistoryPorts& ports, const Vocabulary& vocabulary,
                                              const OccasionHistoryOptions& options = {},
                                              const HistoryProgress& progress = {});

}  // namespace modiste
