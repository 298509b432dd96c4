// Children's sizes: ages, heights and shoes. Internal to the reading of sizes.
//
// Threads: pure functions.
#pragma once

#include "vocabulary/size_text.h"

namespace modiste {

// A child's age in words of many languages: "4-5 YEARS", "12 ANS", "18M", "AGE 7-8", "2T". text: cleaned.
[[nodiscard]] std::optional<SizeId> read_age(std::string_view text, SizeChart chart);
// Of an age and a body's height at a dash ("3 ANS - 98 CM") the age alone; empty where the text is another.
// text: cleaned.
[[nodiscard]] std::string without_height(std::string_view text);
// A bare number on a child's label is a height from 44 on, below it the years.
[[nodiscard]] std::optional<SizeId> child_number(double value);
// A child's shoe in British or American numbers: from 1 to 2.5 a schoolchild's, from 7 a small child's.
// Between them the number alone is either.
[[nodiscard]] std::optional<SizeId> child_shoe(SizeSystem system, double value);
// "98/104", "5-6".
[[nodiscard]] std::vector<SizeId> child_pair(const size_text::Pair& pair, double from, double to);

}  // namespace modiste
