#include "storage/memory/memory_event_log.h"

#include "base/mutex.h"
#include "storage/event_log/append_limits.h"

namespace modiste {

Result<Appended> MemoryEventLog::append(std::span<const Event> events, TimePoint received_at) {
  TRY(check_append(events));
  const MutexLock lock(mutex_);
  auto appended = appended_at(events_.size(), events.size());
  for (size_t i = 0; i < events.size(); ++i)
    events_.push_back({appended.positions[i], received_at, events[i]});
  grown_.notify_all();
  return appended;
}

Result<Done> MemoryEventLog::replay(LogPosition after, const EventVisitor& visit) const {
  const uint64_t end = size();
  for (uint64_t offset = offset_after(after); offset < end; ++offset) TRY(visit(at(offset)));
  return kOk;
}

Result<Done> MemoryEventLog::read(std::span<const LogPosition> positions, const EventVisitor& visit) const {
  TRY_ASSIGN(const auto offsets, offsets_of(positions, size()));
  for (const uint64_t offset : offsets) TRY(visit(at(offset)));
  return kOk;
}

Result<LogPosition> MemoryEventLog::follow(LogPosition after, const FollowLimits& limits,
                                           const EventVisitor& visit) const {
  const uint64_t from = offset_after(after);
  uint64_t end = 0;
  {
    MutexLock lock(mutex_);
    grown_.wait_for(lock, limits.wait_max, [&]() REQUIRES(mutex_) { return events_.size() > from; });
    end = events_.size();
  }
  if (from >= end) return after;
  end = from + std::min<uint64_t>(end - from, limits.events_max);
  for (uint64_t offset = from; offset < end; ++offset) TRY(visit(at(offset)));
  return position_before(end);
}

uint64_t MemoryEventLog::size() const {
  const MutexLock lock(mutex_);
  return events_.size();
}

LoggedEvent MemoryEventLog::at(uint64_t offset) const {
  const MutexLock lock(mutex_);
  return events_[offset];
}

}  // namespace modiste
