// Intervals by the bootstrap (Efron 1979): the queries are drawn again with replacement, and the mean of each
// draw is taken. All series are judged on the same draws, so the interval of a difference of two is paired.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace modiste {

// Low and high: the middle 95% of the draws.
struct Interval {
  double mean = 0, low = 0, high = 0;
};

// series: of equal lengths, a value for each query; answers one interval for each. All zeros without queries.
// Cost: resamples * queries draws, once for all series.
[[nodiscard]] std::vector<Interval> bootstrap(std::span<const std::vector<float>> series, size_t resamples,
                                              uint64_t seed);

// Of a ratio of two means: both are of the same draws. mean: of the whole; 0 where the lower mean is 0.
[[nodiscard]] Interval bootstrap_ratio(std::span<const float> upper, std::span<const float> lower,
                                       size_t resamples, uint64_t seed);

}  // namespace modiste
