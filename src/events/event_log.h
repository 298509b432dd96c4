// Port: the append-only log of accepted events. What is acknowledged is on disk. Implemented in storage/.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "events/event.h"

namespace modiste {

struct LoggedEvent {
  uint64_t offset = 0;  // dense from 0 in the order of the log
  TimePoint received_at;
  Event event;
};

// Threads: append from any thread; concurrent appends share one fsync (group commit).
class EventLog {
 public:
  virtual ~EventLog() = default;
  // Durable when it answers: the offset of the first event. Blocks for the fsync.
  virtual Result<uint64_t> append(std::span<const Event> events, TimePoint received_at) = 0;
  // In order, from an offset on. Stops at the visitor's first error and answers it.
  virtual Result<Done> replay(uint64_t from,
                              const std::function<Result<Done>(const LoggedEvent&)>& visit) const = 0;
  // The events at these offsets, which ascend and are below size() (else kInvalid): to fold one shopper
  // again. Cheaper than a replay while they are few; stops as replay does.
  virtual Result<Done> read(std::span<const uint64_t> offsets,
                            const std::function<Result<Done>(const LoggedEvent&)>& visit) const = 0;
  [[nodiscard]] virtual uint64_t size() const = 0;
};

}  // namespace modiste
