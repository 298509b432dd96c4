// Distance in bytes for "did you mean": letters inserted, deleted, replaced, or two neighbours swapped, each
// one edit (optimal string alignment; Damerau 1964). For inputs longer than 64 bytes: their length difference
// + 64.
#pragma once

#include <cstddef>
#include <string_view>

namespace modiste {
[[nodiscard]] size_t edit_distance(std::string_view a, std::string_view b);

// Of the names the one that was meant, perhaps: at most two edits away, and at most one for each three
// letters of the longer of the two, so that "foo" is not taken for "fit". Empty when none is near.
[[nodiscard]] std::string_view nearest_name(std::string_view got, const std::string_view* names,
                                            size_t count);
}  // namespace modiste
