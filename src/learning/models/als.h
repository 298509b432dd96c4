// Factors of implicit choices by alternating least squares (Hu, Koren, Volinsky 2008, equations 4 and 5):
// with the vectors y of items fixed, the vector of a shopper who chose the items in U is
//
//   x = (Y'Y + alpha * sum over U of y y' + ridge I)^-1 (1 + alpha) * sum over U of y
//
// and the other way round, by a few steps of conjugate gradients each from where the last sweep ended
// (Takacs, Pilaszy, Tikk 2011). A history's vector is solved the same way when it is asked; score_i = x .
// y_i. A baseline of evaluation: it does not serve.
#pragma once

#include <Eigen/Core>

#include "learning/models/next_item_model.h"

namespace modiste {

struct AlsOptions {
  int width = 128;
  float ridge = 10;
  float alpha = 39;  // how much more a choice counts than one that was not made
  int sweeps = 15;   // over shoppers and items
  int steps = 3;     // of conjugate gradients for each vector of a sweep
  int steps_of_answer = 12;
  uint64_t seed = 7;
};

class Als final : public NextItemModel {
 public:
  explicit Als(AlsOptions options = {}) : options_(options) {}
  [[nodiscard]] std::string_view name() const override { return "als"; }
  // On all cores. Memory: the vectors of shoppers and items.
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] size_t bytes() const override;

 private:
  AlsOptions options_;
  Eigen::MatrixXf items_;  // a column each; zeros: nobody chose it
  Eigen::MatrixXf gram_;   // of the items, and the ridge
};

}  // namespace modiste
