// Port: the append-only log of accepted events. What is acknowledged is on disk. Implemented in storage/.
#pragma once

#include <algorithm>
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

// When an event became known: when it was received, or when it happened if the sender's clock ran ahead. What
// came more than 30 days after it happened was imported history, for validate() refuses live events that are
// so late: it counts as known when it happened, else there would be none.
[[nodiscard]] inline TimePoint known_at(const LoggedEvent& logged) {
  constexpr auto kHistoryFrom = std::chrono::days(30);
  const TimePoint at = time_of(logged.event, logged.received_at);
  return logged.received_at - at > kHistoryFrom ? at : std::max(at, logged.received_at);
}

// What can be read of a log. Threads: any.
class LoggedEvents {
 public:
  virtual ~LoggedEvents() = default;
  // In order, from an offset on. Stops at the visitor's first error and answers it.
  virtual Result<Done> replay(uint64_t from,
                              const std::function<Result<Done>(const LoggedEvent&)>& visit) const = 0;
  // The events at these offsets, which ascend and are below size() (else kInvalid): to fold one shopper
  // again. Cheaper than a replay while they are few; stops as replay does.
  virtual Result<Done> read(std::span<const uint64_t> offsets,
                            const std::function<Result<Done>(const LoggedEvent&)>& visit) const = 0;
  [[nodiscard]] virtual uint64_t size() const = 0;
};

// Threads: append from any thread; concurrent appends share one fsync (group commit).
class EventLog : public LoggedEvents {
 public:
  // Durable when it answers: the offset of the first event. Blocks for the fsync.
  virtual Result<uint64_t> append(std::span<const Event> events, TimePoint received_at) = 0;
};

}  // namespace modiste
