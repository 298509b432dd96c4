// Which colour families people take for shades of a basic one: who wants no blue wants no navy either.
//
// A table of judgements, not of distances: charcoal is a grey and nearer to black by CIELAB. The shades are
// families of their own everywhere else. Threads: any. Pure.
#pragma once

#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

// The families that are shades of this colour; empty for most.
[[nodiscard]] std::vector<TermId> shades_of(TermId colour, const Vocabulary& vocabulary);
// Adds to the terms the shades of those that are colours, each once.
void add_shades(std::vector<TermId>& terms, const Vocabulary& vocabulary);

}  // namespace modiste
