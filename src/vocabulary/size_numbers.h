// What a number means as a size, with a country's mark or alone. Internal to the reading of sizes.
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "vocabulary/size_context.h"
#include "vocabulary/size_marks.h"

namespace modiste {

// Women's numbers: waists of jeans stand between the largest dress in American numbers and the smallest in
// European ones.
inline constexpr double kWomensWaistFrom = 23, kWomensEuFrom = 32;
inline constexpr double kGermanShortBelow = 28;  // from there on a man's number is a waist in inches

// rest: a number behind or before the mark, "38" of "EU38".
[[nodiscard]] std::optional<SizeId> marked_number(const SizeMark& mark, std::string_view rest,
                                                  SizeChart chart);
// A number alone means what most labels of the chart mean by it where the garment is sold.
[[nodiscard]] std::optional<SizeId> read_bare_number(std::string_view word, const SizeContext& of);
// The foot's length in cm or, as Mondopoint, in mm.
[[nodiscard]] std::optional<SizeId> foot_length(double value);
// The collar of a shirt in cm, or in inches, as letters.
[[nodiscard]] std::optional<SizeId> collar_number(double value);

}  // namespace modiste
