#include "http/shop_routes.h"

#include <fmt/format.h>

#include "base/check.h"
#include "embedding/encoder.h"
#include "http/history_routes.h"
#include "http/reason_text.h"

namespace modiste::http {
namespace {

// A handler that uses the services of the shop; without a shop it returns kUnavailable.
template <class Handler>
auto on(Shop* shop, Handler handler) {
  return [shop, handler](auto request) -> decltype(handler(*shop, std::move(request))) {
    if (shop == nullptr) return Error{Code::kUnavailable, "the shop is not open yet", "", "try again"};
    return handler(*shop, std::move(request));
  };
}

// Merges entries that could not be read with those that the shop refused, in the order of the batch.
GarmentRefusal garment_refusal(Refusal r) {
  return {r.index, std::move(r.id), std::move(r.error.what), std::move(r.error.where),
          std::move(r.error.expected)};
}

Result<Reply<UpsertReport>> put_garment(Shop& shop,
                                        Request<GarmentPath, Nothing, WithPathId<Garment>> request) {
  std::vector<Garment> one;
  one.push_back(std::move(request.body.value));
  TRY_ASSIGN(const auto results, shop.catalog().upsert(std::move(one)));
  const auto& upserted = results.front();
  if (!upserted.ok()) return upserted.error();
  return Reply<UpsertReport>{{upserted->garment_id, static_cast<int>(upserted->items)},
                             upserted->created ? 201 : 200};
}

Result<BatchUpsertReport> post_garments(Shop& shop,
                                        Request<Nothing, Nothing, PartialBatch<GarmentBatch>> request) {
  auto& parsed = request.body;
  std::vector<std::string> ids;
  for (const auto& garment : parsed.batch.garments) ids.push_back(garment.id);
  std::vector<Result<Upserted>> results;
  if (!ids.empty()) {
    TRY_ASSIGN(results, shop.catalog().upsert(std::move(parsed.batch.garments)));
  }
  CHECK(results.size() == ids.size());
  BatchUpsertReport report;
  for (size_t i = 0; i < results.size(); ++i) {
    if (results[i].ok()) {
      ++report.accepted;
      report.created += results[i]->created ? 1 : 0;
      continue;
    }
    const auto place = static_cast<size_t>(parsed.places[i]);
    parsed.refused.push_back({parsed.places[i], std::move(ids[i]),
                              reader_detail::in_batch(std::move(results[i]).error(), "garments", place)});
  }
  for (auto& refusal : parsed.refused) report.refused.push_back(garment_refusal(std::move(refusal)));
  std::sort(report.refused.begin(), report.refused.end(),
            [](const auto& a, const auto& b) { return a.index < b.index; });
  return report;
}

Result<Variant> patch_variant(Shop& shop, const Request<VariantPath, Nothing, VariantPatch>& request) {
  const auto& patch = request.body;
  if (!patch.stock && !patch.price && !patch.list_price)
    return Error{Code::kInvalid, "the request changes nothing", "",
                 "at least one of stock, price, list_price"};
  return shop.catalog().change_variant(request.path.sku, {patch.stock, patch.price, patch.list_price});
}

// Fields of an answer for the request's log line.
std::string log_fields(const Answer& answer) {
  std::string text = fmt::format("items={}", answer.items.size());
  if (answer.debug) {
    text += fmt::format(" policy={} ranker={}", answer.debug->policy, answer.debug->ranker);
    for (const auto& source : answer.debug->sources)
      text += fmt::format(" {}={}", source.name, source.candidates);
    for (const auto& stage : answer.debug->stages)
      text += fmt::format(" {}_ms={:.2f}", stage.name, stage.took_ms);
  }
  if (!answer.degraded.empty()) text += fmt::format(" degraded=\"{}\"", fmt::join(answer.degraded, ", "));
  return text;
}

Reply<Answer> reply_of(Answer answer, bool with_debug = false) {
  word_reasons(answer);
  std::string log = log_fields(answer);
  if (!with_debug) answer.debug.reset();
  return {std::move(answer), 200, std::move(log)};
}

Reply<OutfitAnswer> reply_of(OutfitAnswer answer) {
  word_reasons(answer);
  std::string log = fmt::format("outfits={}", answer.outfits.size());
  if (!answer.degraded.empty()) log += fmt::format(" degraded=\"{}\"", fmt::join(answer.degraded, ", "));
  return {std::move(answer), 200, std::move(log)};
}

template <class Req>
Identifier shopper_of(const Req& request) {
  return {request.query.kind, request.path.id};
}

void add_catalog(Router& router, Shop* shop) {
  router.route<Request<Nothing, GarmentsQuery>, GarmentPage>(
      {.path = "/v1/garments",
       .name = "listGarments",
       .tag = "Catalog",
       .summary = "Garments by id, a page at a time.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto& r) -> Result<GarmentPage> {
        return make_page(s.catalog().view(), r.query.after, static_cast<size_t>(r.query.count));
      }));
  router.route<Request<Nothing, Nothing, PartialBatch<GarmentBatch>>, BatchUpsertReport>(
      {.method = Method::kPost,
       .path = "/v1/garments",
       .name = "upsertGarments",
       .tag = "Catalog",
       .summary = "Add or replace garments. Each is validated independently; valid ones are live at once.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax},
      on(shop, [](Shop& s, auto r) { return post_garments(s, std::move(r)); }));
  router.route<Request<GarmentPath>, Garment>(
      {.path = "/v1/garments/{id}",
       .name = "getGarment",
       .tag = "Catalog",
       .summary = "A garment with its variants and photos.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto& r) { return s.catalog().garment(r.path.id); }));
  router.route<Request<GarmentPath, Nothing, WithPathId<Garment>>, UpsertReport>(
      {.method = Method::kPut,
       .path = "/v1/garments/{id}",
       .name = "putGarment",
       .tag = "Catalog",
       .summary = "Add (201) or replace (200) a garment. It is recommendable as soon as this call returns. "
                  "The id may be left out of the body.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax,
       .statuses = {200, 201}},
      on(shop, [](Shop& s, auto r) { return put_garment(s, std::move(r)); }));
  router.route<Request<GarmentPath>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/garments/{id}",
       .name = "deleteGarment",
       .tag = "Catalog",
       .summary = "Remove a garment from the shop, at once.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .statuses = {204}},
      on(shop, [](Shop& s, const auto& r) { return s.catalog().remove(r.path.id); }));
}

void add_parts_of_garments(Router& router, Shop* shop) {
  router.route<Request<VariantPath, Nothing, VariantPatch>, Variant>(
      {.method = Method::kPatch,
       .path = "/v1/variants/{sku}",
       .name = "patchVariant",
       .tag = "Catalog",
       .summary = "Change stock or price of a variant, at once.",
       .access = access::kWriter,
       .run = Run::kWorker},
      on(shop, [](Shop& s, const auto& r) { return patch_variant(s, r); }));
  router.route<Request<GarmentPath, ImageQuery, ImageBody>, ImageReport>(
      {.method = Method::kPost,
       .path = "/v1/garments/{id}/images",
       .name = "addImage",
       .tag = "Catalog",
       .summary = "Add a photo to a garment: it is stored, encoded and linked.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .body_bytes_max = kImageBytesMax,
       .statuses = {201}},
      on(shop, [](Shop& s, const auto& r) -> Result<ImageReport> {
        TRY_ASSIGN(const auto name, s.catalog().add_image(r.path.id, r.query.colour, r.body.bytes));
        return ImageReport{"/images/" + name};
      }));
}

void add_quality(Router& router, Shop* shop) {
  router.route<Request<Nothing, QualityQuery>, GarmentReturnsPage>(
      {.path = "/v1/quality/returns",
       .name = "listReturns",
       .tag = "Catalog",
       .summary = "Garments that come back, those first that are not as described or defective.",
       .access = access::kWriter},
      on(shop, [](Shop& s, const auto& r) -> Result<GarmentReturnsPage> {
        return s.doubtful_garments(static_cast<size_t>(r.query.count));
      }));
  router.route<Request<Nothing, ConflictsQuery>, ConflictPage>(
      {.path = "/v1/quality/conflicts",
       .name = "listConflicts",
       .tag = "Catalog",
       .summary = "Where a photo contradicts the shop's words, a page at a time. Only kinds of contradiction "
                  "that proved right at least 8 times in 10.",
       .access = access::kWriter},
      on(shop, [](Shop& s, const auto& r) {
        return s.conflicts(r.query.state, r.query.after, static_cast<size_t>(r.query.count));
      }));
  router.route<Request<ConflictPath, Nothing, ConflictDecision>, ListedConflict>(
      {.method = Method::kPut,
       .path = "/v1/quality/conflicts/{id}",
       .name = "settleConflict",
       .tag = "Catalog",
       .summary =
           "Decide whether the photo or the words are right. The garment follows at once; the decision "
           "is kept when the same photo and words are imported again.",
       .access = access::kWriter,
       .run = Run::kWorker,
       .example = R"({"right":"photo"})"},
      on(shop, [](Shop& s, const auto& r) { return s.catalog().settle(r.path.id, r.body.right); }));
}

void add_answers(Router& router, Shop* shop) {
  router.route<Request<Nothing, Nothing, RecommendRequest>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/recommendations",
       .name = "recommend",
       .tag = "Answers",
       .summary = "Recommend garments for a shopper, each with its reasons.",
       .access = access::kAnswer},
      on(shop, [](Shop& s, const auto& r) -> Result<Reply<Answer>> {
        TRY_ASSIGN(auto answer, s.recommender().recommend(r.body, r.request_id));
        return reply_of(std::move(answer), r.body.debug);
      }));
  router.route<Request<GarmentPath, SimilarQuery>, Answer>(
      {.path = "/v1/garments/{id}/similar",
       .name = "similar",
       .tag = "Answers",
       .summary = "Garments similar in appearance and attributes.",
       .access = access::kAnswer},
      on(shop, [](Shop& s, auto r) -> Result<Reply<Answer>> {
        SimilarRequest similar;
        similar.garment_id = std::move(r.path.id);
        similar.colour = std::move(r.query.colour);
        similar.count = r.query.count;
        similar.shopper_id = std::move(r.query.shopper_id);
        similar.device_id = std::move(r.query.device_id);
        similar.session_id = std::move(r.query.session_id);
        TRY_ASSIGN(auto answer, s.search().similar(similar, r.request_id));
        return reply_of(std::move(answer));
      }));
  router.route<Request<Nothing, Nothing, OutfitRequest>, OutfitAnswer>(
      {.method = Method::kPost,
       .path = "/v1/outfits",
       .name = "composeOutfits",
       .tag = "Answers",
       .summary = "Compose whole outfits for a shopper: for an occasion, around a garment, within a budget, "
                  "with one piece changed.",
       .access = access::kAnswer,
       .example = R"({"shopper_id":"ada","anchors":[{"garment_id":"MH01"}],"budget":250,)"
                  R"("context":{"occasion":"work","season":"autumn"}})"},
      on(shop, [](Shop& s, const auto& r) -> Result<Reply<OutfitAnswer>> {
        TRY_ASSIGN(auto answer, s.outfits().compose(r.body, r.request_id));
        return reply_of(std::move(answer));
      }));
  router.route<Request<Nothing, Nothing, SearchRequest>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/search",
       .name = "search",
       .tag = "Answers",
       .summary = "Search garments by words.",
       .access = access::kAnswer},
      on(shop, [](Shop& s, const auto& r) -> Result<Reply<Answer>> {
        TRY_ASSIGN(auto answer, s.search().by_words(r.body, r.request_id));
        return reply_of(std::move(answer));
      }));
  router.route<Request<Nothing, PhotoQuery, ImageBody>, Answer>(
      {.method = Method::kPost,
       .path = "/v1/search/photo",
       .name = "searchPhoto",
       .tag = "Answers",
       .summary = "Search garments by photo.",
       .access = access::kAnswer,
       .run = Run::kWorker,
       .body_bytes_max = kImageBytesMax},
      on(shop, [](Shop& s, auto r) -> Result<Reply<Answer>> {
        TRY_ASSIGN(const RgbImage photo, decode_image(r.body.bytes));
        const Who who{std::move(r.query.shopper_id), std::move(r.query.device_id),
                      std::move(r.query.session_id)};
        TRY_ASSIGN(auto answer, s.search().by_photo(photo, r.query.count, who, r.request_id));
        return reply_of(std::move(answer));
      }));
}

// Of a caller whose rights are few: each event is bound to the caller or refused. When nothing is left and
// some events were not the caller's to send, the whole answer is the refusal.
Result<Response> send_events(Shop& shop, const Request<Nothing, Nothing, EventsBody>& request) {
  const Caller& caller = request.caller;
  std::optional<Error> denied;
  const auto admit = [&](Event& event) {
    auto own = caller.claim(event);
    if (!own.ok() && !denied) denied = own.error();
    return own;
  };
  TRY_ASSIGN(const auto report, shop.intake().take(request.body.text, {admit, caller.trusted}));
  if (!denied || report.accepted + report.duplicates > 0)
    return router_detail::json_response(202, to_json_text(report));
  const auto is_denied = [&](const EventRefusal& refused) { return refused.reason == denied->what; };
  const auto first = std::find_if(report.refused.begin(), report.refused.end(), is_denied);
  if (first != report.refused.end()) denied->where = first->pointer;
  return refusal(caller, *denied);
}

// What a shopper wants to see again, and never.
void add_wishes(Router& router, Shop* shop) {
  router.route<Request<ShopperPath, LikedQuery>, LikedPage>(
      {.path = "/v1/shoppers/{id}/liked",
       .name = "liked",
       .tag = "Shoppers",
       .summary = "What a shopper liked, saved or put into the cart, latest first.",
       .access = access::kBehaviour},
      on(shop, [](Shop& s, const auto& r) {
        return s.shoppers().liked(shopper_of(r), r.query.after, static_cast<size_t>(r.query.count));
      }));
  router.route<Request<ShopperPath, ShopperQuery>, Vetoes>(
      {.path = "/v1/shoppers/{id}/vetoes",
       .name = "vetoes",
       .tag = "Shoppers",
       .summary = "What is never shown to a shopper.",
       .access = access::kBehaviour},
      on(shop, [](Shop& s, const auto& r) -> Result<Vetoes> { return s.shoppers().vetoes(shopper_of(r)); }));
  router.route<Request<ShopperPath, ShopperQuery, Vetoes>, Vetoes>(
      {.method = Method::kPut,
       .path = "/v1/shoppers/{id}/vetoes",
       .name = "setVetoes",
       .tag = "Shoppers",
       .summary =
           "Replace what is never shown to a shopper: categories, colours, fabrics, brands. Holds from "
           "the next answer on; answers what is in effect.",
       .access = access::kBehaviour,
       .run = Run::kWorker,
       .example = R"({"fabrics":["leather"],"brands":["Acme"]})"},
      on(shop, [](Shop& s, const auto& r) { return s.shoppers().set_vetoes(shopper_of(r), r.body); }));
}

void add_shoppers(Router& router, Shop* shop) {
  router.route<Request<Nothing, Nothing, EventsBody>, EventsReport>(
      {.method = Method::kPost,
       .path = "/v1/events",
       .name = "sendEvents",
       .tag = "Shoppers",
       .summary =
           "Ingest shopper events. Each event is validated independently; accepted ones are durable when "
           "this call returns, and the next recommendation reflects them; refused ones become dead letters. "
           "Bodies of Segment, GA4's Measurement Protocol, Shopify's web pixels and Meta are accepted as "
           "they are.",
       .access = access::kBehaviour,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax,
       .statuses = {202},
       .example = R"({"events":[{"event_id":"0b9c","type":"like","shopper_id":"ada","garment_id":"MH01"}]})"},
      on(shop, [](Shop& s, const auto& r) { return send_events(s, r); }));
  router.route<Request<>, Quiz>(
      {.path = "/v1/quiz",
       .name = "quiz",
       .tag = "Shoppers",
       .summary = "Six questions that start a style profile; the answers are sent as an "
                  "event of type quiz.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto&) -> Result<Quiz> { return s.quiz(); }));
  router.route<Request<ShopperPath, ShopperQuery>, StyleView>(
      {.path = "/v1/shoppers/{id}/style",
       .name = "style",
       .tag = "Shoppers",
       .summary = "A shopper's style profile.",
       .access = access::kBehaviour},
      on(shop,
         [](Shop& s, const auto& r) -> Result<StyleView> { return s.shoppers().style(shopper_of(r)); }));
  add_wishes(router, shop);
  router.route<Request<ShopperPath, ShopperQuery>, IdentityView>(
      {.path = "/v1/shoppers/{id}/identity",
       .name = "identity",
       .tag = "Shoppers",
       .summary = "The identifiers that belong to one person, and the links between them.",
       .access = access::kPersonal},
      on(shop, [](Shop& s, const auto& r) { return s.shoppers().identity(shopper_of(r)); }));
  router.route<Request<ShopperPath, ShopperQuery, LinkChange>, IdentityView>(
      {.method = Method::kPost,
       .path = "/v1/shoppers/{id}/identity",
       .name = "changeIdentity",
       .tag = "Shoppers",
       .summary = "Split or re-join two identities; both profiles are rebuilt from their own events.",
       .access = access::kWriter,
       .run = Run::kWorker},
      on(shop, [](Shop& s, const auto& r) {
        return s.shoppers().set_link(shopper_of(r), r.body.link, r.body.merges);
      }));
  router.route<Request<ShopperPath, ShopperQuery>, ShopperExport>(
      {.path = "/v1/shoppers/{id}/export",
       .name = "exportShopper",
       .tag = "Shoppers",
       .summary = "Everything that is stored about a shopper: identity, consent, style and every event.",
       .access = access::kPersonal,
       .run = Run::kWorker},
      on(shop, [](Shop& s, const auto& r) { return s.shoppers().export_shopper(shopper_of(r)); }));
  router.route<Request<ShopperPath, ShopperQuery>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/shoppers/{id}",
       .name = "eraseShopper",
       .tag = "Shoppers",
       .summary = "Erase a shopper: profile, history and identifier mappings.",
       .access = access::kPersonal,
       .run = Run::kWorker,
       .statuses = {204}},
      on(shop, [](Shop& s, const auto& r) { return s.shoppers().erase(shopper_of(r)); }));
}

void add_dead_letters(Router& router, Shop* shop) {
  const auto spec = [](Method method, std::string_view path, std::string_view name,
                       std::string_view summary) {
    return RouteSpec{.method = method,
                     .path = path,
                     .name = name,
                     .tag = "Dead letters",
                     .summary = summary,
                     .access = access::kWriter,
                     .run = Run::kWorker};
  };
  router.route<Request<Nothing, LetterQuery>, LetterPage>(
      spec(Method::kGet, "/v1/dead-letters", "listDeadLetters", "Events that were refused, oldest first."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().page(r.query); }));
  router.route<Request<LetterPath>, DeadLetter>(
      spec(Method::kGet, "/v1/dead-letters/{id}", "getDeadLetter",
           "A refused event as it was sent, and why."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().letters().letter(r.path.id); }));
  router.route<Request<LetterPath, Nothing, LetterFix>, DeadLetter>(
      spec(Method::kPut, "/v1/dead-letters/{id}", "fixDeadLetter",
           "Correct the event. It is validated when it is replayed."),
      on(shop, [](Shop& s, auto r) { return s.intake().fix(r.path.id, std::move(r.body.body)); }));
  auto drop = spec(Method::kDelete, "/v1/dead-letters/{id}", "dropDeadLetter", "Delete a dead letter.");
  drop.statuses = {204};
  router.route<Request<LetterPath>, Nothing>(std::move(drop), on(shop, [](Shop& s, const auto& r) {
                                               return s.intake().letters().remove_letter(r.path.id);
                                             }));
  router.route<Request<LetterPath>, ReplayReport>(
      spec(Method::kPost, "/v1/dead-letters/{id}/replay", "replayDeadLetter",
           "Submit it again, with the time it was first received. It is deleted when it is accepted."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().replay(r.path.id); }));
  router.route<Request<Nothing, LetterQuery>, ReplayReport>(
      spec(Method::kPost, "/v1/dead-letters/replay", "replayDeadLetters",
           "Submit a page of dead letters again."),
      on(shop, [](Shop& s, const auto& r) { return s.intake().replay(r.query); }));
}

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
  add_answers(router, shop);
  add_shoppers(router, shop);
  add_history_routes(router, shop);
  add_dead_letters(router, shop);
  add_catalog(router, shop);
  add_parts_of_garments(router, shop);
  add_quality(router, shop);
  add_shop(router, shop);
  return router;
}

}  // namespace modiste::http
