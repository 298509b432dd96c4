// The settings that an experiment may choose per request: candidates per source, ranker, exploration, and
// the time limit of retrieval. A value; the default comes from the configuration.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "ranking/objective.h"
#include "ranking/select.h"
#include "ranking/source_weights.h"

namespace modiste {

struct StageBudgets {
  std::chrono::milliseconds candidates{10};  // for all sources together; a late source returns what it has
};

// For simulations and evaluations: a source that is cut short on a busy machine would change their figures.
inline constexpr StageBudgets kNoHurry{std::chrono::hours(1)};

struct Policy {
  std::string name = "default";
  std::string ranker = "learned";  // the champion of the shop's own log; the hybrid while there is none
  // Number of candidates wanted from a source, by source name; 0: it is not asked. A source that is missing
  // has its own limit (candidate_source.h).
  std::map<std::string, size_t, std::less<>> candidates;
  SourceWeights weights;  // of the hybrid ranker
  ObjectiveWeights objective;
  ExplorationOptions exploration;
  SelectOptions select;  // count and epsilon come from the request
  StageBudgets budgets;
  // With fewer signals, popularity means popularity within the shopper's style clusters.
  int thin_signals = 5;
};

}  // namespace modiste
