// What an answer shows of an item.
#pragma once

#include "serving/requests.h"
#include "serving/shop_state.h"

namespace modiste {

// Without position, score and reasons, which are the answer's.
[[nodiscard]] AnswerItem to_answer_item(const Item& item, const ShopState& shop);

}  // namespace modiste
