// The door: our spelling, Segment's, GA4's and others', and every refusal with a pointer into what was sent.
#include "ingest/event_door.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

const TimePoint kNow = parse_rfc3339("2026-11-21T09:30:00Z").value();

ParsedBatch judge(std::string_view body) {
  auto admission = ParsedBatch::judge(body, kNow);
  EXPECT_TRUE(admission.ok()) << (admission.ok() ? "" : admission.error().message());
  return std::move(admission).value();
}

// The events as JSON without their empty members: what a reader of the log would see.
std::string said(const Event& event) {
  json::object out;
  const auto whole = to_json(event);
  const auto nothing = to_json(Event{});
  for (const auto& [key, value] : whole.as_object()) {
    const auto* empty = nothing.as_object().if_contains(key);
    if (key != "context" && (key == "type" || empty == nullptr || value != *empty)) out[key] = value;
  }
  return serialize_json(out);
}

std::string refusal(std::string_view body) {
  const auto admission = judge(body);
  if (admission.refused.size() != 1) return "refusals: " + std::to_string(admission.refused.size());
  const auto& one = admission.refused[0];
  return std::string(name_of(one.reason)) + " " + one.error.where + ": " + one.error.what;
}

TEST(EventDoor, TakesOurOwnSpellingAsItIs) {
  const auto admission = judge(R"({"events":[
      {"event_id":"1","type":"like","shopper_id":"ada","garment_id":"MH01"},
      {"event_id":"2","type":"lik","shopper_id":"ada"}, 7, {"type":"like","shopper_id":"ada"}]})");
  ASSERT_EQ(admission.events.size(), 1u);
  EXPECT_EQ(said(admission.events[0]),
            R"({"event_id":"1","type":"like","shopper_id":"ada","garment_id":"MH01"})");
  ASSERT_EQ(admission.refused.size(), 3u);
  EXPECT_EQ(admission.refused[0].event_id, "2");
  EXPECT_EQ(admission.refused[0].error.where, "/events/1/type");
  EXPECT_EQ(admission.refused[0].error.expected, "'like', perhaps");
  EXPECT_EQ(admission.refused[1].error.where, "/events/2");
  EXPECT_EQ(admission.refused[2].error.where, "/events/3/event_id");
}

TEST(EventDoor, RefusesWhatIsNoBatch) {
  const auto where = [](std::string_view body) {
    const auto admission = ParsedBatch::judge(body, kNow);
    return admission.ok() ? "taken" : admission.error().where;
  };
  EXPECT_EQ(where("["), "byte 1");
  EXPECT_EQ(where("7"), "");
  EXPECT_EQ(where("[]"), "taken");
  EXPECT_EQ(where("{}"), "/events");
  EXPECT_EQ(where(R"({"events":{}})"), "/events");
  EXPECT_EQ(where(R"({"evnts":[],"sent_at":null})"), "/evnts");
  EXPECT_EQ(where(R"({"batch":7})"), "/batch");
  EXPECT_EQ(where(R"({"events":[]})"), "taken");
  std::string many = R"({"events":[1)";
  for (size_t i = 0; i < kEntriesPerBatchMax; ++i) many += ",1";
  EXPECT_EQ(where(many + "]}"), "/events");
  EXPECT_EQ(where(many.substr(many.find('[')) + "]"), "");
}

TEST(EventDoor, TranslatesASegmentCall) {
  const auto admission = judge(R"({"batch":[{
      "type":"track","event":"Product Added","messageId":"m1","userId":7,"anonymousId":"a-1",
      "timestamp":"2026-11-21T09:29:00.000Z",
      "context":{"locale":"de-AT","timezone":"Europe/Vienna","userAgent":"Mozilla","device":{"type":"ios"},
                 "page":{"referrer":"https://a.example/x?q=secret#y"},
                 "location":{"country":"Austria","city":"Vienna","latitude":48.2082,"longitude":16.3738}},
      "properties":{"product_id":"MH01","sku":"MH01-S","variant":"Gray","price":"19.99","quantity":2,
                    "currency":"EUR","category":"Hoodies"}}],"sentAt":"2026-11-21T09:30:00Z"})");
  ASSERT_EQ(admission.events.size(), 1u);
  const Event& event = admission.events[0];
  EXPECT_EQ(said(event),
            R"({"event_id":"m1","type":"add_to_cart","shopper_id":"7","device_id":"a-1",)"
            R"("occurred_at":"2026-11-21T09:29:00Z","garment_id":"MH01","colour":"Gray","sku":"MH01-S",)"
            R"("quantity":2,"price":19.99,"currency":"EUR"})");
  ASSERT_TRUE(event.context);
  EXPECT_EQ(event.context->device, DeviceClass::kPhone);
  EXPECT_EQ(event.context->time_zone, "Europe/Vienna");
  EXPECT_EQ(event.context->country, "") << "a country's full name is not a code";
  EXPECT_EQ(event.context->region, "Vienna");
  EXPECT_DOUBLE_EQ(event.context->latitude.value(), 48.2) << "coarse";
  EXPECT_DOUBLE_EQ(event.context->longitude.value(), 16.4);
  EXPECT_EQ(event.context->referrer, "https://a.example/x");
}

TEST(EventDoor, AnOrderIsAPurchaseOfEachProduct) {
  const std::string body = R"({"type":"track","event":"Order Completed","messageId":"m1","userId":"ada",
      "properties":{"order_id":"o1","currency":"USD","products":[
        {"product_id":"A","price":10,"quantity":1},{"product_id":"B","price":20,"currency":"CAD"}]}})";
  const auto admission = judge(body);
  ASSERT_EQ(admission.events.size(), 2u);
  EXPECT_EQ(said(admission.events[0]),
            R"({"event_id":"m1#0","type":"purchase","shopper_id":"ada","garment_id":"A","order_id":"o1",)"
            R"("quantity":1,"price":10,"currency":"USD"})");
  EXPECT_EQ(admission.events[1].event_id, "m1#1");
  EXPECT_EQ(admission.events[1].currency, "CAD");
  EXPECT_EQ(judge(body).events[1].event_id, "m1#1") << "the same again, so that a repeated one is known";
}

TEST(EventDoor, TranslatesTheOtherCallsOfSegment) {
  const auto first = [](std::string_view name, std::string_view properties) {
    const auto admission = judge(R"({"type":"track","messageId":"m","anonymousId":"d","event":")" +
                                 std::string(name) + R"(","properties":)" + std::string(properties) + "}");
    return admission.events.empty() ? "refused: " + admission.refused.at(0).error.message()
                                    : said(admission.events[0]);
  };
  const std::string who = R"(,"device_id":"d")";
  EXPECT_EQ(first("Product Viewed", R"({"product_id":"A"})"),
            R"({"event_id":"m","type":"product_view")" + who + R"(,"garment_id":"A"})");
  EXPECT_EQ(first("Product Added to Wishlist", R"({"product_id":"A"})"),
            R"({"event_id":"m","type":"save")" + who + R"(,"garment_id":"A"})");
  EXPECT_EQ(first("Products Searched", R"({"query":"linen"})"),
            R"({"event_id":"m","type":"search")" + who + R"(,"query":"linen"})");
  EXPECT_EQ(first("Product List Filtered",
                  R"({"filters":[{"type":"colour","value":"red"},{"type":"price","value":5}]})"),
            R"({"event_id":"m","type":"filter")" + who + R"(,"filters":{"colour":["red"],"price":["5"]}})");
  EXPECT_EQ(
      first("Product List Viewed", R"({"products":[{"product_id":"A"},{"product_id":3,"variant":"Red"}]})"),
      R"({"event_id":"m","type":"impression")" + who +
          R"(,"items":[{"garment_id":"A","colour":"","position":0,"propensity":1,"features":[]},)"
          R"({"garment_id":"3","colour":"Red","position":1,"propensity":1,"features":[]}]})");
  EXPECT_EQ(first("Order Refunded", R"({"reason":"changed_mind","products":[{"product_id":"A"}]})"),
            R"({"event_id":"m#0","type":"return")" + who + R"(,"garment_id":"A","reason":"changed_mind"})");
  EXPECT_EQ(first("Cart Viewed", "{}"), R"({"event_id":"m","type":"page_view")" + who + R"(,"page":"cart"})");
  const auto identify = judge(
      R"({"type":"identify","messageId":"i","userId":"ada","anonymousId":"d","traits":{"email":"a@b.c"}})");
  EXPECT_EQ(said(identify.events.at(0)),
            R"({"event_id":"i","type":"identify","shopper_id":"ada","device_id":"d"})");
}

TEST(EventDoor, RefusesWhatSegmentSaysAndWeDoNot) {
  EXPECT_EQ(refusal(R"({"batch":[{"type":"track","event":"Levitated","messageId":"m","userId":"u"}]})"),
            "untranslatable /batch/0/event: 'Levitated' has no counterpart in the taxonomy");
  EXPECT_EQ(refusal(R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m","userId":"u"}]})"),
            "untranslatable /batch/0/properties/products: a purchase names no product");
  EXPECT_EQ(refusal(R"({"type":"track","event":"Order Completed","messageId":"m","userId":"u",
                       "properties":{"products":[{"product_id":"A"},{"product_id":{"id":7}}]}})"),
            "invalid /properties/products/1/product_id: wrong type: an object");
}

TEST(EventDoor, PointsIntoTheForeignBodyWhenTheEngineRefuses) {
  const auto admission =
      judge(R"({"batch":[{"type":"track","event":"Product Viewed","messageId":"m","userId":"u",
      "timestamp":"2020-01-01T00:00:00Z","properties":{"sku":"S"}}]})");
  ASSERT_EQ(admission.events.size(), 1u);
  const auto invalid = validate(admission.events[0], kNow);
  ASSERT_FALSE(invalid.ok());
  auto refused = admission.refusal(0, "m", {Code::kInvalid, "no garment", "/garment_id", ""});
  EXPECT_EQ(refused.error.where, "/batch/0/properties/product_id");
  refused = admission.refusal(0, "m", {Code::kInvalid, "long ago", "/occurred_at", ""});
  EXPECT_EQ(refused.error.where, "/batch/0/timestamp");
  EXPECT_EQ(refused.reason, DeadReason::kLate);
}

constexpr std::string_view kGa4 = R"({"client_id":"c.1","user_id":"ada","timestamp_micros":"1795253340000000",
    "events":[
      {"name":"view_item","params":{"currency":"USD","session_id":123,"items":[{"item_id":"A","item_variant":"green","price":9.9}]}},
      {"name":"purchase","params":{"transaction_id":"T","currency":"USD","items":[{"item_id":"A","price":9.9,"quantity":1,"discount":1},{"item_id":"B"}]}},
      {"name":"session_start"},
      {"name":"search","params":{"search_term":"coat"}},
      {"name":"page_view","params":{"page_location":"https://shop.example/new?utm=1","page_referrer":"https://a.example/?q=1"}},
      {"name":"refund","params":{"transaction_id":"T","items":[{"item_id":"A"}]}},
      {"name":"levitate"}]})";

TEST(EventDoor, TranslatesAGa4Body) {
  const auto admission = judge(kGa4);
  ASSERT_EQ(admission.events.size(), 5u);
  const auto& view = admission.events[0];
  EXPECT_EQ(view.type, EventType::kProductView);
  EXPECT_EQ(view.shopper_id, "ada");
  EXPECT_EQ(view.device_id, "c.1");
  EXPECT_EQ(view.session_id, "c.1/123");
  EXPECT_EQ(to_rfc3339(view.occurred_at.value()), "2026-11-21T09:29:00Z");
  EXPECT_EQ(view.colour, "green");
  EXPECT_EQ(view.currency, "USD");
  EXPECT_EQ(admission.events[1].discount, 1);
  EXPECT_EQ(admission.events[1].order_id, "T");
  EXPECT_EQ(admission.events[2].garment_id, "B");
  EXPECT_NE(admission.events[1].event_id, admission.events[2].event_id);
  EXPECT_EQ(admission.events[3].query, "coat");
  EXPECT_EQ(admission.events[4].type, EventType::kReturn);
  EXPECT_EQ(admission.events[4].order_id, "T");
  EXPECT_TRUE(validate(admission.events[4], kNow).ok()) << "refunds say no reason";
  EXPECT_EQ(admission.ignored, 2u) << "session_start and page_view";
  ASSERT_EQ(admission.refused.size(), 1u);
  EXPECT_EQ(admission.refused[0].entry, 6u);
  EXPECT_EQ(admission.refused[0].error.where, "/events/6/name");
  for (size_t i = 0; i < 5; ++i) EXPECT_EQ(judge(kGa4).events[i].event_id, admission.events[i].event_id);
}

TEST(EventDoor, AGa4EventWithoutATimeIsToldApartByItsReceipt) {
  constexpr std::string_view kBody =
      R"({"client_id":"c","events":[{"name":"view_item","params":{"items":[{"item_id":"A"}]}}]})";
  const auto first = judge(kBody).events.at(0).event_id;
  EXPECT_EQ(judge(kBody).events.at(0).event_id, first);
  EXPECT_NE(ParsedBatch::judge(kBody, kNow + Micros(1)).value().events.at(0).event_id, first);
}

TEST(EventDoor, TakesForeignEntriesAmongItsOwn) {
  const auto admission = judge(R"({"events":[
      {"eventId":"1","event":"cart_add","userId":"ada","itemId":"A","timestamp":1795253340},
      {"event_id":"2","type":"dislike","shopper_id":"ada","productId":12,"ts":1795253340000},
      {"id":"3","action":"swipeRight","visitorId":"v","properties":{"item":"A","color":"Red"},"context":{"userAgent":"x","timezone":"Europe/Vienna"}},
      {"type":"page","messageId":"4","userId":"ada","name":"Home"},
      {"client_id":"c","events":[{"name":"view_item","params":{"items":[{"item_id":"A"}]}}]},
      {"event_id":"6","type":"impression","session_id":"s","items":[{"itemId":"A","position":0}]}]})");
  ASSERT_EQ(admission.refused.size(), 0u) << admission.refused[0].error.message();
  ASSERT_EQ(admission.events.size(), 5u);
  EXPECT_EQ(admission.ignored, 1u) << "Segment's page";
  EXPECT_EQ(
      said(admission.events[0]),
      R"({"event_id":"1","type":"add_to_cart","shopper_id":"ada","occurred_at":"2026-11-21T09:29:00Z","garment_id":"A"})");
  EXPECT_EQ(admission.events[1].type, EventType::kPass);
  EXPECT_EQ(admission.events[1].garment_id, "12");
  EXPECT_EQ(to_rfc3339(admission.events[1].occurred_at.value()), "2026-11-21T09:29:00Z");
  EXPECT_EQ(said(admission.events[2]),
            R"({"event_id":"3","type":"like","device_id":"v","garment_id":"A","colour":"Red"})");
  EXPECT_EQ(admission.events[2].context.value().time_zone, "Europe/Vienna");
  EXPECT_EQ(admission.events[4].items.at(0).garment_id, "A");
  EXPECT_EQ(refusal(R"({"events":[{"eventId":"1","event":"levitate","userId":"ada"}]})").substr(0, 23),
            "invalid /events/0/event");
  EXPECT_EQ(refusal(R"({"events":[{"eventId":"1","event":"like","userId":"ada","properties":{"mood":1}}]})"),
            "refusals: 0");
}

TEST(EventDoor, KeepsAnEntryInABodyOfItsOwnMadeCoarse) {
  const auto ga4 = judge(kGa4);
  const auto again = judge(serialize_json(ga4.original(1)));
  ASSERT_EQ(again.events.size(), 2u);
  EXPECT_EQ(again.events[0].event_id, ga4.events[1].event_id)
      << "what was accepted is known when it is replayed";
  const auto segment = judge(R"({"batch":[{"type":"track","event":"x","userId":"u","context":{
      "page":{"referrer":"https://a.example/?q=secret","url":"https://b.example/?id=1"},
      "location":{"latitude":48.2082,"longitude":"16.3738"}}}]})");
  const auto kept = serialize_json(segment.original(0));
  EXPECT_EQ(kept.find("secret"), std::string::npos) << kept;
  EXPECT_EQ(kept.find("id=1"), std::string::npos) << kept;
  EXPECT_EQ(kept.find("48.20"), std::string::npos) << kept;
  EXPECT_EQ(kept.find("16.37"), std::string::npos) << kept;
}

TEST(EventDoor, BoundsWhatABodyBecomes) {
  std::string call =
      R"({"type":"track","event":"Order Completed","messageId":"m","userId":"u","properties":{"products":[)";
  for (int i = 0; i < 200; ++i) call += i == 0 ? R"({"product_id":"A"})" : R"(,{"product_id":"A"})";
  call += "]}}";
  std::string body = R"({"batch":[)" + call;
  for (int i = 1; i < 30; ++i) body += "," + call;
  const auto admission = judge(body + "]}");
  EXPECT_EQ(admission.events.size(), kEventsPerBodyMax);
  EXPECT_EQ(admission.refused.size(), 5u);
}

}  // namespace
}  // namespace modiste
