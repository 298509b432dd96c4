// The event log for simulation and tests: as FileEventLog, without the disk.
#pragma once

#include <condition_variable>
#include <vector>

#include "base/mutex.h"
#include "events/event_log.h"

namespace modiste {

// Threads: as the port says.
class MemoryEventLog final : public EventLog {
 public:
  Result<Appended> append(std::span<const Event> events, TimePoint received_at) override;
  Result<Done> replay(LogPosition after, const EventVisitor& visit) const override;
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override;
  Result<LogPosition> follow(LogPosition after, const FollowLimits& limits,
                             const EventVisitor& visit) const override;
  [[nodiscard]] uint64_t size() const;

 private:
  [[nodiscard]] LoggedEvent at(uint64_t offset) const;

  mutable Mutex mutex_;
  mutable std::condition_variable_any grown_;
  std::vector<LoggedEvent> events_ GUARDED_BY(mutex_);
};

}  // namespace modiste
