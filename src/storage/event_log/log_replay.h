// Reads events from the segments of a log: all from an offset on, a range, or a list.
//
// Threads: any. The directory must hold the extent's segments until the call answers.
#pragma once

#include "storage/event_log/block_index.h"

namespace modiste {

Result<Done> replay_log(const Directory& directory, const LogExtent& extent, uint64_t from,
                        const EventVisitor& visit);

// The events from an offset on and before another, which is at most the extent's end. Begins near the first
// of them: for short ranges again and again.
Result<Done> replay_range(const Directory& directory, const LogExtent& extent, BlockIndex& index,
                          uint64_t from, uint64_t to, const EventVisitor& visit);

// The events at ascending offsets, each before the extent's end.
Result<Done> read_log(const Directory& directory, const LogExtent& extent, BlockIndex& index,
                      std::span<const uint64_t> offsets, const EventVisitor& visit);

}  // namespace modiste
