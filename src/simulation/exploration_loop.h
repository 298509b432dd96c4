// What exploration costs and what it finds: simulated shoppers look at the pages of shops that differ in
// exploration alone (page_loop.h). A shopper buys a part of what they like.
//
// The regret of a page is what its places would have been liked for had they held what this shopper likes
// best of what they have not swiped, less what they were: the sum over the places of (liking of the best
// garment left for this place - liking of the garment shown), by the chance that the place is looked at.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "simulation/page_loop.h"

namespace modiste {

struct ExplorationLoopOptions {
  size_t shoppers = 40;
  size_t pages = 12, page = 20;
  double eta = 1;     // of the position bias
  double buys = 0.2;  // share of the liked garments that are bought at once
  uint64_t seed = 7;
  ShopperModelOptions model;
};

struct ExplorationReport {
  std::string name;
  std::vector<double> regret;     // up to each page, mean over the shoppers
  std::vector<double> like_rate;  // likes over looks, by page
  size_t likes = 0, looks = 0, purchases = 0;
  double conversion = 0;  // share of the pages from which something was bought
  double explored = 0;    // share of the places
  // Of the new garments that shoppers like best, a quarter of the new ones, the share that three or more
  // shoppers liked by the end.
  double found = 0;
  size_t good_new = 0;
  [[nodiscard]] double liked() const {
    return looks > 0 ? static_cast<double>(likes) / static_cast<double>(looks) : 0;
  }
};

using ExplorationProgress = std::function<void(size_t page)>;

// The shop's policy is what is judged. The same seed gives the same shoppers and the same eyes.
Result<ExplorationReport> run_exploration_loop(const LoopShop& shop, std::string name,
                                               const ExplorationLoopOptions& options,
                                               const ExplorationProgress& progress = {});

// runs: by seed, each with a report for every policy, in one order.
[[nodiscard]] json::value to_report_json(const std::vector<std::vector<ExplorationReport>>& runs,
                                         const ExplorationLoopOptions& options);

}  // namespace modiste
