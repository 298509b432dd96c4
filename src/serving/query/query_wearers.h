// Words that name who wears a thing: persons and departments, in all languages.
//
// Threads: any. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace modiste {

enum class Wearer : uint8_t { kNobody, kAdult, kChild };

// What a word of a query names, as QueryToken::key has it: "women", "dad", "Mädchen".
[[nodiscard]] Wearer wearer_of_word(std::string_view key);

}  // namespace modiste
