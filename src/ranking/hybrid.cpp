#include "ranking/hybrid.h"

#include <algorithm>
#include <numeric>

namespace modiste {
namespace {

constexpr size_t kNeighbours = 1;  // of kHybridFeatures

struct Step {
  double signals;
  HybridWeights weights;
};

// Middles of the baseline's steps [0,5), [5,20), [20,..): content, neighbours, visual, popularity.
constexpr std::array<Step, 4> kSteps{{{0, {0.15, 0.0, 0.05, 0.8}},
                                      {5, {0.6, 0.2, 0.2, 0}},
                                      {12, {0.4, 0.4, 0.2, 0}},
                                      {30, {0.3, 0.5, 0.2, 0}}}};

}  // namespace

HybridWeights hybrid_weights(int signals) {
  const double n = std::max(0, signals);
  for (size_t i = 1; i < kSteps.size(); ++i) {
    if (n >= kSteps[i].signals) continue;
    const double share = (n - kSteps[i - 1].signals) / (kSteps[i].signals - kSteps[i - 1].signals);
    HybridWeights weights{};
    for (size_t s = 0; s < kHybridFeatures.size(); ++s)
      weights[s] = (1 - share) * kSteps[i - 1].weights[s] + share * kSteps[i].weights[s];
    return weights;
  }
  return kSteps.back().weights;
}

double neighbour_agreement(std::span<const float> scores) {
  constexpr size_t kJudged = 20;
  constexpr double kMost = 0.8;
  std::vector<float> best(scores.begin(), scores.end());
  const size_t judged = std::min(kJudged, best.size());
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(judged), best.end(),
                    std::greater<>());
  double sum = 0;
  for (size_t i = 0; i < judged; ++i) sum += static_cast<double>(best[i]);
  return judged == 0 ? 0 : std::min(1.0, sum / static_cast<double>(judged) / kMost);
}

HybridWeights downweight(HybridWeights weights, size_t feature, double share) {
  double& distrusted = weights[feature];
  const double others = 1 - distrusted, freed = distrusted * (1 - share);
  if (others <= 0) return weights;
  distrusted -= freed;
  for (double& weight : weights)
    if (&weight != &distrusted) weight += freed * weight / others;
  return weights;
}

HybridWeights redistribute(HybridWeights weights, const std::array<bool, 4>& available) {
  for (size_t s = 0; s < kHybridFeatures.size(); ++s)
    if (!available[s]) weights[s] = 0;
  const double left = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (left <= 0) return {0, 0, 0, 1};
  for (double& weight : weights) weight /= left;
  return weights;
}

Ranking HybridRanker::rank(const RankInput& input) const {
  const RequestFacts& request = input.request;
  const auto any_taste = [&](const auto& knows) {
    return std::any_of(request.tastes.begin(), request.tastes.end(),
                       [&](const TasteShare& part) { return knows(part.taste); });
  };
  const bool situation_told = request.context && is_explicit(*request.context);
  const bool has_taste = any_taste([](const Taste& taste) { return !taste.vector.empty(); });
  const bool has_content =
      any_taste([](const Taste& taste) { return !taste.terms.empty(); }) || situation_told;
  Ranking ranking;
  // Neighbours would count at this number of signals, but none were found: rank by the other features.
  if (request.shopper.signals >= 20 && input.neighbour_agreement == 0)
    ranking.degraded.emplace_back("neighbours");
  // For an unknown shopper with a stated context, popularity gets no weight: the context decides.
  const auto weights = downweight(
      redistribute(hybrid_weights(request.shopper.signals), {has_content, input.neighbour_agreement > 0,
                                                             has_taste, !input.is_cold || !situation_told}),
      kNeighbours, input.neighbour_agreement);
  std::array<std::span<const float>, kHybridFeatures.size()> columns;
  for (size_t f = 0; f < columns.size(); ++f) {
    columns[f] = input.features.column(kHybridFeatures[f]);
    ranking.terms.push_back({kHybridFeatures[f], weights[f]});
  }
  ranking.scores.resize(input.features.rows());
  for (size_t row = 0; row < ranking.scores.size(); ++row) {
    double score = 0;
    for (size_t f = 0; f < columns.size(); ++f) score += weights[f] * static_cast<double>(columns[f][row]);
    ranking.scores[row] = static_cast<float>(score);
  }
  return ranking;
}

}  // namespace modiste
