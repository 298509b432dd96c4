// The routes of a shop.
#pragma once

#include "http/router.h"
#include "serving/shop.h"

namespace modiste::http {

// shop: borrowed; null for a description of the API alone, whose routes refuse with kUnavailable.
[[nodiscard]] Router shop_router(Shop* shop);

}  // namespace modiste::http
