#include "learning/evaluation/next_item_judge.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/rng.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/evaluation/metrics.h"

namespace modiste {

double gain_of(double rank, size_t count) { return ndcg_at({&rank, 1}, count); }

NextItemScore score_of(std::string name, const ItemRanks& ranks, const NextItemOptions& options) {
  std::vector<std::vector<float>> series(2);
  for (const double rank : ranks) {
    series[0].push_back(static_cast<float>(hit_at({&rank, 1}, options.count)));
    series[1].push_back(static_cast<float>(gain_of(rank, options.count)));
  }
  const auto intervals = bootstrap(series, options.resamples, options.seed);
  const Interval &hit = intervals[0], &gain = intervals[1];
  return {std::move(name), hit.mean, hit.low, hit.high, gain.mean, gain.low, gain.high};
}

Interval gain_over(const ItemRanks& ranks, const ItemRanks& others, const NextItemOptions& options) {
  std::array<std::vector<float>, 1> gain;
  for (size_t i = 0; i < ranks.size(); ++i)
    gain[0].push_back(
        static_cast<float>(gain_of(ranks[i], options.count) - gain_of(others[i], options.count)));
  return bootstrap(gain, options.resamples, options.seed)[0];
}

Policy policy_of(const SourceWeights& weights, const ExplorationOptions& exploration) {
  Policy policy;
  policy.budgets = kNoHurry;
  policy.weights = weights;
  policy.exploration = exploration;
  return policy;
}

Result<std::vector<ItemRanks>> NextItemJudge::ask(std::span<const HeldOutItem> shoppers,
                                                  std::span<const Policy> policies, std::string_view what) {
  std::vector<ItemRanks> ranks(policies.size());
  double ms = 0;
  for (size_t i = 0; i < shoppers.size(); ++i) {
    if (replay_ != nullptr) TRY(replay_->until(shoppers[i]));
    for (size_t p = 0; p < policies.size(); ++p) {
      asked_.use(policies[p]);
      TRY_ASSIGN(const double rank, rank_of(shoppers[i], ms));
      ranks[p].push_back(rank);
    }
    if (progress_) progress_(what, i + 1, shoppers.size());
  }
  ms_per_answer_ = shoppers.empty() ? 0 : ms / static_cast<double>(shoppers.size() * policies.size());
  return ranks;
}

Result<ItemRanks> NextItemJudge::ask(std::span<const HeldOutItem> shoppers, const Policy& policy,
                                     std::string_view what) {
  TRY_ASSIGN(auto ranks, ask(shoppers, {&policy, 1}, what));
  return std::move(ranks.front());
}

Result<double> NextItemJudge::rank_of(const HeldOutItem& one, double& ms) {
  RecommendRequest request;
  request.shopper_id = one.shopper;
  request.count = static_cast<int>(options_.count);
  request.seed = static_cast<uint32_t>(hash64(one.shopper, options_.seed));
  TRY_ASSIGN(const Answer answer, asked_.shop.recommender().recommend(request));
  ms += answer.took_ms;
  const auto found = std::find_if(answer.items.begin(), answer.items.end(),
                                  [&](const AnswerItem& item) { return item.garment_id == one.garment; });
  if (found == answer.items.end()) return std::numeric_limits<double>::infinity();
  return static_cast<double>(found - answer.items.begin()) + 1;
}

}  // namespace modiste
