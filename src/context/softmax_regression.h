// Multinomial logistic regression with offsets and L2, by L-BFGS (libLBFGS; Nocedal 1980, Math. Comp. 35).
//
//   p(class | row) = softmax(offset(row) + row * W)        W minimises  sum_i w_i * -log p_i + l2 / 2 * |W|^2
//
// With offset = log of a prior, W = 0 is that prior: classes with little evidence stay
// near it (MAP estimate).
#pragma once

#include <span>
#include <vector>

#include "context/occasion_features.h"

namespace modiste {

struct SoftmaxOptions {
  double l2 = 10;            // examples that a weight needs to move by about 1; chosen on rtr, see evaluation
  int iterations_max = 200;  // rtr needs about 60
};

struct SoftmaxRow {
  std::vector<Feature> features;
  OccasionVector offset{};  // log probabilities
  Occasion truth{};
  double weight = 1;
};

// By feature, then by class.
using SoftmaxWeights = std::vector<OccasionVector>;

// Deterministic. kInternal when the library fails before the first step.
Result<SoftmaxWeights> fit_softmax(std::span<const SoftmaxRow> rows, size_t feature_count,
                                   const SoftmaxOptions& options);

[[nodiscard]] OccasionVector softmax(std::span<const Feature> features, const OccasionVector& offset,
                                     const SoftmaxWeights& weights);

}  // namespace modiste
