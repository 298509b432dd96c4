// Dates and times as feeds write them, and the stretches between two of them.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace modiste {

// "2026-02-24T11:07:31+0100", "2026-02-24 13:00", "2026-02-24", "2/24/26, 3:27 PM", "24.02.2026". Without a
// zone: UTC. "05/12/2026" is read in the order that is asked for, unless that makes 13 a month.
struct FeedTime {
  TimePoint begin;  // the moment, or the day's begin
  TimePoint end;    // the moment, or the day's end, where only a day is written
};
enum class SlashOrder { kMonthFirst, kDayFirst };
[[nodiscard]] std::optional<FeedTime> parse_feed_time(std::string_view text,
                                                      SlashOrder order = SlashOrder::kMonthFirst);

// How the two dates of a stretch are written: as one of them shows ("25/12/2026"; "2/24/26, 3:27 PM" is
// Adobe Commerce's, whose month comes first everywhere), else as the shops of the currency write dates.
// assumed: neither shows it, and it makes a difference.
struct ToldOrder {
  SlashOrder order = SlashOrder::kMonthFirst;
  bool assumed = false;
};
[[nodiscard]] ToldOrder slash_order_of(std::string_view from, std::string_view to, std::string_view currency);

enum class WindowState { kAlways, kBefore, kWithin, kAfter, kUnreadable, kNoClock };

// Where now lies between two times; an empty text sets no bound.
[[nodiscard]] WindowState window_state(std::string_view from, std::string_view to,
                                       std::optional<TimePoint> now,
                                       SlashOrder order = SlashOrder::kMonthFirst);
// The two times of "2026-02-24T13:00-0800/2026-02-29T15:30-0800"; views of the argument.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_window(std::string_view text);

}  // namespace modiste
