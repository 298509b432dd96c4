// Sizes that a spreadsheet took for dates: "8-10" became "8-Oct", "08. Okt" or "2026-08-10".
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modiste {

// The two numbers of the size that was written, the smaller first, as sizes are: "10-Dec" is "10-12", whoever
// wrote the day first. Months are read in the languages of the vocabulary. Empty: no date, or one whose day
// and month are the same number.
[[nodiscard]] std::optional<std::string> size_of_date(std::string_view text);

}  // namespace modiste
