#include "ranking/hybrid.h"

#include <algorithm>
#include <numeric>

#include "base/rng.h"

namespace modiste {
namespace {

struct Step {
  double signals;
  SourceWeights weights;
};

// The middles of the baseline's steps [0,5), [5,20), [20,..): content, neighbours, visual, popularity.
constexpr std::array<Step, 4> kSteps{{{0, {0.15, 0.0, 0.05, 0.8}},
                                      {5, {0.6, 0.2, 0.2, 0}},
                                      {12, {0.4, 0.4, 0.2, 0}},
                                      {30, {0.3, 0.5, 0.2, 0}}}};

}  // namespace

SourceWeights hybrid_weights(int signals) {
  const double n = std::max(0, signals);
  for (size_t i = 1; i < kSteps.size(); ++i) {
    if (n >= kSteps[i].signals) continue;
    const double share = (n - kSteps[i - 1].signals) / (kSteps[i].signals - kSteps[i - 1].signals);
    SourceWeights weights{};
    for (size_t s = 0; s < kSourceCount; ++s)
      weights[s] = (1 - share) * kSteps[i - 1].weights[s] + share * kSteps[i].weights[s];
    return weights;
  }
  return kSteps.back().weights;
}

double neighbour_agreement(std::span<const float> values) {
  constexpr size_t kJudged = 20;
  constexpr double kMost = 0.8;
  std::vector<float> best(values.begin(), values.end());
  const size_t judged = std::min(kJudged, best.size());
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(judged), best.end(),
                    std::greater<>());
  double sum = 0;
  for (size_t i = 0; i < judged; ++i) sum += static_cast<double>(best[i]);
  return judged == 0 ? 0 : std::min(1.0, sum / static_cast<double>(judged) / kMost);
}

SourceWeights trust(SourceWeights weights, Source source, double share) {
  double& distrusted = weights[static_cast<size_t>(source)];
  const double others = 1 - distrusted, freed = distrusted * (1 - share);
  if (others <= 0) return weights;
  distrusted -= freed;
  for (double& weight : weights)
    if (&weight != &distrusted) weight += freed * weight / others;
  return weights;
}

SourceWeights redistribute(SourceWeights weights, const std::array<bool, kSourceCount>& available) {
  for (size_t s = 0; s < kSourceCount; ++s)
    if (!available[s]) weights[s] = 0;
  const double left = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (left <= 0) return {0, 0, 0, 1};
  for (double& weight : weights) weight /= left;
  return weights;
}

void rank_normalise(std::span<ScoredItem> items, Source source) {
  const auto s = static_cast<size_t>(source);
  std::vector<uint32_t> order(items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return items[a].values[s] < items[b].values[s]; });
  for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const float value = items[order[begin]].values[s];
    while (end < order.size() && items[order[end]].values[s] == value) ++end;
    // The middle of the equal ones; all equal: one half.
    const float share = static_cast<float>(begin + end) / 2.0F / static_cast<float>(order.size());
    for (size_t i = begin; i < end; ++i) items[order[i]].values[s] = share;
  }
}

void combine(std::span<ScoredItem> items, const SourceWeights& weights) {
  for (auto& item : items) {
    double score = 0;
    for (size_t s = 0; s < kSourceCount; ++s) score += weights[s] * static_cast<double>(item.values[s]);
    item.score = static_cast<float>(score);
  }
}

void sort_by_score(std::vector<ScoredItem>& items, uint64_t seed) {
  std::sort(items.begin(), items.end(), [seed](const ScoredItem& a, const ScoredItem& b) {
    if (a.score != b.score) return a.score > b.score;
    return mix64(seed ^ a.slot) < mix64(seed ^ b.slot);
  });
}

}  // namespace modiste
