// Gradient-boosted trees that choose one row of each group (XGBoost's trees; the loss is ours, because
// Debian's XGBoost has only sampled pairs): over the rows of a group the model's values make a distribution
//
//   p_i = exp(v_i) / sum_j exp(v_j),   loss = -log p_chosen,   gradient p_i - y_i,   hessian p_i (1 - p_i)
//
// The last groups are not learned from: trees are added until their loss has not fallen for `patience`
// rounds, and those up to the least loss are used.
//
// Threads: value() from any thread after fit().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "learning/models/booster.h"

namespace modiste {

// Rows of `columns` features, group after group. A NaN is a value that is not known.
struct ChoiceRows {
  size_t columns = 0;
  std::vector<float> values;
  std::vector<size_t> ends;    // of the groups, in rows
  std::vector<size_t> chosen;  // by group: the row, counted from the start of `values`
  [[nodiscard]] size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
};

struct BoostedTreesOptions {
  size_t rounds = 200;      // at most
  size_t patience = 10;     // rounds
  double share_kept = 0.1;  // of the groups, to stop by
  float learning_rate = 0.15F;
  size_t depth = 6;
  float child_weight_min = 2;  // sum of hessians
  float ridge = 1;
  float share_of_rows = 0.8F, share_of_columns = 0.7F;  // drawn for each tree
  uint32_t seed = 7;
};

class BoostedTrees {
 public:
  using Progress = std::function<void(size_t round, size_t rounds)>;
  // Groups must not be empty and hold their chosen row.
  void fit(const ChoiceRows& rows, const BoostedTreesOptions& options, const Progress& progress = {});
  [[nodiscard]] bool fitted() const { return booster_ != nullptr; }
  // One value for each row of `columns` features; larger is better. CHECKs that it was fitted.
  [[nodiscard]] std::vector<float> values(std::span<const float> rows, size_t columns) const;
  [[nodiscard]] size_t bytes() const { return bytes_; }

 private:
  std::shared_ptr<const Booster> booster_;  // shared: a copied model is the same
  size_t rounds_ = 0;                       // that are used
  size_t bytes_ = 0;
};

}  // namespace modiste
