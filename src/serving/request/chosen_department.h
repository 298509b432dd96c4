// The departments that a shopper shops for, stated or inferred from what they choose.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "style/shopper_state.h"

namespace modiste {

// The departments that a shopper is shown first: those they stated; else women or men, where that is the
// department of all of their latest choices (the last kDepartmentChoicesLatest, of which
// kDepartmentChoicesLeast or more tell one). One choice of another, children's too, lifts it, and so does
// asking for another. Unisex garments and those of no known department tell nothing. Empty: nothing is known.
// Threads: any. Pure.
inline constexpr size_t kDepartmentChoicesLatest = 12, kDepartmentChoicesLeast = 4;
[[nodiscard]] std::vector<TermId> departments_of(const ShopperState& shopper, const CatalogSnapshot& catalog,
                                                 const Vocabulary& vocabulary);

// The department, children's too, of more than half of these choices; empty: none. For what must have one
// department, such as a cluster of shoppers: a single choice of another does not change it.
[[nodiscard]] std::string most_chosen_department(std::span<const Choice> latest,
                                                 const CatalogSnapshot& catalog,
                                                 const Vocabulary& vocabulary);

}  // namespace modiste
