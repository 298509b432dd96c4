// EASE (Steck 2019): the linear model of item on items with a zero diagonal, ridge `ridge`:
//
//   P = (X'X + ridge I)^-1,   B_ij = -P_ij / P_jj,   score_j = sum over the history of recency^age * B_ij
//
// P is not inverted densely (23,001 items would take 2.1 GB and 10^13 operations): its columns are solved by
// conjugate gradients over the sparse X, a few columns at a time, which is exact up to `tolerance`. Of each
// item's row of B the `keep` largest stay.
#pragma once

#include "learning/models/next_item_model.h"

namespace modiste {

struct EaseOptions {
  float ridge = 200;
  float recency = 0.8F;      // factor for each later choice of the history
  float tolerance = 0.003F;  // of a column's residual, relative
  size_t steps_max = 40;     // of conjugate gradients
  size_t keep = 400;         // entries of a row of B
};

class Ease final : public NextItemModel {
 public:
  explicit Ease(EaseOptions options = {}) : options_(options) {}
  [[nodiscard]] std::string_view name() const override { return "ease"; }
  // Memory: 6 vectors of items x 16 floats, and B.
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] size_t bytes() const override;

 private:
  struct Weight {
    ItemNumber item = 0;
    float weight = 0;
  };
  EaseOptions options_;
  std::vector<std::vector<Weight>> weights_;  // B, by row
};

}  // namespace modiste
