// What the catalog service saves so that a start need not build it: the parts and what they are of. Internal
// to serving.
#pragma once

#include "catalog/catalog.h"

namespace modiste {

// Raise it when the same garments would give other facts, words, styles or bytes than before.
inline constexpr uint32_t kSavedIndexVersion = 4;

// Ids of the garments on sale that name sets of the shop.
[[nodiscard]] std::vector<std::string> garments_with_sets(const CatalogSnapshot& catalog);

}  // namespace modiste
