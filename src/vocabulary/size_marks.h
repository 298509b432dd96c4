// The marks of the systems of sizes, as labels write them. Internal to the reading of sizes.
#pragma once

#include <algorithm>
#include <string_view>

#include "vocabulary/size.h"

namespace modiste {

struct SizeMark {
  std::string_view text;
  SizeSystem clothes, shoes;
};
inline constexpr SizeMark kSizeMarks[] = {
    {"EUR", SizeSystem::kEu, SizeSystem::kShoeEu},   {"EU", SizeSystem::kEu, SizeSystem::kShoeEu},
    {"DE", SizeSystem::kEu, SizeSystem::kShoeEu},    {"FR", SizeSystem::kEu, SizeSystem::kShoeEu},
    {"ES", SizeSystem::kEu, SizeSystem::kShoeEu},    {"UK", SizeSystem::kUk, SizeSystem::kShoeUk},
    {"GB", SizeSystem::kUk, SizeSystem::kShoeUk},    {"AU", SizeSystem::kUk, SizeSystem::kShoeUk},
    {"USA", SizeSystem::kUs, SizeSystem::kShoeUs},   {"US", SizeSystem::kUs, SizeSystem::kShoeUs},
    {"IT", SizeSystem::kIt, SizeSystem::kShoeEu},    {"BR", SizeSystem::kEu, SizeSystem::kShoeEu},
    {"MEX", SizeSystem::kUs, SizeSystem::kShoeCm},   {"MX", SizeSystem::kUs, SizeSystem::kShoeCm},
    {"JP", SizeSystem::kEu, SizeSystem::kShoeCm},    {"JPN", SizeSystem::kEu, SizeSystem::kShoeCm},
    {"CN", SizeSystem::kEu, SizeSystem::kShoeCm},    {"CHN", SizeSystem::kEu, SizeSystem::kShoeCm},
    {"KR", SizeSystem::kEu, SizeSystem::kShoeCm},    {"INTL", SizeSystem::kAlpha, SizeSystem::kShoeEu},
    {"INT", SizeSystem::kAlpha, SizeSystem::kShoeEu}};

// Null: nobody's mark. mark: upper case.
inline const SizeMark* find_size_mark(std::string_view mark) {
  const auto* found = std::find_if(std::begin(kSizeMarks), std::end(kSizeMarks),
                                   [&](const SizeMark& known) { return known.text == mark; });
  return found == std::end(kSizeMarks) ? nullptr : found;
}

}  // namespace modiste
