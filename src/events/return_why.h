// The second event of a return, which the order book adds when a sender says the reason later. It teaches the
// reason and sends nothing back again.
#pragma once

#include "events/event.h"

namespace modiste {

// The end of its id.
inline constexpr std::string_view kReturnWhySuffix = "-why";

[[nodiscard]] inline bool only_says_why(const Event& event) {
  return event.type == EventType::kReturn && event.event_id.ends_with(kReturnWhySuffix);
}

}  // namespace modiste
