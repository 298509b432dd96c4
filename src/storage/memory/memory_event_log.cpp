#include "storage/memory/memory_event_log.h"

#include "storage/event_log/append_limits.h"

namespace modiste {

Result<uint64_t> MemoryEventLog::append(std::span<const Event> events, TimePoint received_at) {
  TRY(check_append(events));
  const std::lock_guard lock(mutex_);
  const uint64_t first = events_.size();
  for (const auto& event : events) events_.push_back({events_.size(), received_at, event});
  return first;
}

Result<Done> MemoryEventLog::replay(uint64_t from,
                                    const std::function<Result<Done>(const LoggedEvent&)>& visit) const {
  const uint64_t end = size();
  for (uint64_t offset = from; offset < end; ++offset) TRY(visit(at(offset)));
  return kOk;
}

Result<Done> MemoryEventLog::read(std::span<const uint64_t> offsets,
                                  const std::function<Result<Done>(const LoggedEvent&)>& visit) const {
  TRY(check_offsets(offsets, size()));
  for (const uint64_t offset : offsets) TRY(visit(at(offset)));
  return kOk;
}

uint64_t MemoryEventLog::size() const {
  const std::lock_guard lock(mutex_);
  return events_.size();
}

LoggedEvent MemoryEventLog::at(uint64_t offset) const {
  const std::lock_guard lock(mutex_);
  return events_[offset];
}

}  // namespace modiste
