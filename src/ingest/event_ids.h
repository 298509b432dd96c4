// Ids of events that came without one, or of which one became several. The same content gives the same id, so
// that a repeated one is known again.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"

namespace modiste {

[[nodiscard]] std::string numbered_id(std::string_view base, size_t index);
// Of a line of an order that has a number of its own; and the number in such an id of this order, else empty.
[[nodiscard]] std::string order_line_event_id(std::string_view order_id, std::string_view line);
[[nodiscard]] std::string_view order_line_in(std::string_view event_id, std::string_view order_id);
[[nodiscard]] std::string content_id(std::string_view prefix, std::string_view content);
// An event's text as a dead letter keeps it (make_coarse), so that an id made of it is the same when the
// letter is replayed; without when it was sent, as its batch may be sent again.
[[nodiscard]] std::string kept_text(json::value event);
// Of an event as it was sent, whenever that was: its batch may be sent again.
[[nodiscard]] std::string content_id_of(std::string_view prefix, json::object event);
// Of one that need not say when it was: sent again on another day it is another.
[[nodiscard]] std::string content_id_of(std::string_view prefix, json::object event, TimePoint received_at);

}  // namespace modiste
