#include "storage/event_log/append_limits.h"

#include <fmt/format.h>

namespace modiste {

Result<Done> check_append(std::span<const Event> events) {
  if (events.size() <= kAppendEventsMax) return kOk;
  return Error{Code::kInvalid, fmt::format("an append of {} events", events.size()), "",
               fmt::format("at most {}", kAppendEventsMax)};
}

Result<Done> check_offsets(std::span<const uint64_t> offsets, uint64_t size) {
  for (size_t i = 0; i < offsets.size(); ++i)
    if (offsets[i] >= size || (i > 0 && offsets[i] <= offsets[i - 1]))
      return Error{Code::kInvalid, fmt::format("offset {} is out of place", offsets[i]),
                   fmt::format("/{}", i), fmt::format("ascending offsets below {}", size)};
  return kOk;
}

}  // namespace modiste
