#include "style/style_options.h"

#include <algorithm>

namespace modiste {

StyleModel::StyleModel(const Vocabulary& vocabulary, StyleOptions options)
    : options_(options), facets_(vocabulary.terms().size(), kNotCompared) {
  for (const Term& term : vocabulary.terms())
    if (const auto at = std::find(kCompared.begin(), kCompared.end(), term.facet); at != kCompared.end()) {
      facets_[term.id] = static_cast<uint8_t>(at - kCompared.begin());
      ++facet_sizes_[facets_[term.id]];
    }
}

}  // namespace modiste
