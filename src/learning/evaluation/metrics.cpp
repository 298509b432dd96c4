#include "learning/evaluation/metrics.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

std::span<const double> first(std::span<const double> ranks, size_t k) {
  const auto end = std::upper_bound(ranks.begin(), ranks.end(), static_cast<double>(k));
  return ranks.first(static_cast<size_t>(end - ranks.begin()));
}

double share(double part, size_t of) { return of == 0 ? 0 : part / static_cast<double>(of); }

}  // namespace

double mid_rank(std::span<const float> scores, uint32_t item, std::span<const uint32_t> excluded) {
  const float own = scores[item];
  size_t better = 0, equal = 0;
  for (const float score : scores) better += score > own ? 1 : 0, equal += score == own ? 1 : 0;
  for (const uint32_t other : excluded) {
    better -= scores[other] > own ? 1 : 0;
    equal -= scores[other] == own ? 1 : 0;
  }
  return static_cast<double>(better) + static_cast<double>(equal + 1) / 2;
}

double hit_at(std::span<const double> ranks, size_t k) { return first(ranks, k).empty() ? 0 : 1; }

double precision_at(std::span<const double> ranks, size_t k) {
  return share(static_cast<double>(first(ranks, k).size()), k);
}

double recall_at(std::span<const double> ranks, size_t k) {
  return share(static_cast<double>(first(ranks, k).size()), ranks.size());
}

double ndcg_at(std::span<const double> ranks, size_t k) {
  double gain = 0, best = 0;
  for (const double rank : first(ranks, k)) gain += 1 / std::log2(rank + 1);
  for (size_t i = 0; i < std::min(k, ranks.size()); ++i) best += 1 / std::log2(static_cast<double>(i) + 2);
  return best > 0 ? gain / best : 0;
}

double reciprocal_rank_at(std::span<const double> ranks, size_t k) {
  const auto found = first(ranks, k);
  return found.empty() ? 0 : 1 / found.front();
}

double average_precision_at(std::span<const double> ranks, size_t k) {
  double sum = 0;
  size_t number = 0;
  for (const double rank : first(ranks, k)) sum += static_cast<double>(++number) / rank;
  return share(sum, std::min(k, ranks.size()));
}

}  // namespace modiste
