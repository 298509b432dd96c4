// A cell of a feed that names several colours.
//
// Pure. Threads: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/phrase_index.h"

namespace modiste {

// The colours' names in their order: of "Black/White", "noir et blanc", "preto e branco", "schwarz-weiß" and
// "hitam putih" two. A shade is one: "olive green", "rose-gold", "dunkel-blau". One name: the cell itself.
[[nodiscard]] std::vector<std::string> colour_names_in(std::string_view cell, const PhraseIndex& phrases,
                                                       const LanguageWeights& weights);

}  // namespace modiste
