// Generates a readable name for a taste.
#pragma once

#include <string>

#include "serving/state/shop_state.h"

namespace modiste {

// "Minimalist · Olive · Striped · Dress": the strongest term of each of these facets;
// "Still open" without any.
[[nodiscard]] std::string style_name(const Taste& taste, const ShopState& shop);

}  // namespace modiste
