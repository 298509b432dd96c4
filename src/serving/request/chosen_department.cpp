#include "serving/request/chosen_department.h"

#include <algorithm>
#include <map>

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

std::string most_chosen_department(std::span<const Choice> latest, const CatalogSnapshot& catalog,
                                   const Vocabulary& vocabulary) {
  std::map<TermId, size_t> counts;
  for (const Choice& choice : latest)
    if (choice.slot < catalog.slot_count()) ++counts[catalog.facts(choice.slot).department];
  const Term* unisex = vocabulary.find(Facet::kDepartment, "unisex");
  for (const auto& [department, count] : counts)
    if (department != kNoTerm && (unisex == nullptr || department != unisex->id) && 2 * count > latest.size())
      return vocabulary.term(department).name;
  return {};
}

}  // namespace modiste
