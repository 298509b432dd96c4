// The items that a request admits, as a set of bits for the indexes: what the catalog's columns tell, without
// the exclusions.
//
// RequestState::admits() says the same of one item; a test compares them.
//
// Threads: any. Pure.
#pragma once

#include <functional>

#include "serving/request/request_state.h"

namespace modiste {

// also: adds further conditions to the query of the columns.
[[nodiscard]] SlotBits eligible_items(const RequestState& request,
                                      const std::function<void(SlotQuery&)>& also = {});

// The same for several requests that differ in their roles: what they have in common is found once, and then
// the items of each role.
[[nodiscard]] SlotBits eligible_of_any_role(const RequestState& request);
[[nodiscard]] SlotBits of_role(OutfitRole role, const CatalogSnapshot& catalog, SlotBits of_any_role);

}  // namespace modiste
