// What a kind of garment is made of where it does not say: a leather jacket of leather, jeans of denim.
//
// Threads: any. Pure.
#pragma once

#include <vector>

#include "vocabulary/vocabulary.h"

namespace modiste {

// Whether the kind's own name or a synonym of it is the term's name. Never of another kind.
[[nodiscard]] bool implies(TermId category, TermId term, const Vocabulary& vocabulary);
// The categories that imply the fabric or one below it; none for other facets. Looked up, not computed.
[[nodiscard]] const std::vector<TermId>& kinds_of_fabric(TermId fabric, const Vocabulary& vocabulary);

}  // namespace modiste
