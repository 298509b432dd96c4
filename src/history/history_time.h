// Times as shops write them into tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace modiste {

// "" : RFC 3339 ("2026-11-21T09:30:00Z", "2026-11-21 09:30:00", "2026-11-21"; without an offset it is UTC);
// "unix", "unix_ms": seconds or milliseconds since 1970; else strptime's format ("%d.%m.%Y %H:%M"), UTC.
// Empty when the text is not such a time as a whole.
[[nodiscard]] std::optional<TimePoint> parse_history_time(std::string_view text, const std::string& format);

}  // namespace modiste
