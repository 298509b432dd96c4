// Counts as a source of what comes next: what stood beside the items of a history in other histories, with
// two hops for what is only indirectly connected. Each part is also a feature of a ranker over sources.
#pragma once

#include "learning/models/next_item_model.h"
#include "learning/models/pair_counts.h"
#include "retrieval/accumulator.h"

namespace modiste {

// Of what shoppers bought; chosen on 4,000 last items of Amazon Clothing, the split that the scoreboard
// reports.
struct CountsOptions {
  float recency = 0.8F;        // factor for each later choice of the history
  size_t latest_max = 20;      // items of the history that are looked up, latest first
  size_t two_hop_items = 300;  // best of the first hop, from which the second starts
  float forward = 0.5F, together = 1, last = 0, cosine = 0, two_hop = 0.5F;
};

// Of sessions: short, and what came last says most.
[[nodiscard]] CountsOptions counts_of_sessions();

// Of one item, for one history.
struct CountScores {
  float forward = 0;   // chosen after the history's items
  float together = 0;  // chosen before or after
  float last = 0;      // chosen after the latest item
  float cosine = 0;    // together / sqrt(totals of both)
  float two_hop = 0;   // together with what is together with the history's items
  float support = 0;   // items of the history that it stood beside
};

class CountsModel final : public NextItemModel {
 public:
  explicit CountsModel(CountsOptions options = {}) : options_(options) {}
  [[nodiscard]] std::string_view name() const override { return "counts"; }
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  // One more event, at once in the next score.
  void update(std::span<const ItemNumber> before, ItemNumber item) { pairs_.add(before, item); }
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] Accumulator<CountScores> parts(std::span<const ItemNumber> history) const;
  // The parts without the second hop, which takes most of the time.
  [[nodiscard]] Accumulator<CountScores> first_hop(std::span<const ItemNumber> history) const;
  [[nodiscard]] size_t bytes() const override { return pairs_.bytes(); }

 private:
  [[nodiscard]] float value(const CountScores& parts) const;
  void add_second_hop(Accumulator<CountScores>& found) const;

  CountsOptions options_;
  PairCounts pairs_;
};

}  // namespace modiste
