// Measures of models of outfits; the area under the curve is one of fit too.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learning/evaluation/bootstrap.h"

namespace modiste {

// 1 when the right answer has the highest score; where others share it, their expected share: 1 / how many.
// NaN counts as the lowest score.
[[nodiscard]] double filled_in(std::span<const double> scores, size_t right);

// Area under the ROC curve: the share of pairs of a positive and a negative in which the positive has the
// higher score; equal scores count half. 0.5 without positives or without negatives.
[[nodiscard]] double area_under_curve(std::span<const double> scores, const std::vector<bool>& positive);

// The area of each list of scores over the same lines, with intervals by the bootstrap over lines: draws with
// replacement, the same for all lists. `mean` is the area of all lines.
[[nodiscard]] std::vector<Interval> bootstrap_area(std::span<const std::vector<double>> scores,
                                                   const std::vector<bool>& positive, size_t resamples,
                                                   uint64_t seed);

}  // namespace modiste
