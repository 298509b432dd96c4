#include "serving/state/vetoes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "catalog/colour_shades.h"
#include "serving/state/stated_preferences.h"

namespace modiste {
namespace {

// The lists of vetoes that name terms of the vocabulary.
struct VetoList {
  Facet facet{};
  std::string_view member;
  const std::vector<std::string>* names = nullptr;
};
std::array<VetoList, 3> veto_lists(const Vetoes& vetoes) {
  return {{{Facet::kCategory, "categories", &vetoes.categories},
           {Facet::kColour, "colours", &vetoes.colours},
           {Facet::kFabric, "fabrics", &vetoes.fabrics}}};
}

}  // namespace

Result<Done> check_vetoes(const Vetoes& vetoes, const Catalog& catalog, std::string_view pointer) {
  for (const auto& [facet, member, names] : veto_lists(vetoes))
    TRY(find_terms(facet, *names, catalog.vocabulary(), fmt::format("{}/{}", pointer, member)));
  return kOk;
}

Veto veto_of(const Vetoes& vetoes, const Catalog& catalog) {
  Veto veto;
  for (const auto& [facet, member, names] : veto_lists(vetoes))
    for (const auto& name : *names)
      if (const Term* term = catalog.vocabulary().find(facet, name)) veto.terms.push_back(term->id);
  add_shades(veto.terms, catalog.vocabulary());
  for (const auto& name : vetoes.brands)
    if (const auto brand = catalog.brand(name); brand && *brand != 0) veto.brands.push_back(*brand);
  return veto;
}

void lift_veto(Veto& veto, const QueryReading& query, const Vocabulary& vocabulary) {
  std::vector<TermId> wished, kept;
  for (const QueryWish& wish : query.wanted)
    wished.insert(wished.end(), wish.terms.begin(), wish.terms.end());
  add_shades(wished, vocabulary);  // who asks for blue is shown navy too
  const auto asks_for = [&](TermId vetoed) {
    return std::any_of(wished.begin(), wished.end(),
                       [&](TermId term) { return vocabulary.is_a(term, vetoed); });
  };
  // Of vetoed trousers jeans are asked for: leggings stay vetoed.
  const auto stays = [&](TermId other, TermId vetoed) {
    return other != vetoed && vocabulary.is_a(other, vetoed) &&
           std::none_of(wished.begin(), wished.end(), [&](TermId term) {
             return vocabulary.is_a(term, other) || vocabulary.is_a(other, term);
           });
  };
  for (const TermId vetoed : veto.terms) {
    if (!asks_for(vetoed)) continue;
    for (const Term& other : vocabulary.terms(vocabulary.term(vetoed).facet))
      if (stays(other.id, vetoed)) kept.push_back(other.id);
  }
  std::erase_if(veto.terms, asks_for);
  veto.terms.insert(veto.terms.end(), kept.begin(), kept.end());
  std::erase_if(veto.brands, [&](BrandId vetoed) {
    return std::any_of(query.brands.begin(), query.brands.end(),
                       [&](const QueryBrand& named) { return named.brand == vetoed; });
  });
}

}  // namespace modiste
