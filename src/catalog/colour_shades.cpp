#include "catalog/colour_shades.h"

#include <array>

#include "base/contains.h"

namespace modiste {
namespace {

struct Shade {
  std::string_view colour, shade;
};
constexpr std::array kShades{
    Shade{"blue", "navy"},     Shade{"blue", "light-blue"}, Shade{"green", "olive"},
    Shade{"green", "mint"},    Shade{"green", "lime"},      Shade{"red", "burgundy"},
    Shade{"grey", "charcoal"}, Shade{"pink", "fuchsia"},    Shade{"brown", "camel"},
    Shade{"white", "cream"},   Shade{"yellow", "mustard"},  Shade{"purple", "lavender"}};

}  // namespace

std::vector<TermId> shades_of(TermId colour, const Vocabulary& vocabulary) {
  std::vector<TermId> shades;
  const Term& term = vocabulary.term(colour);
  if (term.facet != Facet::kColour) return shades;
  for (const auto& [basic, shade] : kShades)
    if (basic == term.name) shades.push_back(vocabulary.find(Facet::kColour, shade)->id);
  return shades;
}

void add_shades(std::vector<TermId>& terms, const Vocabulary& vocabulary) {
  for (size_t i = 0, count = terms.size(); i < count; ++i)
    for (const TermId shade : shades_of(terms[i], vocabulary))
      if (!contains(terms, shade)) terms.push_back(shade);
}

}  // namespace modiste
