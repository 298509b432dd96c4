#include "learning/evaluation/next_item_baselines.h"

#include <algorithm>
#include <cmath>

namespace modiste {

double rank_of(uint32_t item, std::span<const float> scores, std::span<const TimedChoice> chosen) {
  const float own = scores[item];
  double better = 0, equal = 0;
  for (const float score : scores) better += score > own ? 1 : 0, equal += score == own ? 1 : 0;
  for (const TimedChoice& choice : chosen) {
    better -= scores[choice.item] > own ? 1 : 0;
    equal -= scores[choice.item] == own ? 1 : 0;
  }
  return better + (equal - 1) / 2;
}

NextItemBaselines::NextItemBaselines(const ChoiceMatrix& choices)
    : choices_(choices), popularity_(choices.items, 0), shoppers_of_(choices.items) {
  for (uint32_t shopper = 0; shopper < choices.by_shopper.size(); ++shopper)
    for (const TimedChoice& choice : choices.by_shopper[shopper]) {
      ++popularity_[choice.item];
      by_time_.push_back(choice);
      shoppers_of_[choice.item].push_back(shopper);
    }
  std::stable_sort(by_time_.begin(), by_time_.end(),
                   [](const TimedChoice& a, const TimedChoice& b) { return a.at < b.at; });
}

std::vector<float> NextItemBaselines::popularity_before(TimePoint at, double days) const {
  const TimePoint from = at - Micros(static_cast<int64_t>(days * 86'400e6));
  const auto earlier = [](const TimedChoice& choice, TimePoint time) { return choice.at < time; };
  const auto begin = std::lower_bound(by_time_.begin(), by_time_.end(), from, earlier);
  const auto end = std::lower_bound(begin, by_time_.end(), at, earlier);
  std::vector<float> counts(choices_.items, 0);
  for (auto choice = begin; choice != end; ++choice) ++counts[choice->item];
  return counts;
}

std::vector<float> NextItemBaselines::item_knn(uint32_t shopper) const {
  std::vector<float> scores(choices_.items, 0);
  for (const TimedChoice& mine : choices_.by_shopper[shopper])
    for (const uint32_t other : shoppers_of_[mine.item])
      if (other != shopper)
        for (const TimedChoice& theirs : choices_.by_shopper[other])
          scores[theirs.item] += 1 / std::sqrt(popularity_[mine.item] * popularity_[theirs.item]);
  return scores;
}

}  // namespace modiste
