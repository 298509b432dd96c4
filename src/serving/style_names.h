// A name for a taste, as a person would call it.
#pragma once

#include <string>

#include "serving/shop_state.h"

namespace modiste {

// "Minimalist · Olive · Striped · Dress": the strongest term of each telling facet; "Still open" without any.
[[nodiscard]] std::string style_name(const Taste& taste, const ShopState& shop);

}  // namespace modiste
