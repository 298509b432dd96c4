#include "storage/event_log/append_limits.h"

#include <fmt/format.h>

namespace modiste {

Result<Done> check_append(std::span<const Event> events) {
  if (events.size() <= kAppendEventsMax) return kOk;
  return Error{Code::kInvalid, fmt::format("an append of {} events", events.size()), "",
               fmt::format("at most {}", kAppendEventsMax)};
}

}  // namespace modiste
