// A shop trains on its own log, and simulated shoppers judge it: the closed loop of the learned ranker and
// of the network of next choices.
//
// Shoppers look at pages (page_loop.h), first of the hybrid ranker. After half of the pages before, and after
// all of them, the shop may train on the log so far; the same shoppers look twice: in a shop that serves with
// what it trained, and in one that stays with the hybrid. Popular garments are a third policy, from the first
// page on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulation/page_loop.h"
#include "simulation/shopper_model.h"

namespace modiste {

struct RankerLoopOptions {
  size_t shoppers = 400;
  size_t pages_before = 8, pages_after = 5;  // a shopper's, before and after the training
  size_t page = 20;
  double eta = 1;  // of the position bias; 0: all is looked at
  uint64_t seed = 7;
  ShopperModelOptions model;
};

struct PagesReport {
  std::string name;
  std::vector<double> like_rate;  // likes over looks, by page
  double before = 0, after = 0;   // the same over the pages before and after the training
  size_t likes_after = 0, looks_after = 0;
  double coverage = 0;  // share of the garments that anybody was shown after the training
};

struct RankerLoopReport {
  PagesReport ranker, hybrid, popularity;
  double against_hybrid = 0, against_popularity = 0;  // ratios of `after`
};

using RankerLoopProgress = std::function<void(std::string_view policy, size_t page, size_t pages)>;

// with_ranker and without: two equal shops.
Result<RankerLoopReport> run_ranker_loop(const LoopShop& with_ranker, const LoopShop& without,
                                         const TrainOnLog& train, const RankerLoopOptions& options,
                                         const RankerLoopProgress& progress = {});

// What no ranker can pass, by shoppers whose liking is known. The pages before the training are the hybrid's;
// after it the liking orders the candidates of the shop's sources, with exploration, rules and diversity as
// they are, or all garments that the shopper has not swiped, without them.
struct RankerBounds {
  PagesReport candidates, garments;
};

// orders and finds: two shops equal to those of run_ranker_loop().
Result<RankerBounds> run_ranker_bounds(const LoopShop& orders, const LoopShop& finds,
                                       const RankerLoopOptions& options,
                                       const RankerLoopProgress& progress = {});

[[nodiscard]] json::value to_report_json(const PagesReport& report);
[[nodiscard]] json::value to_report_json(const RankerLoopReport& report);

}  // namespace modiste
