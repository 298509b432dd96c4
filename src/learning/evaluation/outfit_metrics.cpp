#include "learning/evaluation/outfit_metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/rng.h"

namespace modiste {
namespace {

double or_lowest(double score) {
  return std::isnan(score) ? -std::numeric_limits<double>::infinity() : score;
}

// Lines in the order of their scores, cut into runs of equal ones: areas of draws need no sorting.
class SortedScores {
 public:
  SortedScores(std::span<const double> scores, const std::vector<bool>& positive) : positive_(positive) {
    CHECK(scores.size() == positive.size());
    order_.resize(scores.size());
    std::iota(order_.begin(), order_.end(), size_t{0});
    const auto of = [&](size_t line) { return or_lowest(scores[line]); };
    std::stable_sort(order_.begin(), order_.end(), [&](size_t a, size_t b) { return of(a) < of(b); });
    for (size_t i = 0; i < order_.size(); ++i)
      ends_.push_back(i + 1 == order_.size() || of(order_[i]) != of(order_[i + 1]));
  }

  // times: of each line in the draw.
  [[nodiscard]] double area(std::span<const uint32_t> times) const {
    double below = 0, won = 0, positives = 0;  // negatives below this run
    double run_positive = 0, run_negative = 0;
    for (size_t i = 0; i < order_.size(); ++i) {
      (positive_[order_[i]] ? run_positive : run_negative) += times[order_[i]];
      if (!ends_[i]) continue;
      won += run_positive * (below + run_negative / 2);
      below += run_negative;
      positives += run_positive;
      run_positive = run_negative = 0;
    }
    return positives == 0 || below == 0 ? 0.5 : won / (positives * below);
  }

 private:
  const std::vector<bool>& positive_;
  std::vector<size_t> order_;
  std::vector<bool> ends_;
};

}  // namespace

double filled_in(std::span<const double> scores, size_t right) {
  CHECK(right < scores.size());
  const double mine = or_lowest(scores[right]);
  size_t equal = 0;
  for (const double score : scores) {
    if (or_lowest(score) > mine) return 0;
    if (or_lowest(score) == mine) ++equal;
  }
  return 1 / static_cast<double>(equal);
}

double area_under_curve(std::span<const double> scores, const std::vector<bool>& positive) {
  return SortedScores(scores, positive).area(std::vector<uint32_t>(scores.size(), 1));
}

std::vector<Interval> bootstrap_area(std::span<const std::vector<double>> scores,
                                     const std::vector<bool>& positive, size_t resamples, uint64_t seed) {
  std::vector<SortedScores> sorted;
  for (const auto& of_model : scores) sorted.emplace_back(of_model, positive);
  std::vector<std::vector<double>> areas(scores.size());
  Rng rng(seed);
  std::vector<uint32_t> times(positive.size());
  for (size_t draw = 0; draw < resamples; ++draw) {
    std::fill(times.begin(), times.end(), 0U);
    for (size_t i = 0; i < times.size(); ++i) ++times[rng.below(times.size())];
    for (size_t m = 0; m < sorted.size(); ++m) areas[m].push_back(sorted[m].area(times));
  }
  std::vector<Interval> intervals;
  const std::vector<uint32_t> once(positive.size(), 1);
  for (size_t m = 0; m < sorted.size(); ++m) {
    const double whole = sorted[m].area(once);
    std::sort(areas[m].begin(), areas[m].end());
    const auto at = [&](double part) {
      return areas[m].empty()
                 ? whole
                 : areas[m][static_cast<size_t>(part * static_cast<double>(areas[m].size() - 1))];
    };
    intervals.push_back({whole, at(0.025), at(0.975)});
  }
  return intervals;
}

}  // namespace modiste
