// Port: the append-only log of accepted events. What is acknowledged is durable. Implemented in storage/.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/event.h"
#include "events/log_position.h"

namespace modiste {

struct LoggedEvent {
  LogPosition position;
  TimePoint received_at;
  Event event;
};

// When an event became known: when it was received, or when it happened if the sender's clock ran ahead. What
// came more than kLateMax after it happened was imported history: it counts as known when it happened, else
// there would be none.
[[nodiscard]] inline TimePoint known_at(const LoggedEvent& logged) {
  const TimePoint at = time_of(logged.event, logged.received_at);
  return logged.received_at - at > kLateMax ? at : std::max(at, logged.received_at);
}

using EventVisitor = std::function<Result<Done>(const LoggedEvent&)>;

// What can be read of a log. Threads: any.
class LoggedEvents {
 public:
  virtual ~LoggedEvents() = default;
  // What comes after a position and is durable when the call begins, in order. Stops at the visitor's first
  // error and returns it.
  virtual Result<Done> replay(LogPosition after, const EventVisitor& visit) const = 0;
  // The events at these positions, which ascend and are of this log (else kInvalid): to fold one shopper
  // again. Cheaper than a replay while they are few; stops as replay does.
  virtual Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const = 0;
};

struct Appended {
  std::vector<LogPosition> positions;  // of the events, in their order
  // What the log ended with before them, so that an appender can fold in the order of the log without reading
  // it again. Empty from a log that others append to as well: there consumers fold by follow().
  std::optional<LogPosition> previous;
};

struct FollowLimits {
  Micros wait_max = std::chrono::seconds(1);  // for the first event
  size_t events_max = 10'000;                 // of one call
};

// Threads: append from any thread; concurrent appends share one fsync (group commit).
class EventLog : public LoggedEvents {
 public:
  // Durable when it returns. Blocks for the fsync. All of them or none; an append of nothing only answers
  // where the log ends.
  virtual Result<Appended> append(std::span<const Event> events, TimePoint received_at) = 0;

  // For a consumer that is not the appender: visits what comes after a position, in order, without a gap and
  // each once; waits for it while there is nothing yet. Returns the position of the last event it visited, or
  // `after` when the wait was over first: call it again with that. Stops at the visitor's first error and
  // returns it; the consumer then knows best what it has taken.
  //
  //   while (!stopping) TRY_ASSIGN(at, log.follow(at, {}, fold));
  //
  // Threads: blocks the caller; the log starts no thread for it. Any number of followers, each on its own
  // thread, beside appenders; all must have returned before the log is destroyed. A visitor may append.
  // (A poll with a timeout is what Kafka's consumer offers, and PostgreSQL by LISTEN and a SELECT.)
  virtual Result<LogPosition> follow(LogPosition after, const FollowLimits& limits,
                                     const EventVisitor& visit) const = 0;
};

}  // namespace modiste
