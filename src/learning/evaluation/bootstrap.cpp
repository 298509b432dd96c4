#include "learning/evaluation/bootstrap.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/check.h"
#include "base/rng.h"

namespace modiste {
namespace {

double weighted_mean(std::span<const float> values, std::span<const float> times) {
  constexpr size_t kLanes = 8;
  double sum = 0;
  size_t i = 0;
  while (i < values.size()) {  // short blocks in float, their sums in double
    const size_t end = std::min(values.size(), i + 1024);
    float lanes[kLanes]{};
    for (; i + kLanes <= end; i += kLanes)
      for (size_t c = 0; c < kLanes; ++c) lanes[c] += values[i + c] * times[i + c];
    for (; i < end; ++i) lanes[0] += values[i] * times[i];
    for (const float lane : lanes) sum += lane;
  }
  return sum / static_cast<double>(values.size());
}

// How often each query is in a draw.
void draw(std::vector<float>& times, Rng& rng) {
  std::fill(times.begin(), times.end(), 0.0F);
  for (size_t i = 0; i < times.size(); ++i) ++times[rng.below(times.size())];
}

// all: of each draw. mean: where there are none.
Interval middle_of(std::vector<double> all, double mean) {
  std::sort(all.begin(), all.end());
  const auto at = [&](double part) {
    return all.empty() ? mean : all[static_cast<size_t>(part * static_cast<double>(all.size() - 1))];
  };
  return {mean, at(0.025), at(0.975)};
}

// Sums over the queries of each group.
struct GroupSums {
  std::vector<float> queries;
  std::vector<std::vector<float>> series;
};

GroupSums sums_by_group(std::span<const std::vector<float>> series, std::span<const uint32_t> groups) {
  std::unordered_map<uint32_t, size_t> places;
  std::vector<size_t> place_of;
  for (const uint32_t group : groups) place_of.push_back(places.emplace(group, places.size()).first->second);
  GroupSums sums;
  sums.queries.resize(places.size());
  for (const size_t place : place_of) ++sums.queries[place];
  for (const auto& values : series) {
    CHECK(values.size() == groups.size());
    std::vector<float>& of_series = sums.series.emplace_back(places.size());
    for (size_t query = 0; query < values.size(); ++query) of_series[place_of[query]] += values[query];
  }
  return sums;
}

}  // namespace

std::vector<Interval> bootstrap(std::span<const std::vector<float>> series, size_t resamples, uint64_t seed) {
  std::vector<Interval> intervals(series.size());
  const size_t queries = series.empty() ? 0 : series.front().size();
  if (queries == 0) return intervals;
  Rng rng(seed);
  std::vector<std::vector<double>> means(series.size());
  std::vector<float> times(queries);
  for (size_t n = 0; n < resamples; ++n) {
    draw(times, rng);
    for (size_t s = 0; s < series.size(); ++s) means[s].push_back(weighted_mean(series[s], times));
  }
  for (size_t s = 0; s < series.size(); ++s) {
    CHECK(series[s].size() == queries);
    const double mean =
        std::accumulate(series[s].begin(), series[s].end(), 0.0) / static_cast<double>(queries);
    intervals[s] = middle_of(std::move(means[s]), mean);
  }
  return intervals;
}

std::vector<Interval> bootstrap(std::span<const std::vector<float>> series, std::span<const uint32_t> groups,
                                size_t resamples, uint64_t seed) {
  const GroupSums sums = sums_by_group(series, groups);
  if (sums.queries.size() == groups.size()) return bootstrap(series, resamples, seed);
  std::vector<Interval> intervals;
  for (const auto& of_series : sums.series)  // a seed's draws are the same for each
    intervals.push_back(bootstrap_ratio(of_series, sums.queries, resamples, seed));
  return intervals;
}

size_t count_groups(std::span<const uint32_t> groups) {
  return std::unordered_set<uint32_t>(groups.begin(), groups.end()).size();
}

Interval bootstrap_ratio(std::span<const float> upper, std::span<const float> lower, size_t resamples,
                         uint64_t seed) {
  CHECK(upper.size() == lower.size());
  if (upper.empty()) return {};
  const auto ratio = [](double above, double below) { return below > 0 ? above / below : 0; };
  Rng rng(seed);
  std::vector<double> ratios;
  std::vector<float> times(upper.size());
  for (size_t n = 0; n < resamples; ++n) {
    draw(times, rng);
    ratios.push_back(ratio(weighted_mean(upper, times), weighted_mean(lower, times)));
  }
  return middle_of(std::move(ratios), ratio(std::accumulate(upper.begin(), upper.end(), 0.0),
                                            std::accumulate(lower.begin(), lower.end(), 0.0)));
}

}  // namespace modiste
