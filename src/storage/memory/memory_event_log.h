// The event log for simulation and tests: as FileEventLog, without the disk.
#pragma once

#include <mutex>
#include <vector>

#include "events/event_log.h"

namespace modiste {

// Threads: as the port says. A visitor of replay may append; it does not see what came after replay began.
class MemoryEventLog final : public EventLog {
 public:
  Result<uint64_t> append(std::span<const Event> events, TimePoint received_at) override;
  Result<Done> replay(uint64_t from,
                      const std::function<Result<Done>(const LoggedEvent&)>& visit) const override;
  Result<Done> read(std::span<const uint64_t> offsets,
                    const std::function<Result<Done>(const LoggedEvent&)>& visit) const override;
  [[nodiscard]] uint64_t size() const override;

 private:
  [[nodiscard]] LoggedEvent at(uint64_t offset) const;

  mutable std::mutex mutex_;
  std::vector<LoggedEvent> events_;
};

}  // namespace modiste
