#include "catalog/item.h"

#include <algorithm>

#include "base/contains.h"

namespace modiste {
namespace {

bool under_any(const std::vector<TermId>& ancestors, TermId term, const Vocabulary& vocabulary) {
  return term != kNoTerm && std::any_of(ancestors.begin(), ancestors.end(),
                                        [&](TermId ancestor) { return vocabulary.is_a(term, ancestor); });
}

bool fits_department(const std::vector<TermId>& wanted, TermId department, const Vocabulary& vocabulary) {
  if (contains(wanted, department)) return true;
  // A unisex garment matches both women and men.
  return department != kNoTerm && vocabulary.term(department).name == "unisex" &&
         std::any_of(wanted.begin(), wanted.end(), [&](TermId id) {
           const auto& name = vocabulary.term(id).name;
           return name == "women" || name == "men";
         });
}

}  // namespace

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
  if (contains(vetoed_brands, item.brand) || contains(excluded_garments, item.garment)) return false;
  return std::none_of(vetoed_terms.begin(), vetoed_terms.end(), [&](TermId veto) {
    return std::binary_search(item.terms.begin(), item.terms.end(), veto);
  });
}

}  // namespace modiste
