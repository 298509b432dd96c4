// Simulated shoppers swipe what a policy shows them; the share of likes measures the policy.
//
// Four policies meet the same shoppers on the same catalog: Modiste as it ships; random items; the most liked
// so far; an oracle that knows each shopper's taste, as the upper bound. All know the shopper's department
// and keep the rules of a deck (a liked garment rests in every colour, so does one passed in two), and all
// see the same coin: whether a shopper likes an item is drawn from (seed, shopper, item), not from the
// policy. The others never show an item twice; Modiste's deck brings passed items back later, which the coin
// passes again: PolicyReport::repeated says how often.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "serving/shop.h"
#include "simulation/shopper_model.h"

namespace modiste {

struct ClosedLoopOptions {
  size_t shoppers = 200;
  size_t swipes = 60;
  size_t warmup = 20;       // cards 1 to 20 are not judged
  double quiz_share = 0.5;  // of shoppers who answer the whole quiz; the others only say their department
  uint64_t seed = 7;
  ShopperModelOptions model;
};

struct PolicyReport {
  std::string name;
  std::vector<double> like_rate;  // by card, over all shoppers
  double like_rate_judged = 0;    // over cards warmup + 1 to swipes
  double repeated = 0;            // share of the judged cards that the shopper had swiped before
  double coverage = 0;            // share of the shop's garments shown to anybody
};

struct ClosedLoopReport {
  PolicyReport engine, random, popularity;  // engine: Modiste as it ships
  PolicyReport oracle;                      // always shows what the shopper most likely likes: an upper bound
  double against_random = 0, against_popularity = 0;  // ratios of like_rate_judged
};

using LoopProgress = std::function<void(std::string_view policy, size_t swipe, size_t swipes)>;

// The shop must hold a catalog and know no shopper; its clock is advanced a second a card.
Result<ClosedLoopReport> run_closed_loop(Shop& shop, ManualClock& clock, const ClosedLoopOptions& options,
                                         const LoopProgress& progress = {});

// What docs/reports/simulation.json holds.
[[nodiscard]] json::value to_report_json(const ClosedLoopReport& report, const ClosedLoopOptions& options);

}  // namespace modiste
