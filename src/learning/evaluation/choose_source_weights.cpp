#include "learning/evaluation/choose_source_weights.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace modiste {
namespace {

double gain_of_all(const ItemRanks& ranks, size_t count) {
  return std::accumulate(ranks.begin(), ranks.end(), 0.0,
                         [&](double sum, double rank) { return sum + gain_of(rank, count); });
}

// Whether the gains of b are larger than those of a by more than chance: three standard errors of their
// difference, which of the 32 changes that a search tries one passes by chance in 4% of the searches.
bool is_better(const ItemRanks& a, const ItemRanks& b, size_t count) {
  double sum = 0, squares = 0;
  const auto n = static_cast<double>(a.size());
  for (size_t i = 0; i < a.size(); ++i) {
    const double difference = gain_of(b[i], count) - gain_of(a[i], count);
    sum += difference;
    squares += difference * difference;
  }
  const double mean = sum / n;
  constexpr double kErrors = 3;
  return mean > kErrors * std::sqrt(std::max(0.0, squares / n - mean * mean) / n);
}

constexpr std::array<double SourceWeights::*, 4> kChosenWeights{
    &SourceWeights::neighbours, &SourceWeights::content, &SourceWeights::visual, &SourceWeights::popularity};
constexpr std::array kTriedFactors{0.25, 0.5, 2.0, 4.0};

}  // namespace

Result<SourceWeights> choose_weights(NextItemJudge& judge, std::span<const HeldOutItem> shoppers,
                                     SourceWeights best, size_t count) {
  if (shoppers.empty()) return best;
  TRY_ASSIGN(ItemRanks ranks, judge.ask(shoppers, policy_of(best, kNoExploration), "weights"));
  for (int round = 0; round < 2; ++round)
    for (const auto weight : kChosenWeights)
      for (const double factor : kTriedFactors) {
        SourceWeights tried = best;
        tried.*weight *= factor;
        TRY_ASSIGN(ItemRanks of_tried, judge.ask(shoppers, policy_of(tried, kNoExploration), "weights"));
        if (!is_better(ranks, of_tried, count)) continue;
        best = tried;
        ranks = std::move(of_tried);
      }
  return best;
}

Result<SourceWeights> choose_weights_at_their_time(NextItemJudge& judge,
                                                   std::span<const HeldOutItem> shoppers, SourceWeights given,
                                                   size_t count) {
  std::vector<SourceWeights> tried{given};
  for (const auto weight : kChosenWeights)
    for (const double factor : kTriedFactors) (tried.emplace_back(given)).*weight *= factor;
  std::vector<Policy> policies;
  for (const SourceWeights& weights : tried) policies.push_back(policy_of(weights, kNoExploration));
  TRY_ASSIGN(const auto ranks, judge.ask(shoppers, policies, "weights"));
  size_t best = 0;
  for (size_t i = 1; i < tried.size(); ++i)
    if (is_better(ranks[0], ranks[i], count) &&
        (best == 0 || gain_of_all(ranks[i], count) > gain_of_all(ranks[best], count)))
      best = i;
  return tried[best];
}

}  // namespace modiste
