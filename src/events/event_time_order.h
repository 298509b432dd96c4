// A view of the log sorted by the time at which each event became known (known_at).
//
// In a live shop this is the order of the log itself. Imported history is logged in the order of its file;
// here every event stands where a live shop would have logged it. Positions are places in this order, not
// positions of the log.
//
// Threads: any. The log is borrowed and must not grow meanwhile.
// Memory:  8 bytes an event, and a page of kPageEvents.
// Cost:    one reading of the log to find the order. Then as the log, but every page of events whose order
//          differs reads the log at their positions: history of ten million events takes hours.
#pragma once

#include <vector>

#include "events/event_log.h"

namespace modiste {

class EventTimeOrder final : public LoggedEvents {
 public:
  static constexpr size_t kPageEvents = 65'536;

  // Progress by events read.
  static Result<EventTimeOrder> of(const LoggedEvents& log,
                                   const std::function<void(uint64_t)>& progress = {});

  Result<Done> replay(LogPosition after, const EventVisitor& visit) const override;
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override;
  [[nodiscard]] uint64_t size() const { return in_log_.size(); }

 private:
  EventTimeOrder(const LoggedEvents& log, std::vector<LogPosition> in_log)
      : log_(log), in_log_(std::move(in_log)) {}
  Result<std::vector<LoggedEvent>> at(std::span<const uint64_t> places) const;

  const LoggedEvents& log_;
  std::vector<LogPosition> in_log_;  // by place in this order
};

// At most so many events after a position; fewer only at the end.
Result<std::vector<LoggedEvent>> read_page(const LoggedEvents& log, LogPosition after, size_t most);

}  // namespace modiste
