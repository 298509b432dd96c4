#include "catalog/item.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "base/contains.h"
#include "catalog/implied_fabrics.h"

namespace modiste {
namespace {

bool under_any(const std::vector<TermId>& ancestors, TermId term, const Vocabulary& vocabulary) {
  return term != kNoTerm && std::any_of(ancestors.begin(), ancestors.end(),
                                        [&](TermId ancestor) { return vocabulary.is_a(term, ancestor); });
}

bool is_one_of(const Term& term, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), term.name) != names.end();
}

// Of a fabric that the item does not name but its kind has.
bool is_implied(const std::vector<TermId>& fabrics, const ItemFacts& item, const Vocabulary& vocabulary) {
  if (item.category == kNoTerm) return false;
  const bool may_be = std::any_of(fabrics.begin(), fabrics.end(), [&](TermId fabric) {
    return contains(kinds_of_fabric(fabric, vocabulary), item.category);
  });
  return may_be && std::none_of(item.terms.begin(), item.terms.end(),
                                [&](TermId term) { return vocabulary.term(term).facet == Facet::kFabric; });
}

// Kinds that are made for women, for a shop that says nothing of departments.
bool is_womens_kind(TermId category, const Vocabulary& vocabulary) {
  for (std::optional<TermId> at = category; at; at = vocabulary.term(*at).parent)
    if (is_one_of(vocabulary.term(*at),
                  {"dress",      "jumpsuit", "romper",    "skirt",    "skort",     "culottes",
                   "blouse",     "camisole", "crop-top",  "bodysuit", "leggings",  "bra",
                   "sports-bra", "slip",     "shapewear", "hosiery",  "nightgown", "bikini",
                   "swimsuit",   "cover-up", "heels",     "flats"}))
      return true;
  return false;
}

}  // namespace

bool is_childrens(const Term& department) { return is_one_of(department, {"girls", "boys", "kids", "baby"}); }

bool fits_department(const std::vector<TermId>& wanted, TermId department, const Vocabulary& vocabulary) {
  if (contains(wanted, department)) return true;
  if (department == kNoTerm) return false;
  // A unisex garment matches both women and men, one for kids both girls and boys.
  const auto& name = vocabulary.term(department).name;
  return std::any_of(wanted.begin(), wanted.end(), [&](TermId id) {
    const Term& term = vocabulary.term(id);
    return (name == "unisex" && is_one_of(term, {"women", "men"})) ||
           (name == "kids" && is_one_of(term, {"girls", "boys"})) ||
           (term.name == "kids" && is_childrens(vocabulary.term(department)));
  });
}

SizeChart size_chart_of(TermId category, TermId department, const Vocabulary& vocabulary) {
  const auto is_a = [&](std::string_view name) {
    const Term* ancestor = vocabulary.find(Facet::kCategory, name);
    return ancestor != nullptr && category != kNoTerm && vocabulary.is_a(category, ancestor->id);
  };
  const bool kids = department != kNoTerm && is_childrens(vocabulary.term(department));
  const bool women = department != kNoTerm ? vocabulary.term(department).name == "women"
                                           : category != kNoTerm && is_womens_kind(category, vocabulary);
  if (is_a("shoes") || is_a("socks"))
    return kids ? SizeChart::kShoesKids : women ? SizeChart::kShoesWomen : SizeChart::kShoesMen;
  if (is_a("accessories") || is_a("bags") || is_a("gear")) return SizeChart::kAccessories;
  return kids ? SizeChart::kKids : women ? SizeChart::kWomen : SizeChart::kMen;
}

bool Veto::forbids(const ItemFacts& item, const Vocabulary& vocabulary) const {
  if (contains(brands, item.brand)) return true;
  if (terms.empty()) return false;
  return contains(terms, item.colour) || under_any(terms, item.category, vocabulary) ||
         is_implied(terms, item, vocabulary) ||
         std::any_of(item.terms.begin(), item.terms.end(),
                     [&](TermId term) { return under_any(terms, term, vocabulary); });
}

bool ItemFilter::admits(const ItemFacts& item, const Vocabulary& vocabulary) const {
  if (!item.live || (in_stock_only && !item.in_stock)) return false;
  if (price_min && item.price < *price_min) return false;
  if (price_max && item.price > *price_max) return false;
  if (sizes && (*sizes & item.sizes_in_stock).none()) return false;
  if (sizes_wished && (item.sizes_in_stock & sizes_comparable).any() &&
      (item.sizes_in_stock & *sizes_wished).none())
    return false;
  if (!categories.empty() && !under_any(categories, item.category, vocabulary)) return false;
  if (!departments.empty() && !fits_department(departments, item.department, vocabulary)) return false;
  if (!colours.empty() && !contains(colours, item.colour)) return false;
  if (!brands.empty() && !contains(brands, item.brand)) return false;
  return !contains(excluded_garments, item.garment);
}

}  // namespace modiste
