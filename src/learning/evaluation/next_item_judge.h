// Asks the shop of evaluate_next_item() for each held-out item, and scores the ranks that it answers.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "learning/evaluation/evaluate_next_item.h"
#include "learning/evaluation/held_out_items.h"
#include "learning/evaluation/shop_replay.h"

namespace modiste {

// Rank of the held-out item by shopper, from 1; infinite for one that is not in the answer.
using ItemRanks = std::vector<double>;

// NDCG of one held-out item.
[[nodiscard]] double gain_of(double rank, size_t count);
[[nodiscard]] NextItemScore score_of(std::string name, const ItemRanks& ranks,
                                     const NextItemOptions& options);
// NDCG of these less that of the others, paired by shopper.
[[nodiscard]] Interval gain_over(const ItemRanks& ranks, const ItemRanks& others,
                                 const NextItemOptions& options);

// Answers without a time limit by these weights.
[[nodiscard]] Policy policy_of(const SourceWeights& weights, const ExplorationOptions& exploration);
inline constexpr ExplorationOptions kNoExploration{.epsilon_start = 0, .epsilon_min = 0};

// Borrows all that it is made of.
class NextItemJudge {
 public:
  // replay: brings the history up to each shopper's last item before they are asked; may be null.
  NextItemJudge(const AskedShop& asked, const NextItemOptions& options, ShopReplay* replay,
                const NextItemProgress& progress)
      : asked_(asked), options_(options), replay_(replay), progress_(progress) {}

  // By policy the recommender's ranks of the held-out items; those beyond the answer have none. With a
  // replay the shoppers must come in the order of their items.
  Result<std::vector<ItemRanks>> ask(std::span<const HeldOutItem> shoppers, std::span<const Policy> policies,
                                     std::string_view what);
  Result<ItemRanks> ask(std::span<const HeldOutItem> shoppers, const Policy& policy, std::string_view what);

  [[nodiscard]] double ms_per_answer() const { return ms_per_answer_; }

 private:
  Result<double> rank_of(const HeldOutItem& one, double& ms);

  const AskedShop& asked_;
  const NextItemOptions& options_;
  ShopReplay* replay_;
  const NextItemProgress& progress_;
  double ms_per_answer_ = 0;
};

}  // namespace modiste
