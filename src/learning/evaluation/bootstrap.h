// Intervals by the bootstrap (Efron 1979): the queries are drawn again with replacement, and the mean of each
// draw is taken. All series are judged on the same draws, so the interval of a difference of two is paired.
//
// An interval of few values is too narrow, and that of one value has no width. So what decides by one asks
// for kWitnessesMin independent values: shoppers, not their answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace modiste {

inline constexpr size_t kWitnessesMin = 30;

// Low and high: the middle 95% of the draws.
struct Interval {
  double mean = 0, low = 0, high = 0;
};

// series: of equal lengths, a value for each query; answers one interval for each. All zeros without queries.
// Cost: resamples * queries draws, once for all series.
[[nodiscard]] std::vector<Interval> bootstrap(std::span<const std::vector<float>> series, size_t resamples,
                                              uint64_t seed);

// The same, with all queries of a group drawn together: a shopper who asked a hundred times is one witness.
// groups: by query, any numbers.
[[nodiscard]] std::vector<Interval> bootstrap(std::span<const std::vector<float>> series,
                                              std::span<const uint32_t> groups, size_t resamples,
                                              uint64_t seed);
[[nodiscard]] size_t count_groups(std::span<const uint32_t> groups);

// Of a ratio of two means: both are of the same draws. mean: of the whole; 0 where the lower mean is 0.
[[nodiscard]] Interval bootstrap_ratio(std::span<const float> upper, std::span<const float> lower,
                                       size_t resamples, uint64_t seed);

}  // namespace modiste
