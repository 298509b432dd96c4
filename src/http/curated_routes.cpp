// Outfits that the shop put together.
#include "http/catalog_contracts.h"
#include "http/shop_route_parts.h"

namespace modiste::http {

void add_curated_routes(Router& router, Shop* shop) {
  router.route<Request<Nothing, OutfitsQuery>, ShopOutfitPage>(
      {.path = "/v1/curated-outfits",
       .name = "listCuratedOutfits",
       .tag = "Catalog",
       .summary = "Outfits that the shop put together through this API, by id, a page at a time.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto& r) -> Result<ShopOutfitPage> {
        return s.catalog().outfits(r.query.after, static_cast<size_t>(r.query.count));
      }));
  router.route<Request<OutfitPath>, ShopOutfit>(
      {.path = "/v1/curated-outfits/{id}",
       .name = "getCuratedOutfit",
       .tag = "Catalog",
       .summary = "An outfit that the shop put together.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto& r) { return s.catalog().outfit(r.path.id); }));
  router.route<Request<OutfitPath, Nothing, WithPathId<ShopOutfit>>, ShopOutfit>(
      {.method = Method::kPut,
       .path = "/v1/curated-outfits/{id}",
       .name = "putCuratedOutfit",
       .tag = "Catalog",
       .summary = "Add (201) or replace (200) an outfit that the shop put together. It comes first where it "
                  "fits, from the next answer on. The id may be left out of the body.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .statuses = {200, 201},
       .example =
           R"({"title":"Sunday walk","occasion":"casual","items":[{"garment_id":"MH01"},{"garment_id":"MP01"}]})"},
      on(shop, [](Shop& s, auto r) -> Result<Reply<ShopOutfit>> {
        ShopOutfit outfit = r.body.value;
        TRY_ASSIGN(const bool created, s.catalog().put_outfit(std::move(r.body.value)));
        return Reply<ShopOutfit>{std::move(outfit), created ? 201 : 200};
      }));
  router.route<Request<OutfitPath>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/curated-outfits/{id}",
       .name = "deleteCuratedOutfit",
       .tag = "Catalog",
       .summary = "Remove an outfit that the shop put together; its garments stay.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .statuses = {204}},
      on(shop, [](Shop& s, const auto& r) { return s.catalog().remove_outfit(r.path.id); }));
}

}  // namespace modiste::http
