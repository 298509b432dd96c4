// What shoppers said they dress for, out of the log: each time with what serving would have known at that
// moment.
//
// The log is folded anew, in the order in which its events became known, by the ProfileBuilder that serve;
// what a request would have been told is made of the event's context by the code that serves
// (request_context.h). So an example holds nothing that a request of that moment could not have known, with
// two exceptions that an import cannot avoid: a garment's facts are today's, and a garment in hand is no clue
// at all, as it is none to a request.
//
//   counted     an event or an answered request whose context says an occasion of ours, once a day for each
//               shopper and occasion: sixty swipes for one party are one party
//   left out    what robots did and clicks that slipped, judged by all of the log; shoppers without consent
//               to training, and who was forgotten, as of its end
//
// Memory: the shoppers' states, as while serving, and about 300 bytes an example.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "catalog/garment_store.h"
#include "learning/training/occasion_training.h"
#include "serving/profile_builder.h"
#include "serving/request_context.h"

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
  size_t with_recent = 0;           // of said: something was known of what she chose before
  // What said an occasion and is not there.
  size_t repeated = 0, unusable = 0, noise = 0, without_consent = 0;
};

using HistoryProgress = std::function<void(std::string_view what, uint64_t done)>;

Result<OccasionHistory> read_occasion_history(const OccasionHistoryPorts& ports, const Vocabulary& vocabulary,
                                              const OccasionHistoryOptions& options = {},
                                              const HistoryProgress& progress = {});

}  // namespace modiste
