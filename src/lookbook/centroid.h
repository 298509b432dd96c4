// The average of a cluster's shoppers, as the profile of one: what generators make looks for.
//
// Threads: any. Pure: the same states in the same order give the same profile.
#pragma once

#include <memory>
#include <vector>

#include "style/shopper_state.h"

namespace modiste::lookbook {

// Means of what the shoppers like now (present_taste), each shopper counting as much as another. Nothing that
// one of them said or chose is in it: no items, vetoes, sizes or budgets, no term that fewer than
// kCentroidTermShoppers of them have evidence of, and nothing but the department of fewer shoppers than that.
class Centroid {
 public:
  void add(const ShopperState& shopper, const StyleModel& model);
  // All that the other has. Nobody is added afterwards.
  void merge(const Centroid& other);
  [[nodiscard]] size_t shoppers() const { return shoppers_; }
  // department: stated for all of them; kNoTerm: none.
  [[nodiscard]] std::shared_ptr<const ShopperState> profile(TermId department) const;

 private:
  struct Sum {
    double ema = 0, ema_left = 0, positive = 0, negative = 0, weight = 0;
    size_t shoppers = 0, latest = 0;  // how many, and which was counted last
  };
  std::vector<Sum> terms_;  // by TermId
  std::vector<double> vector_;
  double positive_ = 0, negative_ = 0, log_price_ = 0, log_price_square_ = 0, price_weight_ = 0;
  size_t shoppers_ = 0;
};

inline constexpr size_t kCentroidTermShoppers = 2;

}  // namespace modiste::lookbook
