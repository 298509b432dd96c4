#include "learning/evaluation/next_item_baselines.h"

#include <algorithm>

namespace modiste {

NextItemBaselines::NextItemBaselines(const ChoiceMatrix& choices) : popularity_(choices.items, 0) {
  for (const auto& row : choices.by_shopper)
    for (const TimedChoice& choice : row) {
      ++popularity_[choice.item];
      by_time_.push_back(choice);
    }
  std::stable_sort(by_time_.begin(), by_time_.end(),
                   [](const TimedChoice& a, const TimedChoice& b) { return a.at < b.at; });
}

std::vector<float> NextItemBaselines::popularity_before(TimePoint at, double days) const {
  const TimePoint from = at - Micros(static_cast<int64_t>(days * 86'400e6));
  const auto earlier = [](const TimedChoice& choice, TimePoint time) { return choice.at < time; };
  const auto begin = std::lower_bound(by_time_.begin(), by_time_.end(), from, earlier);
  const auto end = std::lower_bound(begin, by_time_.end(), at, earlier);
  std::vector<float> counts(popularity_.size(), 0);
  for (auto choice = begin; choice != end; ++choice) ++counts[choice->item];
  return counts;
}

}  // namespace modiste
