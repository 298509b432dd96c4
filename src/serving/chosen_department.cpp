#include "serving/chosen_department.h"

#include <algorithm>
#include <span>

namespace modiste {

std::vector<TermId> departments_of(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                   const Vocabulary& vocabulary) {
  if (!shopper.preferences.departments.empty()) return shopper.preferences.departments;
  const Term* const women = vocabulary.find(Facet::kDepartment, "women");
  const Term* const men = vocabulary.find(Facet::kDepartment, "men");
  const std::span<const Choice> all(shopper.choices);
  size_t of_women = 0, of_men = 0;
  for (const Choice& choice : all.last(std::min(all.size(), kDepartmentChoicesLatest))) {
    if (choice.slot >= catalog.slot_count()) continue;
    const TermId department = catalog.facts(choice.slot).department;
    if (department == kNoTerm) continue;
    if (is_childrens(vocabulary.term(department))) return {};
    if (women != nullptr && department == women->id) ++of_women;
    if (men != nullptr && department == men->id) ++of_men;
  }
  if (of_women >= kDepartmentChoicesLeast && of_men == 0) return {women->id};
  if (of_men >= kDepartmentChoicesLeast && of_women == 0) return {men->id};
  return {};
}

}  // namespace modiste
