// Everything that an experiment may choose for a request: which sources and how much of each, which ranker,
// how much is explored, how long each stage may take. A value; the default is the configuration's.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "ranking/select.h"

namespace modiste {

struct StageBudgets {
  std::chrono::milliseconds candidates{10};  // of all sources together; one that is late answers what it has
};

struct Policy {
  std::string name = "default";
  std::string ranker = "hybrid";
  // Candidates wanted of each source, by its name; a source that is not named, or has 0, is not asked.
  std::map<std::string, size_t, std::less<>> candidates{{"visual", 500},     {"attributes", 400},
                                                        {"neighbours", 200}, {"style_clusters", 200},
                                                        {"popularity", 200}, {"explore", 60}};
  ExplorationOptions exploration;
  SelectOptions select;  // count and epsilon are the request's
  StageBudgets budgets;
  int thin_signals = 5;  // below it the popular items of the shopper's style clusters stand for popularity
};

}  // namespace modiste
