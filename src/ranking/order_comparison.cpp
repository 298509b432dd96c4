#include "ranking/order_comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/check.h"

namespace modiste {
namespace {

// Rows from the best score on.
std::vector<size_t> order_by(std::span<const float> scores) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  return order;
}

// By row, from 0; equal scores share the mean of their ranks.
std::vector<double> middle_ranks(std::span<const float> scores, std::span<const size_t> order) {
  std::vector<double> ranks(scores.size());
  for (size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && scores[order[to]] == scores[order[from]]) ++to;
    const double middle = static_cast<double>(from + to - 1) / 2;
    for (size_t i = from; i < to; ++i) ranks[order[i]] = middle;
  }
  return ranks;
}

// Of Pearson, between ranks.
double correlation_of(std::span<const double> a, std::span<const double> b) {
  const double mean = static_cast<double>(a.size() - 1) / 2;
  double both = 0, one = 0, other = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - mean) * (b[i] - mean);
    one += (a[i] - mean) * (a[i] - mean);
    other += (b[i] - mean) * (b[i] - mean);
  }
  return one > 0 && other > 0 ? both / std::sqrt(one * other) : 0;
}

}  // namespace

OrderComparison compare_orders(std::span<const float> one, std::span<const float> other, size_t ahead) {
  CHECK(one.size() == other.size() && !one.empty() && ahead > 0);
  const auto order = order_by(one), against = order_by(other);
  const size_t first = std::min(ahead, one.size());
  const std::span<const size_t> theirs = std::span(against).first(first);
  size_t common = 0;
  for (size_t i = 0; i < first; ++i)
    common += std::find(theirs.begin(), theirs.end(), order[i]) != theirs.end() ? 1 : 0;
  return {static_cast<double>(common) / static_cast<double>(first),
          correlation_of(middle_ranks(one, order), middle_ranks(other, against))};
}

}  // namespace modiste
