// Dates and times as feeds write them, and the stretches between two of them.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace modiste {

// "2026-02-24T11:07:31+0100", "2026-02-24 13:00", "2026-02-24", "2/24/26, 3:27 PM", "24.02.2026". Without a
// zone: UTC. With slashes the month comes first, as Adobe Commerce writes it, unless it cannot be a month.
struct FeedTime {
  TimePoint begin;  // the moment, or the day's begin
  TimePoint end;    // the moment, or the day's end, where only a day is written
};
[[nodiscard]] std::optional<FeedTime> parse_feed_time(std::string_view text);

enum class WindowState { kAlways, kBefore, kWithin, kAfter, kUnreadable, kNoClock };

// Where now lies between two times; an empty text sets no bound.
[[nodiscard]] WindowState window_state(std::string_view from, std::string_view to,
                                       std::optional<TimePoint> now);
// The two times of "2026-02-24T13:00-0800/2026-02-29T15:30-0800"; views of the argument.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_window(std::string_view text);

}  // namespace modiste
