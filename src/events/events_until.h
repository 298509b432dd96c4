// What a log held at a time: of a log that grows, a training that was killed reads again what it read before.
#pragma once

#include "events/event_log.h"

namespace modiste {

// Borrows the log. Threads: as the log.
class EventsUntil final : public LoggedEvents {
 public:
  // until: the latest time of receipt. Imported history was received when it was imported.
  EventsUntil(const LoggedEvents& log, TimePoint until) : log_(log), until_(until) {}

  Result<Done> replay(LogPosition after, const EventVisitor& visit) const override {
    return log_.replay(after, those(visit));
  }
  Result<Done> read(std::span<const LogPosition> positions, const EventVisitor& visit) const override {
    return log_.read(positions, those(visit));
  }

 private:
  [[nodiscard]] EventVisitor those(const EventVisitor& visit) const {
    return [this, &visit](const LoggedEvent& logged) -> Result<Done> {
      if (logged.received_at > until_) return kOk;
      return visit(logged);
    };
  }

  const LoggedEvents& log_;
  const TimePoint until_;
};

}  // namespace modiste
