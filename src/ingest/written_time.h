// Times as programs write them for people, with their zone: RFC 5322 (mail, HTTP) and JavaScript's
// Date.toString().
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace modiste {

// "2026-11-30 07:52:55 UTC", "Mon, 30 Nov 2026 07:52:55 GMT", "Mon Nov 30 2026 08:52:55 GMT+0100 (CET)";
// nothing for any other form, or without a zone. Pure.
[[nodiscard]] std::optional<TimePoint> written_time(std::string_view text);

}  // namespace modiste
