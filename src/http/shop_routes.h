// The route table of a shop.
#pragma once

#include "http/router.h"
#include "http/shop_api.h"

namespace modiste::http {

// `api` must outlive the router.
[[nodiscard]] Router shop_router(ShopApi& api);

}  // namespace modiste::http
