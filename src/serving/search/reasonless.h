// Items of a search that nothing speaks for: they fill the answer up, and it says so.
#pragma once

#include "serving/api/requests.h"
#include "serving/request/request_state.h"

namespace modiste {

// Whether no item of the answer has a reason.
[[nodiscard]] bool is_without_reasons(const Answer& answer);

// Adds "relaxed match" to what the answer, and with it the log, names as given up, where an item has no
// reason. Call when all reasons are there, and before the answer is logged.
void say_where_unlike(RequestState& request, Answer& answer);

}  // namespace modiste
