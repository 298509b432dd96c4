// Events out of the segments of a log: all from an offset on, or some.
//
// Threads: any. The directory must hold the extent's segments until the call answers.
#pragma once

#include <functional>

#include "storage/event_log/block_index.h"

namespace modiste {

using EventVisitor = std::function<Result<Done>(const LoggedEvent&)>;

Result<Done> replay_log(const Directory& directory, const LogExtent& extent, uint64_t from,
                        const EventVisitor& visit);

// The events at ascending offsets, each before the extent's end.
Result<Done> read_log(const Directory& directory, const LogExtent& extent, BlockIndex& index,
                      std::span<const uint64_t> offsets, const EventVisitor& visit);

}  // namespace modiste
