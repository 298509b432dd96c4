#include "learning/evaluation/metrics.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

double dcg(std::span<const double> gains, size_t k) {
  double sum = 0;
  for (size_t i = 0; i < std::min(k, gains.size()); ++i)
    sum += (std::exp2(gains[i]) - 1) / std::log2(static_cast<double>(i) + 2);
  return sum;
}

double hits(std::span<const bool> relevant, size_t k) {
  const auto end = relevant.begin() + static_cast<std::ptrdiff_t>(std::min(k, relevant.size()));
  return static_cast<double>(std::count(relevant.begin(), end, true));
}

}  // namespace

double precision_at(std::span<const bool> relevant, size_t k) {
  return k == 0 ? 0 : hits(relevant, k) / static_cast<double>(k);
}

double recall_at(std::span<const bool> relevant, size_t k, size_t relevant_total) {
  return relevant_total == 0 ? 0 : hits(relevant, k) / static_cast<double>(relevant_total);
}

double ndcg_at(std::span<const double> gains, std::span<const double> ideal_gains, size_t k) {
  std::vector<double> ideal(ideal_gains.begin(), ideal_gains.end());
  std::sort(ideal.begin(), ideal.end(), std::greater<>());
  const double best = dcg(ideal, k);
  return best <= 0 ? 0 : dcg(gains, k) / best;
}

double reciprocal_rank(std::span<const bool> relevant) {
  const auto first = std::find(relevant.begin(), relevant.end(), true);
  return first == relevant.end() ? 0 : 1.0 / static_cast<double>(first - relevant.begin() + 1);
}

double intra_list_diversity(size_t count, const std::function<double(size_t, size_t)>& likeness) {
  if (count < 2) return 0;
  double sum = 0;
  for (size_t i = 0; i < count; ++i)
    for (size_t j = i + 1; j < count; ++j) sum += 1 - likeness(i, j);
  return sum / (static_cast<double>(count) * static_cast<double>(count - 1) / 2);
}

}  // namespace modiste
