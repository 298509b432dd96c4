#include "http/shop_routes.h"

#include "base/check.h"

namespace modiste::http {
namespace {

UpsertReport report_of(Upserted upserted) { return std::move(upserted.report); }

// Joins what could not be read with what the shop refused, in the order of the batch.
template <class Report, class Entry>
void add_refusals(Report& report, std::vector<Refusal> unread, Entry entry_of) {
  for (auto& refusal : unread) report.refused.push_back(entry_of(std::move(refusal)));
  std::sort(report.refused.begin(), report.refused.end(),
            [](const auto& a, const auto& b) { return a.index < b.index; });
}

GarmentRefusal product_refusal(Refusal r) {
  return {r.index, std::move(r.id), std::move(r.error.what), std::move(r.error.where),
          std::move(r.error.expected)};
}

Result<Reply<UpsertReport>> put_product(ShopApi& api, Request<GarmentPath, Nothing, Garment> request) {
  if (request.body.id != request.path.id)
    return Error{Code::kInvalid, "the garment's id is not that of the path", "/id",
                 "'" + request.path.id + "'"};
  TRY_ASSIGN(auto upserted, api.upsert(std::move(request.body)));
  const int status = upserted.created ? 201 : 200;
  return Reply<UpsertReport>{report_of(std::move(upserted)), status};
}

Result<BatchUpsertReport> post_products(ShopApi& api,
                                        Request<Nothing, Nothing, PartialBatch<GarmentBatch>> request) {
  auto& judged = request.body;
  std::vector<std::string> ids;
  for (const auto& garment : judged.batch.products) ids.push_back(garment.id);
  std::vector<Result<Upserted>> results;
  if (!ids.empty()) {
    TRY_ASSIGN(results, api.upsert_batch(std::move(judged.batch.products)));
  }
  CHECK(results.size() == ids.size());
  BatchUpsertReport report;
  for (size_t i = 0; i < results.size(); ++i) {
    if (results[i].ok()) {
      ++report.accepted;
      continue;
    }
    const auto place = static_cast<size_t>(judged.places[i]);
    judged.refused.push_back({judged.places[i], std::move(ids[i]),
                              reader_detail::in_batch(std::move(results[i]).error(), "products", place)});
  }
  add_refusals(report, std::move(judged.refused), product_refusal);
  return report;
}

Result<Variant> patch_variant(ShopApi& api, const Request<VariantPath, Nothing, VariantPatch>& request) {
  const auto& patch = request.body;
  if (!patch.stock && !patch.price && !patch.list_price)
    return Error{Code::kInvalid, "nothing is to change", "", "at least one of stock, price, list_price"};
  return api.patch_variant(request.path.sku, patch);
}

template <class Req>
Identifier shopper_of(const Req& request) {
  return {request.query.kind, request.path.id};
}

void add_catalog(Router& router, ShopApi& api) {
  router.route<Request<Nothing, GarmentsQuery>, GarmentPage>(
      {.path = "/v1/garments",
       .name = "listProducts",
       .tag = "Catalog",
       .summary = "Garments by id, a page at a time."},
      [&api](const auto& request) { return api.products(request.query); });
  router.route<Request<Nothing, Nothing, PartialBatch<GarmentBatch>>, BatchUpsertReport>(
      {.method = Method::kPost,
       .path = "/v1/garments",
       .name = "upsertProducts",
       .tag = "Catalog",
       .summary = "Add or replace many garments. Each is judged alone; good ones are live at once.",
       .scope = Scope::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax},
      [&api](auto request) { return post_products(api, std::move(request)); });
  router.route<Request<GarmentPath>, Garment>({.path = "/v1/garments/{id}",
                                               .name = "getProduct",
                                               .tag = "Catalog",
                                               .summary = "A garment with its variants and photos."},
                                              [&api](const auto& r) { return api.product(r.path.id); });
  router.route<Request<GarmentPath, Nothing, Garment>, UpsertReport>(
      {.method = Method::kPut,
       .path = "/v1/garments/{id}",
       .name = "putProduct",
       .tag = "Catalog",
       .summary = "Add (201) or replace (200) a garment. It can be recommended when this answers.",
       .scope = Scope::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax,
       .statuses = {200, 201}},
      [&api](auto request) { return put_product(api, std::move(request)); });
  router.route<Request<GarmentPath>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/garments/{id}",
       .name = "deleteProduct",
       .tag = "Catalog",
       .summary = "Take a garment out of the shop, at once.",
       .scope = Scope::kWriter,
       .run = Run::kWorker,
       .statuses = {204}},
      [&api](const auto& r) { return api.remove_product(r.path.id); });
  router.route<Request<VariantPath, Nothing, VariantPatch>, Variant>(
      {.method = Method::kPatch,
       .path = "/v1/variants/{sku}",
       .name = "patchVariant",
       .tag = "Catalog",
       .summary = "Change stock or price of a variant, at once.",
       .scope = Scope::kWriter,
       .run = Run::kWorker},
      [&api](const auto& request) { return patch_variant(api, request); });
  router.route<Request<GarmentPath, ImageQuery, ImageBody>, ImageReport>(
      {.method = Method::kPost,
       .path = "/v1/garments/{id}/images",
       .name = "addImage",
       .tag = "Catalog",
       .summary = "Give a garment a photo: it is stored, understood and linked.",
       .scope = Scope::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kImageBytesMax,
       .statuses = {201}},
      [&api](const auto& request) {
        return api.add_image({request.path.id, request.query.colour, request.body.bytes});
      });
}

void add_answers(Router& router, ShopApi& api) {
  router.route<Request<Nothing, Nothing, RecommendRequest>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/recommendations",
       .name = "recommend",
       .tag = "Answers",
       .summary = "Garments that a shopper would love now, each with its reasons."},
      [&api](const auto& request) { return api.recommend(request.body); });
  router.route<Request<GarmentPath, SimilarQuery>, Answer>(
      {.path = "/v1/garments/{id}/similar",
       .name = "similar",
       .tag = "Answers",
       .summary = "Garments that look and read like this one."},
      [&api](auto request) {
        SimilarRequest similar;
        similar.garment_id = std::move(request.path.id);
        similar.colour = std::move(request.query.colour);
        similar.count = request.query.count;
        similar.shopper_id = std::move(request.query.shopper_id);
        similar.device_id = std::move(request.query.device_id);
        similar.session_id = std::move(request.query.session_id);
        return api.similar(similar);
      });
  router.route<Request<Nothing, Nothing, SearchRequest>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/search",
       .name = "search",
       .tag = "Answers",
       .summary = "Garments that fit the words of a shopper."},
      [&api](const auto& request) { return api.search(request.body); });
  router.route<Request<Nothing, PhotoQuery, ImageBody>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/search/photo",
       .name = "searchPhoto",
       .tag = "Answers",
       .summary = "Garments that look like the one in a photo.",
       .run = Run::kWorker,
       .body_bytes_max = kImageBytesMax},
      [&api](auto request) {
        return api.search_photo({request.body.bytes,
                                 request.query.count,
                                 {std::move(request.query.shopper_id), std::move(request.query.device_id),
                                  std::move(request.query.session_id)}});
      });
}

void add_shoppers(Router& router, ShopApi& api) {
  router.route<Request<Nothing, Nothing, EventsBody>, EventsReport>(
      {.method = Method::kPost,
       .path = "/v1/events",
       .name = "sendEvents",
       .tag = "Shoppers",
       .summary = "Tell what shoppers did. Each event is judged alone; accepted ones are on disk when this "
                  "answers, and the next answer reflects them; refused ones are dead letters. Bodies of "
                  "Segment and of GA4's Measurement Protocol are taken as they are.",
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax,
       .statuses = {202},
       .example = R"({"events":[{"event_id":"0b9c","type":"like","shopper_id":"ada","garment_id":"MH01"}]})"},
      [&api](const auto& request) { return api.append_events(request.body.text); });
  router.route<Request<>, Quiz>({.path = "/v1/quiz",
                                 .name = "quiz",
                                 .tag = "Shoppers",
                                 .summary = "Six questions that begin a style; the answers are sent as an "
                                            "event of type quiz."},
                                [&api](const auto&) { return api.quiz(); });
  router.route<Request<ShopperPath, ShopperQuery>, StyleView>(
      {.path = "/v1/shoppers/{id}/style",
       .name = "style",
       .tag = "Shoppers",
       .summary = "What has been learned of a shopper's style."},
      [&api](const auto& r) { return api.style(shopper_of(r)); });
  router.route<Request<ShopperPath, ShopperQuery>, IdentityView>(
      {.path = "/v1/shoppers/{id}/identity",
       .name = "identity",
       .tag = "Shoppers",
       .summary = "Which identifiers are one person, and why.",
       .scope = Scope::kWriter},
      [&api](const auto& r) { return api.identity(shopper_of(r)); });
  router.route<Request<ShopperPath, ShopperQuery, LinkChange>, IdentityView>(
      {.method = Method::kPost,
       .path = "/v1/shoppers/{id}/identity",
       .name = "changeIdentity",
       .tag = "Shoppers",
       .summary = "Undo a merge, or take that back: both sides become what their own events make of them.",
       .scope = Scope::kWriter,
       .run = Run::kWorker},
      [&api](const auto& r) { return api.set_link(shopper_of(r), r.body); });
  router.route<Request<ShopperPath, ShopperQuery>, ShopperExport>(
      {.path = "/v1/shoppers/{id}/export",
       .name = "exportShopper",
       .tag = "Shoppers",
       .summary = "Everything that is held on a shopper: identity, consent, style and every event.",
       .scope = Scope::kWriter,
       .run = Run::kWorker},
      [&api](const auto& r) { return api.export_shopper(shopper_of(r)); });
  router.route<Request<ShopperPath, ShopperQuery>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/shoppers/{id}",
       .name = "eraseShopper",
       .tag = "Shoppers",
       .summary = "Forget a shopper: style, history and the link from her id to them.",
       .scope = Scope::kWriter,
       .run = Run::kWorker,
       .statuses = {204}},
      [&api](const auto& r) { return api.erase_shopper(shopper_of(r)); });
}

void add_dead_letters(Router& router, ShopApi& api) {
  const auto spec = [](Method method, std::string_view path, std::string_view name,
                       std::string_view summary) {
    return RouteSpec{.method = method,
                     .path = path,
                     .name = name,
                     .tag = "Dead letters",
                     .summary = summary,
                     .scope = Scope::kWriter,
                     .run = Run::kWorker};
  };
  router.route<Request<Nothing, LetterQuery>, LetterPage>(
      spec(Method::kGet, "/v1/dead-letters", "listDeadLetters",
           "Events that were refused, the oldest first."),
      [&api](const auto& r) { return api.dead_letters(r.query); });
  router.route<Request<LetterPath>, DeadLetter>(spec(Method::kGet, "/v1/dead-letters/{id}", "getDeadLetter",
                                                     "A refused event as it was sent, and why."),
                                                [&api](const auto& r) { return api.dead_letter(r.path.id); });
  router.route<Request<LetterPath, Nothing, LetterFix>, DeadLetter>(
      spec(Method::kPut, "/v1/dead-letters/{id}", "fixDeadLetter",
           "Put the event right. It is judged when it is replayed."),
      [&api](auto r) { return api.fix_dead_letter(r.path.id, std::move(r.body.body)); });
  auto drop = spec(Method::kDelete, "/v1/dead-letters/{id}", "dropDeadLetter", "Throw a dead letter away.");
  drop.statuses = {204};
  router.route<Request<LetterPath>, Nothing>(
      std::move(drop), [&api](const auto& r) { return api.drop_dead_letter(r.path.id); });
  router.route<Request<LetterPath>, ReplayReport>(
      spec(Method::kPost, "/v1/dead-letters/{id}/replay", "replayDeadLetter",
           "Send it through the door again, as received when it first came. It goes when it is accepted."),
      [&api](const auto& r) { return api.replay_dead_letter(r.path.id); });
  router.route<Request<Nothing, LetterQuery>, ReplayReport>(
      spec(Method::kPost, "/v1/dead-letters/replay", "replayDeadLetters", "The same for a page of them."),
      [&api](const auto& r) { return api.replay_dead_letters(r.query); });
}

void add_shop(Router& router, ShopApi& api) {
  router.route<Request<>, ShopInfo>(
      {.path = "/v1/shop", .name = "shop", .tag = "Shop", .summary = "The shop at a glance."},
      [&api](const auto&) { return api.shop(); });
  router.route<Request<>, Facets>({.path = "/v1/facets",
                                   .name = "facets",
                                   .tag = "Shop",
                                   .summary = "What the shop's items can be filtered by."},
                                  [&api](const auto&) { return api.facets(); });
}

}  // namespace

Router shop_router(ShopApi& api) {
  Router router;
  add_answers(router, api);
  add_shoppers(router, api);
  add_dead_letters(router, api);
  add_catalog(router, api);
  add_shop(router, api);
  return router;
}

}  // namespace modiste::http
