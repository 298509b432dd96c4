#include "serving/answer/style_names.h"

#include <algorithm>
#include <array>

namespace modiste {

std::string style_name(const Taste& taste, const ShopState& shop) {
  // The facets that a person would mention first about a taste; the name has one word of each.
  constexpr std::array kNaming{Facet::kAesthetic, Facet::kColour, Facet::kPattern, Facet::kCategory};
  const Vocabulary& words = shop.catalog.vocabulary();
  const auto snapshot = shop.catalog.snapshot();
  const SlotColumns& columns = snapshot->columns();
  std::array<std::pair<float, const Term*>, kNaming.size()> best{};
  for (const Evidence& evidence : taste.terms) {
    const Term& term = words.term(static_cast<TermId>(evidence.key));
    const auto place = std::find(kNaming.begin(), kNaming.end(), term.facet);
    if (place == kNaming.end()) continue;
    auto& leading = best[static_cast<size_t>(place - kNaming.begin())];
    const float pull = taste.affinity(term.id, shop.profiles.model().options()) * columns.idf(term.id);
    if (pull > leading.first) leading = {pull, &term};
  }
  std::string name;
  for (const auto& [pull, term] : best)
    if (term != nullptr) name += (name.empty() ? "" : " · ") + term->label;
  return name.empty() ? "Still open" : name;
}

}  // namespace modiste
