// What every recommender must beat: popularity, popularity of a time, and item kNN, over one history.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"

namespace modiste {

// Items and shoppers are numbered from 0.
struct TimedChoice {
  uint32_t item = 0;
  TimePoint at{};
};
struct ChoiceMatrix {
  size_t items = 0;
  std::vector<std::vector<TimedChoice>> by_shopper;  // each item once, earliest first
};

// The place of the item among all that the shopper has not chosen, from 0; equal scores share the middle of
// their ranks. scores: by item.
[[nodiscard]] double rank_of(uint32_t item, std::span<const float> scores,
                             std::span<const TimedChoice> chosen);

class NextItemBaselines {
 public:
  explicit NextItemBaselines(const ChoiceMatrix& choices);  // borrows it

  // By item.
  [[nodiscard]] const std::vector<float>& popularity() const { return popularity_; }
  // Choices in the `days` before a time.
  [[nodiscard]] std::vector<float> popularity_before(TimePoint at, double days) const;
  // Sum of the cosines to the shopper's choices (Sarwar 2001), without shrinkage.
  [[nodiscard]] std::vector<float> item_knn(uint32_t shopper) const;
  [[nodiscard]] TimePoint end() const { return by_time_.empty() ? TimePoint{} : by_time_.back().at; }

 private:
  const ChoiceMatrix& choices_;
  std::vector<float> popularity_;
  std::vector<TimedChoice> by_time_;
  std::vector<std::vector<uint32_t>> shoppers_of_;  // by item
};

}  // namespace modiste
