#include "learning/models/counts_model.h"

#include <algorithm>
#include <cmath>

namespace modiste {

CountsOptions counts_of_sessions() {
  CountsOptions options;
  options.recency = 0.5F;
  options.two_hop = 0.3F;
  return options;
}

void CountsModel::fit(const Histories& histories, const FitProgress& progress) {
  pairs_ = {};
  size_t done = 0;
  for (const History& row : histories.rows) {
    pairs_.add(row);
    if (progress && ++done % 1024 == 0) progress(done, histories.rows.size());
  }
}

Accumulator<CountScores> CountsModel::first_hop(std::span<const ItemNumber> history) const {
  Accumulator<CountScores> found;
  const History mine = distinct_latest(history);
  float factor = 1;
  size_t looked_up = 0;
  for (auto item = mine.rbegin(); item != mine.rend() && looked_up < options_.latest_max;
       ++item, ++looked_up, factor *= options_.recency) {
    for (const PairCounts::Pair& pair : pairs_.of(*item)) {
      CountScores& scores = found[pair.other];
      scores.forward += factor * pair.after;
      scores.together += factor * pair.together();
      scores.cosine += factor * pair.together() / std::sqrt(pairs_.total(*item) * pairs_.total(pair.other));
      if (looked_up == 0) scores.last += pair.after;
      ++scores.support;
    }
  }
  return found;
}

Accumulator<CountScores> CountsModel::parts(std::span<const ItemNumber> history) const {
  Accumulator<CountScores> found = first_hop(history);
  if (options_.two_hop > 0) add_second_hop(found);
  return found;
}

void CountsModel::add_second_hop(Accumulator<CountScores>& found) const {
  struct Start {
    ItemNumber item;
    float score;
  };
  std::vector<Start> starts;
  found.for_each([&](ItemNumber item, const CountScores& scores) {
    starts.push_back({item, scores.forward * options_.forward + scores.together * options_.together});
  });
  const size_t kept = std::min(starts.size(), options_.two_hop_items);
  std::nth_element(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(kept), starts.end(),
                   [](const Start& a, const Start& b) { return a.score > b.score; });
  starts.resize(kept);
  // A start hands its score on in the shares of what stands beside it: what is popular does not hand on more.
  for (const Start& start : starts)
    for (const PairCounts::Pair& pair : pairs_.of(start.item))
      found[pair.other].two_hop += start.score * pair.together() / pairs_.total(start.item);
}

float CountsModel::value(const CountScores& parts) const {
  return options_.forward * parts.forward + options_.together * parts.together + options_.last * parts.last +
         options_.cosine * parts.cosine + options_.two_hop * parts.two_hop;
}

void CountsModel::score(std::span<const ItemNumber> history, std::span<float> scores) const {
  parts(history).for_each([&](ItemNumber item, const CountScores& of_item) {
    if (item < scores.size()) scores[item] += value(of_item);
  });
}

}  // namespace modiste
