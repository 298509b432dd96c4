#include "ranking/hybrid.h"

#include <algorithm>
#include <numeric>

#include "features/source_shares.h"

namespace modiste {
namespace {

constexpr size_t kContent = 0, kNeighbours = 1, kPopularity = 3, kNextChoices = 4;  // of kHybridFeatures
constexpr std::string_view kLearnedTaste = "learned_taste";

struct Step {
  double signals;
  HybridWeights weights;
};

// Middles of the baseline's steps [0,5), [5,20), [20,..): content, neighbours, visual, popularity.
constexpr std::array<Step, 4> kSteps{{{0, {0.15, 0.0, 0.05, 0.8}},
                                      {5, {0.6, 0.2, 0.2, 0}},
                                      {12, {0.4, 0.4, 0.2, 0}},
                                      {30, {0.3, 0.5, 0.2, 0}}}};

// Where many shoppers chose the same garments: best for Rent the Runway in `modiste evaluate next-item`.
constexpr HybridWeights kHistoryWeights{0.15, 0.8, 0.05, 0};

HybridWeights split(HybridWeights weights, double next_choices_share) {
  weights[kNextChoices] = next_choices_share * weights[kNeighbours];
  weights[kNeighbours] -= weights[kNextChoices];
  return weights;
}

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

double history_trust(double support, double passed) {
  constexpr double kHalf = 35, kPassedMost = 0.5;
  return support * support / (support * support + kHalf * kHalf) * std::max(0.0, 1 - passed / kPassedMost);
}

HybridWeights with_history(HybridWeights weights, double trust) { return with_history(weights, trust, 0); }

HybridWeights with_history(HybridWeights weights, double trust, double next_choices_share) {
  weights = split(weights, next_choices_share);
  const HybridWeights history = split(kHistoryWeights, next_choices_share);
  const double freed = weights[kNeighbours] * (1 - trust);
  weights[kNeighbours] -= freed;
  weights[kContent] += freed;
  for (size_t f = 0; f < weights.size(); ++f) weights[f] = (1 - trust) * weights[f] + trust * history[f];
  return weights;
}

HybridWeights weighted(HybridWeights weights, const SourceWeights& factors) {
  const std::array<double, kHybridFeatures.size()> by{factors.content, factors.neighbours, factors.visual,
                                                      factors.popularity, factors.next_choices};
  double sum = 0;
  for (size_t f = 0; f < weights.size(); ++f) sum += weights[f] * by[f];
  if (!(sum > 0)) return weights;
  for (size_t f = 0; f < weights.size(); ++f) weights[f] *= by[f] / sum;
  return weights;
}

HybridWeights redistribute(HybridWeights weights, const std::array<bool, kHybridFeatures.size()>& available) {
  // Where only neighbours and popularity have data, neighbours get it all (see the header).
  if (available[kNeighbours] && available[kPopularity] &&
      std::count(available.begin(), available.end(), true) == 2) {
    HybridWeights alone{};
    alone[kNeighbours] = 1;
    return alone;
  }
  for (size_t s = 0; s < kHybridFeatures.size(); ++s)
    if (!available[s]) weights[s] = 0;
  const double left = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (left <= 0) return {0, 0, 0, 1};
  for (double& weight : weights) weight /= left;
  return weights;
}

HybridWeights weights_of(const HybridEvidence& evidence, const SourceWeights& factors) {
  const auto any_taste = [&](const auto& knows) {
    return std::any_of(evidence.tastes.begin(), evidence.tastes.end(),
                       [&](const TasteShare& part) { return knows(part.taste); });
  };
  const bool has_taste = any_taste([](const Taste& taste) { return !taste.vector.empty(); });
  const bool has_content =
      any_taste([](const Taste& taste) { return !taste.terms.empty(); }) || evidence.situation_told;
  return redistribute(weighted(with_history(hybrid_weights(evidence.signals),
                                            history_trust(evidence.neighbour_support, evidence.passed),
                                            evidence.next_choices_share),
                               factors),
                      {has_content, evidence.neighbour_support > 0, has_taste, evidence.popularity_counts,
                       evidence.next_choices_share > 0});
}

float fit_factor(float fit) {
  if (fit == kFeatureUnknown || fit >= kFitEnough) return 1;
  return fit * fit / (kFitEnough * kFitEnough);
}

std::span<const std::string_view> HybridRanker::features() const {
  static constexpr std::array<std::string_view, kHybridFeatures.size() + 2> kRead{kHybridFeatures[0],
                                                                                  kHybridFeatures[1],
                                                                                  kHybridFeatures[2],
                                                                                  kHybridFeatures[3],
                                                                                  kHybridFeatures[4],
                                                                                  kLearnedTaste,
                                                                                  "fit"};
  return kRead;
}

Ranking HybridRanker::rank(const RankInput& input) const {
  const RequestFacts& request = input.request;
  const bool situation_told = request.context && is_explicit(*request.context);
  Ranking ranking;
  // Neighbours would count at this number of signals, but none were found: rank by the other features.
  if (request.shopper.signals >= 20 && !(input.neighbour_support > 0))
    ranking.degraded.emplace_back("neighbours");
  const std::span<const float> next = input.features.column(kHybridFeatures[kNextChoices]);
  const bool has_next =
      input.next_choices_share > 0 &&
      std::any_of(next.begin(), next.end(), [](float value) { return value != kFeatureUnknown; });
  // For an unknown shopper with a stated context, popularity gets no weight: the context decides.
  HybridWeights weights = weights_of({request.shopper.signals, request.shopper.share_of_passes(),
                                      input.neighbour_support, has_next ? input.next_choices_share : 0,
                                      request.tastes, situation_told, !input.is_cold || !situation_told},
                                     input.weights);
  const double learned = input.learned_taste_share * weights[kContent];
  weights[kContent] -= learned;
  std::array<std::span<const float>, kHybridFeatures.size()> columns;
  for (size_t f = 0; f < columns.size(); ++f) {
    columns[f] = input.features.column(kHybridFeatures[f]);
    ranking.terms.push_back({kHybridFeatures[f], weights[f]});
  }
  std::vector<float> by_learned;
  if (learned > 0) {
    by_learned = rank_shares(input.features.column(kLearnedTaste));
    ranking.terms.push_back({kLearnedTaste, learned, by_learned});
  }
  const std::span<const float> fit = input.features.column("fit");
  ranking.scores.resize(input.features.rows());
  for (size_t row = 0; row < ranking.scores.size(); ++row) {
    double score = 0;
    for (size_t f = 0; f < columns.size(); ++f) {
      // The network does not know the newest garments: what they are stands in.
      const bool unknown = columns[f][row] == kFeatureUnknown;
      score += weights[f] * static_cast<double>(columns[unknown ? kContent : f][row]);
    }
    if (learned > 0) score += learned * static_cast<double>(by_learned[row]);
    ranking.scores[row] = static_cast<float>(score) * fit_factor(fit[row]);
  }
  return ranking;
}

}  // namespace modiste
