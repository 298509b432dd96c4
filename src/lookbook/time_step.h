// The first step of the last mile: the looks for this time of the day first.
//
// Threads: any. Pure.
#pragma once

#include "context/local_time.h"
#include "lookbook/mile_look.h"

namespace modiste::lookbook {

struct TimeOptions {
  // Minutes after midnight from which evening looks come first, by the shopper's own clock: at 15:00 people
  // begin to think of what to wear tonight. And until when, for those still out.
  int evening_from_min = 15 * 60;
  int evening_until_min = 4 * 60;
};

// False where the hour is unknown. By the wall clock: on the days on which it is changed, too.
[[nodiscard]] bool is_evening(const LocalTime& local, const TimeOptions& options = {});

// Every look in the pool's order, those for this part of the day first.
[[nodiscard]] MileOrder by_time(std::span<const MileLook> looks, bool evening);

}  // namespace modiste::lookbook
