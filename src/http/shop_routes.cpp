#include "http/shop_routes.h"

#include "http/history_routes.h"
#include "http/shop_route_parts.h"

namespace modiste::http {
namespace {

void add_shop(Router& router, Shop* shop) {
  router.route<Request<>, ShopInfo>(
      {.path = "/v1/shop",
       .name = "shop",
       .tag = "Shop",
       .summary = "Key figures of the shop.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto&) -> Result<ShopInfo> { return s.info(); }));
  router.route<Request<>, Facets>(
      {.path = "/v1/facets",
       .name = "facets",
       .tag = "Shop",
       .summary = "The values that the shop's items can be filtered by.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto&) -> Result<Facets> { return make_facets(s.catalog().view()); }));
}

}  // namespace

Router shop_router(Shop* shop) {
  Router router;
  add_answer_routes(router, shop);
  add_shopper_routes(router, shop);
  add_wardrobe_routes(router, shop);
  add_history_routes(router, shop);
  add_dead_letter_routes(router, shop);
  add_catalog_routes(router, shop);
  add_curated_routes(router, shop);
  add_quality_routes(router, shop);
  add_shop(router, shop);
  return router;
}

}  // namespace modiste::http
