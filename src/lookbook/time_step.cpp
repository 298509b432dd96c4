#include "lookbook/time_step.h"

#include <algorithm>

namespace modiste::lookbook {

void sort_order(MileOrder& order) {
  std::stable_sort(order.begin(), order.end(), [](const MileEntry& a, const MileEntry& b) {
    return a.group != b.group ? a.group < b.group : a.score > b.score;
  });
}

bool is_evening(const LocalTime& local, const TimeOptions& options) {
  if (!local.hour) return false;
  const int minute = *local.hour * 60 + local.minute;
  return minute >= options.evening_from_min || minute < options.evening_until_min;
}

MileOrder by_time(std::span<const MileLook> looks, bool evening) {
  MileOrder order;
  for (uint32_t i = 0; i < looks.size(); ++i)
    order.push_back({i, static_cast<uint8_t>(looks[i].evening == evening ? 0 : 1), 0, {}, 0});
  sort_order(order);
  return order;
}

}  // namespace modiste::lookbook
