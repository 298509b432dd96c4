// What one append may hold and one read may ask for, the same for every event log whose events are numbered
// from 0 without a gap: the number is the event's offset.
#pragma once

#include <cstddef>
#include <span>

#include "events/event_log.h"

namespace modiste {

inline constexpr size_t kAppendEventsMax = 10'000;
inline constexpr size_t kAppendBytesMax = size_t{32} << 20;  // as JSON; bounds the memory of a replay

// Refuses more than kAppendEventsMax events.
Result<Done> check_append(std::span<const Event> events);

// The answer to an append of so many events, the first at that offset.
[[nodiscard]] Appended appended_at(uint64_t first, size_t events);

// kInvalid unless the positions ascend and their offsets are below the size.
Result<std::vector<uint64_t>> offsets_of(std::span<const LogPosition> positions, uint64_t size);

// Of the first event after a position.
[[nodiscard]] inline uint64_t offset_after(LogPosition position) {
  return position.is_begin() ? 0 : position.number() + 1;
}
// The other way: what the event at an offset comes after.
[[nodiscard]] inline LogPosition position_before(uint64_t offset) {
  return offset == 0 ? LogPosition::begin() : LogPosition::of(offset - 1);
}

}  // namespace modiste
