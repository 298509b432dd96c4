// What a line of an order cost. Internal to translation.
#pragma once

#include <string_view>

#include "base/json.h"

namespace modiste {

// A number, or money as text; 0 where there is none.
[[nodiscard]] double amount_at(const json::object& object, std::string_view path);
// Takes what came off all pieces of the line together from the event's price, and says so as its discount.
// Does nothing where it has no price.
void take_off(json::object& event, double off_line);

}  // namespace modiste
