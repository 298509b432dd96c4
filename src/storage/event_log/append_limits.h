// What one append may hold and one read may ask for, the same for every event log.
#pragma once

#include <cstddef>
#include <span>

#include "events/event.h"

namespace modiste {

inline constexpr size_t kAppendEventsMax = 10'000;
inline constexpr size_t kAppendBytesMax = size_t{32} << 20;  // as JSON; bounds the memory of a replay

// Refuses more than kAppendEventsMax events. An empty append is none: it answers the log's size.
Result<Done> check_append(std::span<const Event> events);

// kInvalid unless the offsets ascend and are below the size.
Result<Done> check_offsets(std::span<const uint64_t> offsets, uint64_t size);

}  // namespace modiste
