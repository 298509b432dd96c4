// Multinomial logistic regression over few features: one Linear and a softmax, fitted to all rows at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace modiste {

struct LinearClassifier {
  size_t features = 0, classes = 0;
  std::vector<float> weight;  // classes x features
  std::vector<float> bias;    // classes
};

// Minimises the mean cross-entropy plus l2 / rows * |weight|^2 / 2 by L-BFGS. Deterministic.
// rows: labels.size() x features. labels: below classes.
[[nodiscard]] LinearClassifier fit_linear_classifier(std::span<const float> rows, size_t features,
                                                     std::span<const int32_t> labels, size_t classes,
                                                     double l2);

}  // namespace modiste
