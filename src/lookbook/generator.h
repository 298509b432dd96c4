// Port: what makes the looks of a cluster, once a night for all its shoppers.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "lookbook/look.h"
#include "style/shopper_state.h"

namespace modiste {

// The cluster that looks are made for.
struct LookBrief {
  std::chrono::year_month_day day{};
  lookbook::ClusterKey cluster;
  std::string cluster_id;
  // What its shoppers like on average, as the profile of one shopper; nobody's own (centroid.h). Never null.
  std::shared_ptr<const ShopperState> centroid;
  size_t shoppers = 0;  // whose average it is
  size_t day_looks = 10, evening_looks = 10;
};

struct MadeLooks {
  std::vector<lookbook::Look> looks;  // at most as many as asked for, day looks first, best first
  std::string generator;              // what made most of them
  size_t refused = 0;                 // that the generator proposed and the shop cannot show
  std::string fell_back;              // why another generator stood in; empty: none did
};

// Threads: one call at a time.
class LookGenerator {
 public:
  virtual ~LookGenerator() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  // One generation for the whole cluster. Every look is of garments that are sold and in stock, and keeps the
  // rules of outfits. Fewer looks than asked for are fine; kUnavailable: there are none.
  virtual Result<MadeLooks> generate(const LookBrief& brief) = 0;
};

}  // namespace modiste
