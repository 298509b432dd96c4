// Levenshtein distance in bytes, for "did you mean". Inputs past 64 bytes answer their length difference
// + 64.
#pragma once

#include <cstddef>
#include <string_view>

namespace modiste {
[[nodiscard]] size_t edit_distance(std::string_view a, std::string_view b);
}
