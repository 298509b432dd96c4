// Shoppers: their events, style, wishes, identity, export and erasure.
#include "base/text.h"
#include "http/shop_route_parts.h"
#include "http/shopper_contracts.h"

namespace modiste::http {
namespace {

// What a device may read and change of a shopper only until one signs in there (ADR 47), sent as events.
constexpr EnumSet<EventType> kIntimate{EventType::kBody, EventType::kOwn, EventType::kDisown};

// False as well for callers who prove more than a device.
Result<bool> is_of_another(Shop& shop, const Caller& caller) {
  if (caller.trusted || caller.device_id.empty()) return false;
  return shop.shoppers().is_anothers({IdentifierKind::kDevice, caller.device_id}, caller.shopper_id);
}

// Of a caller whose rights are few: each event is bound to the caller or refused. When nothing is left and
// some events were not the caller's to send, the whole answer is the refusal.
Result<Response> send_events(Shop& shop, const Request<Nothing, Nothing, EventsBody>& request) {
  const Caller& caller = request.caller;
  std::optional<Error> denied;
  const auto admit = [&](Event& event) {
    auto own = caller.claim(event);
    if (own.ok() && kIntimate.contains(event.type)) {
      const auto anothers = is_of_another(shop, caller);
      if (!anothers.ok()) return Result<Done>(anothers.error());
      if (*anothers) own = needs_sign_in("/type");
    }
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

void add_quiz(Router& router, Shop* shop) {
  router.route<Request<>, Quiz>(
      {.path = "/v1/quiz",
       .name = "quiz",
       .tag = "Shoppers",
       .summary = "The questions that start a style profile; the answers are sent as an "
                  "event of type quiz.",
       .access = access::kStorefront},
      on(shop, [](Shop& s, const auto&) -> Result<Quiz> { return s.quiz(); }));
  router.route<Request<Nothing, Nothing, StyleDescription>, QuizAnswers>(
      {.method = Method::kPost,
       .path = "/v1/quiz/describe",
       .name = "describeStyle",
       .tag = "Shoppers",
       .summary =
           "Answers to the quiz that a shopper's own words give. Nothing is kept: show them, then send "
           "them as an event of type quiz.",
       .access = access::kStorefront,
       .run = Run::kWorker},
      on(shop, [](Shop& s, const auto& r) -> Result<QuizAnswers> { return s.search().describe(r.body); }));
}

void add_event_route(Router& router, Shop* shop) {
  router.route<Request<Nothing, Nothing, EventsBody>, EventsReport>(
      {.method = Method::kPost,
       .path = "/v1/events",
       .name = "sendEvents",
       .tag = "Shoppers",
       .summary =
           "Ingest shopper events. Each event is validated independently; accepted ones are durable when "
           "this call returns, and the next recommendation reflects them; refused ones become dead letters. "
           "Bodies of Segment, GA4, Universal Analytics, Shopify, Meta, Snowplow, PostHog, Mixpanel, "
           "Amplitude, Adobe, Klaviyo, Braze, TikTok, Algolia, Google's retail API and Matomo, and order "
           "webhooks of Shopify and WooCommerce, are accepted too.",
       .access = access::kBehaviour,
       .run = Run::kWorker,
       .body_bytes_max = kBatchBytesMax,
       .statuses = {202},
       .example = R"({"events":[{"event_id":"0b9c","type":"like","shopper_id":"ada","garment_id":"MH01"}]})"},
      on(shop, [](Shop& s, const auto& r) { return send_events(s, r); }));
}

}  // namespace

void add_shopper_routes(Router& router, Shop* shop) {
  add_quiz(router, shop);
  add_event_route(router, shop);
  router.route<Request<ShopperPath, ShopperQuery>, StyleView>(
      {.path = "/v1/shoppers/{id}/style",
       .name = "style",
       .tag = "Shoppers",
       .summary = "A shopper's style profile.",
       .access = access::kBehaviour},
      on(shop, [](Shop& s, const auto& r) -> Result<StyleView> {
        StyleView view = s.shoppers().style(shopper_of(r));
        for (auto& [source, weight] : view.source_weights) weight = rounded_weight(weight);
        if (r.query.kind != IdentifierKind::kDevice) return view;
        TRY_ASSIGN(const bool anothers, is_of_another(s, r.caller));
        if (anothers) view.body = {};
        return view;
      }));
  add_wishes(router, shop);
  router.route<Request<ShopperPath, ShopperQuery>, IdentityView>(
      {.path = "/v1/shoppers/{id}/identity",
       .name = "identity",
       .tag = "Shoppers",
       .summary = "The identifiers that belong to one person, and the links between them.",
       .access = access::kPersonal,
       .run = Run::kWorker},
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
       .summary = "What is stored about a shopper: identity, consent, style and every event. Photos of their "
                  "wardrobe are read at the `image` of its pieces.",
       .access = access::kPersonal,
       .run = Run::kWorker},
      on(shop, [](Shop& s, const auto& r) { return s.shoppers().export_shopper(shopper_of(r)); }));
  router.route<Request<ShopperPath, ShopperQuery>, Nothing>(
      {.method = Method::kDelete,
       .path = "/v1/shoppers/{id}",
       .name = "eraseShopper",
       .tag = "Shoppers",
       .summary =
           "Erase a shopper: profile, refused events, photos and identifier mappings. The events stay in the "
           "log, but nothing links them to the shopper.",
       .access = access::kPersonal,
       .run = Run::kWorker,
       .statuses = {204}},
      on(shop, [](Shop& s, const auto& r) { return s.shoppers().erase(shopper_of(r)); }));
}

}  // namespace modiste::http
