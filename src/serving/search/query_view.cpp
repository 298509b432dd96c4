#include "serving/search/query_view.h"

#include <algorithm>

namespace modiste {

QueryView view_of(const QueryReading& reading, const Catalog& catalog) {
  QueryView view;
  std::vector<std::pair<size_t, QueryTerm>> terms;
  const auto add_wishes = [&](const std::vector<QueryWish>& wishes, bool wanted) {
    for (const auto& wish : wishes) {
      const Term& term = catalog.vocabulary().term(wish.terms.front());
      terms.push_back(
          {wish.at,
           {std::string(name_of(term.facet)), term.name, term.label, wish.words, wanted, wish.without}});
    }
  };
  const auto add_brands = [&](const std::vector<QueryBrand>& brands, bool wanted) {
    for (const auto& brand : brands) {
      const std::string name = catalog.brand_name(brand.brand);
      terms.push_back({brand.at, {"brand", name, name, brand.words, wanted, brand.without}});
    }
  };
  add_wishes(reading.wanted, true);
  add_wishes(reading.unwanted, false);
  add_brands(reading.brands, true);
  add_brands(reading.unwanted_brands, false);
  std::stable_sort(terms.begin(), terms.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [at, term] : terms) view.terms.push_back(std::move(term));
  for (const auto& word : reading.unwanted_words)
    view.terms.push_back({"word", word.key, word.key, word.key, false, word.without});
  view.price_min = reading.price_min;
  view.price_max = reading.price_max;
  view.currency = reading.currency;
  view.sizes = reading.sizes;
  if (reading.price_min || reading.price_max) view.without_prices = reading.without_prices;
  if (!reading.sizes.empty()) view.without_sizes = reading.without_sizes;
  return view;
}

bool understands_nothing(const QueryView& view) {
  return view.terms.empty() && view.mended.empty() && view.sizes.empty() && view.ignored.empty() &&
         !view.price_min && !view.price_max && !view.corrected;
}

bool wants_something(const QueryView& view) {
  return std::any_of(view.terms.begin(), view.terms.end(), [](const QueryTerm& term) { return term.wanted; });
}

}  // namespace modiste
