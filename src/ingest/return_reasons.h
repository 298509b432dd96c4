// The reasons of returns as shops write them.
#pragma once

#include <optional>
#include <string_view>

#include "events/event.h"

namespace modiste {

// By our names ("too_small", "Too Small") or by what shops write in some twenty languages ("zu klein",
// "runs_small"); nullopt for other words.
[[nodiscard]] std::optional<ReturnReason> return_reason_of(std::string_view written);

}  // namespace modiste
