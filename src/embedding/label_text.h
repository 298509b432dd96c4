// Texts for photos that are labelled with terms only, and prompts to recognise a term in a photo.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

// Known terms of a photo, at most one per facet.
using KnownTerms = std::vector<std::pair<Facet, std::string>>;

// The label and its synonyms, in lower case.
[[nodiscard]] std::vector<std::string> names_of(const Term& term);

// At most `count` different short texts as a shopper would type them ("navy hoodie", "long sleeve blouse for
// the office"), drawn from the terms' names. Empty without a category.
[[nodiscard]] std::vector<std::string> draw_texts(const KnownTerms& terms, const Vocabulary& vocabulary,
                                                  size_t count, Rng& rng);

// Prompts whose mean vector represents the category.
[[nodiscard]] std::vector<std::string> category_prompts(const Term& category);

}  // namespace modiste
