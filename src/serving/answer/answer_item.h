// Builds the item of an answer from a catalog item.
#pragma once

#include "serving/api/requests.h"
#include "serving/state/shop_state.h"

namespace modiste {

// Leaves out position, score and reasons: the caller adds them.
[[nodiscard]] AnswerItem to_answer_item(const Item& item, const ShopState& shop);

// As shoppers read it: sums of prices, and prices from the facts' floats, are a little off.
[[nodiscard]] double to_cents(double price);

}  // namespace modiste
