#include "storage/event_log/append_limits.h"

#include <fmt/format.h>

namespace modiste {

Result<Done> check_append(std::span<const Event> events) {
  if (events.size() <= kAppendEventsMax) return kOk;
  return Error{Code::kInvalid, fmt::format("an append of {} events", events.size()), "",
               fmt::format("at most {}", kAppendEventsMax)};
}

Appended appended_at(uint64_t first, size_t events) {
  Appended appended{{}, position_before(first)};
  appended.positions.reserve(events);
  for (size_t i = 0; i < events; ++i) appended.positions.push_back(LogPosition::of(first + i));
  return appended;
}

Result<std::vector<uint64_t>> offsets_of(std::span<const LogPosition> positions, uint64_t size) {
  std::vector<uint64_t> offsets;
  offsets.reserve(positions.size());
  for (size_t i = 0; i < positions.size(); ++i) {
    const uint64_t next = offset_after(positions[i]);  // 0: not an event's
    if (next == 0 || next > size || (i > 0 && positions[i] <= positions[i - 1]))
      return Error{Code::kInvalid, fmt::format("log position {} is out of place", positions[i].to_text()),
                   fmt::format("/{}", i), "ascending positions of events of this log"};
    offsets.push_back(next - 1);
  }
  return offsets;
}

}  // namespace modiste
