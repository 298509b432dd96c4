#include "catalog/implied_fabrics.h"

#include "base/contains.h"
#include "vocabulary/words.h"

namespace modiste {

bool implies(TermId category, TermId term, const Vocabulary& vocabulary) {
  if (vocabulary.term(term).facet == Facet::kCategory) return false;
  const Term& own = vocabulary.term(category);
  const std::string& name = vocabulary.term(term).name;
  return contains(words_of(own.name), name) || contains(own.synonyms, name);
}

const std::vector<TermId>& kinds_of_fabric(TermId fabric, const Vocabulary& vocabulary) {
  using Kinds = std::vector<std::vector<TermId>>;            // by TermId
  static const Kinds kKinds = [](const Vocabulary& words) {  // there is one vocabulary
    Kinds kinds(words.terms().size());
    for (const Term& named : words.terms(Facet::kFabric))
      for (const Term& category : words.terms(Facet::kCategory)) {
        if (!implies(category.id, named.id, words)) continue;
        for (std::optional<TermId> at = named.id; at; at = words.term(*at).parent)
          add_once(kinds[*at], category.id);
      }
    return kinds;
  }(vocabulary);
  return kKinds[fabric];
}

}  // namespace modiste
