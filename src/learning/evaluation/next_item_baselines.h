// What every recommender must beat where times are known: popularity, and popularity of a time.
#pragma once

#include <cstdint>
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

class NextItemBaselines {
 public:
  explicit NextItemBaselines(const ChoiceMatrix& choices);

  // By item.
  [[nodiscard]] const std::vector<float>& popularity() const { return popularity_; }
  // Choices in the `days` before a time.
  [[nodiscard]] std::vector<float> popularity_before(TimePoint at, double days) const;
  [[nodiscard]] TimePoint end() const { return by_time_.empty() ? TimePoint{} : by_time_.back().at; }

 private:
  std::vector<float> popularity_;
  std::vector<TimedChoice> by_time_;
};

}  // namespace modiste
