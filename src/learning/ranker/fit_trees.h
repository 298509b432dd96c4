// Gradient-boosted trees for a loss of the caller's, by XGBoost, as arrays that serving evaluates without it
// (ranking/tree_ensemble.h).
//
// Deterministic in the options, also when it is killed and goes on (learning/training/checkpoints.h): the
// trees are grown in stretches, each by a booster of its own on top of the sums so far, and kept after each.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "learning/training/checkpoints.h"
#include "ranking/tree_ensemble.h"

namespace modiste {

struct FitTreesOptions {
  size_t rounds = 300;   // at most; a tree each
  size_t patience = 40;  // rounds without a better held-out loss, then no more
  float learning_rate = 0.06F;
  size_t depth = 3;
  float child_weight_min = 20;  // sum of hessians
  float ridge = 5;
  float share_of_rows = 0.8F, share_of_columns = 0.6F;  // drawn for each tree
  uint32_t seed = 7;
  // By column: 1, the sum never falls as the value rises; 0, it may. Where few rows lie, such as far below
  // what is usually shown, this says how to go on.
  std::vector<int> rising;
  bool every_round = false;  // no loss chooses: all rounds are kept
  size_t stretch = 50;       // rounds between two checkpoints: seconds
};

// Where a stage of fitting is kept. about: a hash of what the gradients read.
struct TreesCheckpoint {
  const Checkpoints* checkpoints = nullptr;  // borrowed; null: nothing is kept
  std::string_view stage;
  uint64_t about = 0;
};

// Fills gradient and hessian of each row by its present sum; both begin at 0. Answers the loss by which the
// number of rounds is chosen, of rows without gradient.
using LossGradients =
    std::function<double(std::span<const float> sums, std::span<float> gradient, std::span<float> hessian)>;

struct FittedTrees {
  TreeEnsemble trees;
  size_t rounds = 0;  // those up to the least loss
};

// values: row after row; kFeatureUnknown is not known. At least one row and column.
[[nodiscard]] FittedTrees fit_trees(std::span<const float> values, size_t columns,
                                    const FitTreesOptions& options, const LossGradients& gradients,
                                    const std::function<void(size_t round, double loss)>& progress = {},
                                    const TreesCheckpoint& checkpoint = {});

}  // namespace modiste
