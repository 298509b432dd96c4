// Times as programs write them, with their zone: RFC 5322 (mail, HTTP), ISO 8601's basic form, JavaScript's
// Date.toString() and what databases, .NET, Java and Go make of one.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"

namespace modiste {

// "2026-11-30 07:52:55 UTC", "20261130T075255Z", "Mon, 30 Nov 2026 07:52:55 GMT", "Mon Nov 30 2026 08:52:55
// GMT+0100 (CET)", "2026-11-30T08:52:55+01:00[Europe/Paris]", "2026-11-30 07:52:55.123456789 +0000 UTC",
// "2026/11/30 07:52:55Z"; nothing for any other form, or without a zone. Pure.
[[nodiscard]] std::optional<TimePoint> written_time(std::string_view text);

// The number of milliseconds or seconds since 1970 in "/Date(1764489175000+0100)/" (.NET) and in
// {"seconds": 1764489175, "nanos": 0} (Protocol Buffers, Firestore); nothing for anything else.
[[nodiscard]] std::optional<double> time_number_in(const json::value& value);

}  // namespace modiste
