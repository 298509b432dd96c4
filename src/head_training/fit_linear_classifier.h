// Fits a LinearClassifier to all rows at once.
#pragma once

#include <cstdint>
#include <span>

#include "nn/linear_classifier.h"

namespace modiste {

// Minimises the mean cross-entropy plus l2 / rows * |weight|^2 / 2 by L-BFGS. Deterministic.
// rows: labels.size() x features. labels: below classes.
[[nodiscard]] LinearClassifier fit_linear_classifier(std::span<const float> rows, size_t features,
                                                     std::span<const int32_t> labels, size_t classes,
                                                     double l2);

}  // namespace modiste
