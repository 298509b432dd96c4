// The text of a size, in one spelling; and its numbers. Internal to the reading of sizes.
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/size.h"
#include "vocabulary/size_charts.h"

namespace modiste::size_text {

[[nodiscard]] bool is_digit(char c);
// Folded, upper case, one kind of dash, decimals with a point: "38 1/2" is "38.5".
[[nodiscard]] std::string clean(std::string_view word);
// Without spaces and marks; "X-LARGE" -> "XLARGE".
[[nodiscard]] std::string compact(std::string_view text);
// 0 to 999, the whole text.
[[nodiscard]] std::optional<double> number(std::string_view text);

[[nodiscard]] const SizeCharts& charts();
[[nodiscard]] std::optional<SizeId> find_number(SizeSystem system, double value);
// The sizes of a system from one to the other; clothes step by two. Empty for what is too wide to be one
// cell.
[[nodiscard]] std::vector<SizeId> numbers_between(SizeSystem system, double from, double to);

// "36/38": two parts of one kind, after a system's mark.
struct Pair {
  std::string mark, first, second;
  char between = '-';
};

}  // namespace modiste::size_text
