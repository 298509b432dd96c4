// What a shopper has, and what they say of their body.
#include "http/shop_route_parts.h"
#include "http/shopper_contracts.h"

namespace modiste::http {
namespace {

// Without a shop the route itself refuses.
auto asks_whose_it_is(Shop* shop) {
  return [shop](const Caller& caller, const Identifier& device) -> Result<bool> {
    return shop == nullptr ? Result<bool>(false) : shop->shoppers().is_anothers(device, caller.shopper_id);
  };
}

void add_body(Router& router, Shop* shop) {
  router.route<Request<ShopperPath, ShopperQuery>, BodyProfile>(
      {.path = "/v1/shoppers/{id}/body",
       .name = "body",
       .tag = "Shoppers",
       .summary = "What a shopper said of their body: for sizes and proportion rules.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop)},
      on(shop,
         [](Shop& s, const auto& r) -> Result<BodyProfile> { return s.shoppers().body(shopper_of(r)); }));
  router.route<Request<ShopperPath, ShopperQuery, BodyProfile>, BodyProfile>(
      {.method = Method::kPut,
       .path = "/v1/shoppers/{id}/body",
       .name = "setBody",
       .tag = "Shoppers",
       .summary = "Replace what a shopper said of their body. `proportions: false` switches the proportion "
                  "rules off; answers what is in effect.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop),
       .run = Run::kWorker,
       .example = R"({"height_cm":160,"fit_wish":"close"})"},
      on(shop, [](Shop& s, const auto& r) { return s.shoppers().set_body(shopper_of(r), r.body); }));
}

void add_photos(Router& router, Shop* shop) {
  router.route<Request<ShopperPath, WardrobePhotoQuery, ImageBody>, WardrobePiece>(
      {.method = Method::kPost,
       .path = "/v1/shoppers/{id}/wardrobe/photos",
       .name = "ownPhoto",
       .tag = "Shoppers",
       .summary =
           "Add any garment to a shopper's wardrobe by its photo. Category and colour are what the photo "
           "shows; correct them by PATCH.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop),
       .run = Run::kWorker,
       .body_bytes_max = kImageBytesMax,
       .statuses = {201}},
      on(shop, [](Shop& s, const auto& r) {
        return s.wardrobes().add_photo(shopper_of(r), r.query.title, r.body.bytes);
      }));
  router.route<Request<WardrobePath, ShopperQuery>, Text>(
      {.path = "/v1/shoppers/{id}/wardrobe/{piece}/photo",
       .name = "ownedPhoto",
       .tag = "Shoppers",
       .summary = "The photo of a piece: a JPEG without metadata. Its address is the `image` of the piece.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop),
       .produces = "image/jpeg"},
      on(shop, [](Shop& s, const auto& r) -> Result<Text> {
        TRY_ASSIGN(auto photo, s.wardrobes().photo(shopper_of(r), r.path.piece));
        return Text{std::move(photo)};
      }));
}

}  // namespace

void add_wardrobe_routes(Router& router, Shop* shop) {
  router.route<Request<ShopperPath, ShopperQuery>, WardrobeView>(
      {.path = "/v1/shoppers/{id}/wardrobe",
       .name = "wardrobe",
       .tag = "Shoppers",
       .summary = "What a shopper has, latest first. Purchases enter by themselves, returns leave.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop)},
      on(shop,
         [](Shop& s, const auto& r) -> Result<WardrobeView> { return s.wardrobes().view(shopper_of(r)); }));
  router.route<Request<ShopperPath, ShopperQuery, OwnedByShopper>, WardrobePiece>(
      {.method = Method::kPost,
       .path = "/v1/shoppers/{id}/wardrobe",
       .name = "own",
       .tag = "Shoppers",
       .summary = "Add a garment of the shop to a shopper's wardrobe.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop),
       .run = Run::kWorker,
       .statuses = {201},
       .example = R"({"garment_id":"MH01","colour":"Olive"})"},
      on(shop, [](Shop& s, const auto& r) { return s.wardrobes().add(shopper_of(r), r.body); }));
  add_photos(router, shop);
  router.route<Request<WardrobePath, ShopperQuery, WardrobeCorrection>, WardrobePiece>(
      {.method = Method::kPatch,
       .path = "/v1/shoppers/{id}/wardrobe/{piece}",
       .name = "correctOwned",
       .tag = "Shoppers",
       .summary = "Correct title, category or colour of a garment that was described by a photo.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop),
       .run = Run::kWorker,
       .example = R"({"category":"jeans","colour":"navy"})"},
      on(shop,
         [](Shop& s, const auto& r) { return s.wardrobes().correct(shopper_of(r), r.path.piece, r.body); }));
  router.route<Request<WardrobePath, ShopperQuery>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/shoppers/{id}/wardrobe/{piece}",
       .name = "disown",
       .tag = "Shoppers",
       .summary = "Take a garment out of a shopper's wardrobe; its photo is deleted.",
       .access = access::kIntimate,
       .is_anothers = asks_whose_it_is(shop),
       .run = Run::kWorker,
       .statuses = {204}},
      on(shop, [](Shop& s, const auto& r) { return s.wardrobes().remove(shopper_of(r), r.path.piece); }));
  add_body(router, shop);
}

}  // namespace modiste::http
