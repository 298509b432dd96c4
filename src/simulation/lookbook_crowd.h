// A crowd of simulated shoppers for the lookbook: each lives in one of a few cities, names their department,
// and likes some garments by their own taste.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "serving/shop.h"
#include "simulation/shopper_model.h"

namespace modiste {

struct LookbookCrowdOptions {
  size_t shoppers = 10'000;
  size_t cards = 30;  // garments that each sees and likes or not
  uint64_t seed = 7;
  ShopperModelOptions model;
};

// The ids of the shoppers and where they live.
struct CrowdMember {
  std::string id, time_zone;
};

// Sends what they do to the shop, whose catalog is loaded and which knows no shopper.
Result<std::vector<CrowdMember>> gather_crowd(Shop& shop, const LookbookCrowdOptions& options,
                                              const std::function<void(size_t shoppers)>& progress = {});

}  // namespace modiste
