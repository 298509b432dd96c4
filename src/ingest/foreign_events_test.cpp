// What shops' tag managers, relays and pixels send.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

ParsedBatch product_added(std::string_view members) {
  return admitted(fmt::format(R"({{"batch":[{{"type":"track","event":"Product Added","messageId":"m",
      "userId":"ann","properties":{{"product_id":"g1",{}}}}}]}})",
                              members));
}

TEST(ForeignEvents, WhatTeachesNothingIsCountedAndNotKept) {
  const auto ga4 = admitted(R"({"client_id":"c","events":[{"name":"session_start"},{"name":"first_visit"},
      {"name":"scroll"},{"name":"user_engagement"},{"name":"page_view","params":{"page_title":"Home"}},
      {"name":"click"},{"name":"begin_checkout","params":{"items":[{"item_id":"A"}]}},
      {"name":"add_shipping_info"},{"name":"add_payment_info"},{"name":"view_promotion"}]})");
  EXPECT_EQ(ga4.ignored, 10u);
  EXPECT_TRUE(ga4.events.empty());
  const auto segment = admitted(R"({"batch":[
      {"type":"track","event":"Checkout Started","messageId":"1","userId":"u"},
      {"type":"track","event":"Order Cancelled","messageId":"2","userId":"u","properties":{"order_id":"o"}},
      {"type":"track","event":"Application Opened","messageId":"3","userId":"u"},
      {"type":"page","messageId":"4","userId":"u","name":"Home"},
      {"type":"screen","messageId":"5","userId":"u"},{"type":"group","messageId":"6","userId":"u"}]})");
  EXPECT_EQ(segment.ignored, 6u);
  EXPECT_TRUE(segment.events.empty());
  const auto others = admitted(R"({"events":[
      {"id":"1","name":"page_viewed","clientId":"c","data":{}},
      {"id":"2","name":"checkout_started","clientId":"c","data":{"checkout":{}}},
      {"event_name":"InitiateCheckout","event_time":1795253340,"user_data":{"fbp":"f"}},
      {"event_id":"4","type":"session_start","shopper_id":"u"},
      {"eventId":"5","event":"scroll","userId":"u","depth":90}]})");
  EXPECT_EQ(others.ignored, 5u);
  EXPECT_TRUE(others.events.empty());
}

TEST(ForeignEvents, AnOptionalMemberThatCannotBeReadCostsTheMember) {
  const auto price = [](std::string_view text) {
    const auto admission = product_added(fmt::format(R"("price":"{}")", text));
    EXPECT_TRUE(admission.warnings.empty()) << text;
    return admission.events.at(0).price.value_or(-1);
  };
  EXPECT_EQ(price("89.00"), 89);
  EXPECT_EQ(price("€89.00"), 89);
  EXPECT_EQ(price("89,00"), 89);
  EXPECT_EQ(price("4,245.42"), 4245.42);
  EXPECT_EQ(price(" 89.00 EUR "), 89);
  EXPECT_EQ(price(""), -1) << "absent";
  EXPECT_EQ(product_added(R"("price":"89.00 EUR")").events.at(0).currency, "EUR");
  EXPECT_EQ(product_added(R"("price":"89.00 EUR","currency":"USD")").events.at(0).currency, "USD")
      << "what is said counts before what a price is written with";
  EXPECT_EQ(product_added(R"("quantity":"1.0000")").events.at(0).quantity, 1);
  EXPECT_EQ(product_added(R"("currency":"eur")").events.at(0).currency, "EUR");
  EXPECT_EQ(product_added(R"("currency":"EURO")").events.at(0).currency, "EUR");

  const auto left_out = [](std::string_view member) {
    const auto admission = product_added(member);
    EXPECT_EQ(admission.events.size(), 1u) << member;
    if (admission.warnings.size() != 1) return fmt::format("{} warnings", admission.warnings.size());
    return admission.warnings[0].error.where + ": " + admission.warnings[0].error.what;
  };
  EXPECT_EQ(left_out(R"("price":"N/A")"), "/batch/0/properties/price: 'N/A' is not a price");
  EXPECT_EQ(left_out(R"("price":-89)"), "/batch/0/properties/price: -89 is out of range");
  EXPECT_EQ(left_out(R"("price":89,"discount":"10%")"), "/batch/0/properties/discount: '10%' is not a price");
  EXPECT_EQ(left_out(R"("variant":{"title":"M"})"), "/batch/0/properties/variant: wrong type: an object");
  EXPECT_EQ(left_out(R"("currency":"POINTS")"), "/batch/0/properties/currency: 'POINTS' is not a currency");
  EXPECT_EQ(left_out(R"("quantity":1.5)"), "/batch/0/properties/quantity: wrong type: a number");
}

TEST(ForeignEvents, OurOwnSpellingIsReadAsLeniently) {
  const auto admission = admitted(R"({"events":[{"event_id":"1","type":"like","shopper_id":"ada",
      "garment_id":12,"dwell_ms":"long","context":{"latitude":"north","locale":"de"}},
      {"event_id":"2","type":"impression","shopper_id":"ada",
       "items":[{"garment_id":"A","position":"first","propensity":0.5}]}]})");
  ASSERT_EQ(admission.events.size(), 2u);
  EXPECT_EQ(admission.events[0].garment_id, "12");
  EXPECT_EQ(admission.events[0].context.value().locale, "de");
  EXPECT_EQ(admission.events[1].items.at(0).propensity, 0.5F);
  ASSERT_EQ(admission.warnings.size(), 3u);
  EXPECT_EQ(admission.warnings[0].event_id, "1");
  EXPECT_EQ(admission.warnings[0].error.where, "/events/0/context/latitude");
  EXPECT_EQ(admission.warnings[1].error.where, "/events/0/dwell_ms");
  EXPECT_EQ(admission.warnings[2].error.where, "/events/1/items/0/position");
}

// "where: what; expected" of each warning, and the events are all there.
std::vector<std::string> left_out(std::string_view body, size_t events) {
  const auto admission = admitted(body);
  EXPECT_EQ(admission.events.size(), events) << body;
  for (const auto& event : admission.events) EXPECT_TRUE(validate(event, kReceived).ok()) << body;
  std::vector<std::string> out;
  for (const auto& warning : admission.warnings)
    out.push_back(warning.error.where + ": " + warning.error.what);
  return out;
}

TEST(ForeignEvents, AMemberWithAnUnknownNameCostsTheMember) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(
      left_out(R"({"events":[{"event_id":"1","type":"like","shopper_id":"ada","garment_id":"A",
      "mood":"sunny","context":{"locale":"de","app_version":"3.1"},"experiment":{"arm":"b"}}]})",
               1),
      (Lines{"/events/0/context/app_version: unknown field 'app_version'",
             "/events/0/mood: unknown field 'mood'", "/events/0/experiment: unknown field 'experiment'"}));
  EXPECT_EQ(left_out(R"({"eventId":"1","event":"like","userId":"ada","properties":{"item":"A","a/b":1}})", 1),
            (Lines{"/properties/a~1b: unknown field 'a/b'"}));
  EXPECT_EQ(left_out(R"({"events":[{"event_id":"1","type":"click","device_id":"d","garment_id":"A"}],
      "source":"web","sent_at":"2026-11-21T09:30:00Z"})",
                     1),
            (Lines{"/source: unknown field 'source'"}))
      << "of the batch itself";
  EXPECT_EQ(left_out(R"({"events":[{"event_id":"1","type":"quiz","shopper_id":"ada",
      "quiz":{"sizes":[38,"M"],"styles":"boho","budget_max":"much","hobby":"chess"}}]})",
                     1),
            (Lines{"/events/0/quiz/budget_max: wrong type: a string",
                   "/events/0/quiz/hobby: unknown field 'hobby'"}));
}

TEST(ForeignEvents, AMemberOfAnotherTypeCostsTheMember) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(
      left_out(R"({"events":[{"event_id":"1","type":"like","shopper_id":"ada","garment_id":"A",
      "rating":5,"reason":"style"}]})",
               1),
      (Lines{"/events/0/rating: a like event has 'rating'", "/events/0/reason: a like event has 'reason'"}));
}

TEST(ForeignEvents, AShownItemWithoutAGarmentCostsTheItem) {
  using Lines = std::vector<std::string>;
  constexpr std::string_view kOwn = R"({"events":[{"event_id":"1","type":"impression","shopper_id":"ada",
      "items":[{"garment_id":"A","propensity":0},{"colour":"red"},7,{"garment_id":9,"price":3}]}]})";
  EXPECT_EQ(left_out(kOwn, 1), (Lines{"/events/0/items/1: the shown item has no garment",
                                      "/events/0/items/2: the shown item has no garment",
                                      "/events/0/items/0/propensity: propensity 0 of a shown item",
                                      "/events/0/items/3/price: unknown field 'price'"}));
  EXPECT_EQ(admitted(kOwn).events[0].items.at(1).garment_id, "9");
  constexpr std::string_view kList =
      R"({"batch":[{"type":"track","event":"Product List Viewed","messageId":"m",
      "userId":"u","properties":{"products":[{"name":"no id"},null,{"product_id":"A"},{"sku":"B-M"}]}}]})";
  EXPECT_EQ(left_out(kList, 1), (Lines{"/batch/0/properties/products/0: the shown item has no garment",
                                       "/batch/0/properties/products/1: the shown item has no garment"}));
  EXPECT_EQ(admitted(kList).events[0].items.at(1).also_known_as, (std::vector<std::string>{"B-M"}));
}

TEST(ForeignEvents, AnUnreadableLineCostsTheLineOfAnOrder) {
  const auto order =
      ParsedBatch::judge(R"({"type":"track","event":"Order Completed","messageId":"m","userId":"u",
      "properties":{"order_id":"o","products":[true,{"sku":"B-M"}]}})",
                         kReceived);
  ASSERT_TRUE(order.ok());
  ASSERT_EQ(order->events.size(), 1u);
  EXPECT_EQ(order->events[0].event_id, "m#1");
  ASSERT_EQ(order->refused.size(), 1u) << "a line that may be a purchase is kept to be mended";
  EXPECT_EQ(order->refused[0].error.where, "/properties/products/0");
}

TEST(ForeignEvents, AMisspelledMemberThatChangesTheMeaningIsRefusedByName) {
  const auto where = [](std::string_view body) {
    const auto admission = ParsedBatch::judge(body, kReceived).value();
    return admission.refused.size() == 1 ? admission.refused[0].error.where : "taken";
  };
  EXPECT_EQ(where(R"({"events":[{"event_id":"1","type":"return","shopper_id":"u","order_id":"T",
      "garmet_id":"A"}]})"),
            "/events/0/garmet_id")
      << "without it, all of the order is returned";
  EXPECT_EQ(where(R"({"events":[{"event_id":"1","type":"like","shoper_id":"u","garment_id":"A"}]})"),
            "/events/0/shoper_id");
  EXPECT_EQ(where(R"({"events":[{"event_id":"1","type":"vetoes","shopper_id":"u",
      "vetoes":{"colors":["red"]}}]})"),
            "/events/0/vetoes/colors");
  EXPECT_EQ(where(R"({"events":[{"event_id":"1","type":"consent","shopper_id":"u",
      "consent":{"personalisation":false,"trainin":false}}]})"),
            "/events/0/consent/trainin");
  EXPECT_EQ(where(R"({"events":[{"event_id":"1","type":"quiz","shopper_id":"u",
      "quiz":{"styles":["boho"],"vetos":{"colours":["red"]}}}]})"),
            "/events/0/quiz/vetos");
}

TEST(ForeignEvents, AnEntryMayStandAlone) {
  const auto own = admitted(R"({"eventId":"1","event":"cart_add","userId":"ada","itemId":"A"})");
  EXPECT_EQ(own.events.at(0).type, EventType::kAddToCart);
  const auto pixel = admitted(R"({"id":"1","name":"cart_viewed","clientId":"c","data":{}})");
  EXPECT_EQ(pixel.events.at(0).page, "cart");
}

TEST(ForeignEvents, WhatTheTypeNeedsIsRefusedByName) {
  const auto admission = ParsedBatch::judge(R"({"events":[
      {"event_id":"1","type":"like","shopper_id":"ada","garment_id":{"id":7}},
      {"event_id":"2","type":"consent","shopper_id":"ada","consent":"yes"},
      {"event_id":"3","type":"like","shopper_id":"ada","garment_id":"A","schema_version":9}]})",
                                            kReceived);
  ASSERT_TRUE(admission.ok());
  ASSERT_EQ(admission->refused.size(), 3u);
  EXPECT_EQ(admission->refused[0].error.where, "/events/0/garment_id");
  EXPECT_EQ(admission->refused[1].error.where, "/events/1/consent");
  EXPECT_EQ(admission->refused[2].error.where, "/events/2/schema_version");
}

std::string when(std::string_view body) {
  return to_rfc3339(admitted(body).events.at(0).occurred_at.value());
}

TEST(ForeignEvents, TheTimeOfSendingCorrectsAWrongClock) {
  // Three hours ahead, kept ten minutes, sent now.
  constexpr std::string_view kCall = R"({{"batch":[{{"type":"track","event":"Product Added","messageId":"m",
      "userId":"u",{},"properties":{{"product_id":"g1"}}}}]{}}})";
  EXPECT_EQ(when(fmt::format(kCall, R"("timestamp":"2026-11-21T12:20:00Z")",
                             R"(,"sentAt":"2026-11-21T12:30:00Z")")),
            "2026-11-21T09:20:00Z");
  EXPECT_EQ(when(fmt::format(
                kCall, R"("originalTimestamp":"2026-09-22T09:30:00Z","sentAt":"2026-09-22T09:30:00Z")", "")),
            "2026-11-21T09:30:00Z");
  EXPECT_EQ(when(fmt::format(kCall, R"("timestamp":"2026-11-21T09:00:00Z",
      "originalTimestamp":"2026-11-21T12:00:00Z")",
                             R"(,"sentAt":"2026-11-21T12:30:00Z")")),
            "2026-11-21T09:00:00Z")
      << "a relay has corrected it";
  EXPECT_EQ(when(fmt::format(kCall, R"("originalTimestamp":"2026-11-21T12:00:00Z",
      "receivedAt":"2026-11-21T09:10:00Z","sentAt":"2026-11-21T12:05:00Z")",
                             "")),
            "2026-11-21T09:05:00Z")
      << "by when the relay received it, not by when we do";
  EXPECT_EQ(when(fmt::format(
                kCall, R"("originalTimestamp":"2026-11-21T12:00:00Z","sentAt":"2026-11-21T11:50:00Z")", "")),
            "2026-11-21T09:30:00Z")
      << "it cannot have been sent before it happened";
  EXPECT_EQ(when(R"({"events":[{"event_id":"1","type":"like","shopper_id":"u","garment_id":"A",
      "occurred_at":"2026-11-21T12:20:00Z"}],"sent_at":"2026-11-21T12:30:00Z"})"),
            "2026-11-21T09:20:00Z");
  const auto own = admitted(R"({"events":[{"event_id":"1","type":"like","shopper_id":"u","garment_id":"A",
      "occurred_at":"2026-11-21T12:20:00Z","sent_at":"2026-11-21T12:30:00Z"}]})");
  EXPECT_EQ(to_rfc3339(own.events.at(0).occurred_at.value()), "2026-11-21T09:20:00Z");
  EXPECT_FALSE(own.events[0].sent_at) << "the log keeps when it happened";
}

TEST(ForeignEvents, ALetterKeepsWhenItsBatchWasSent) {
  const auto batch =
      admitted(R"({"batch":[{"type":"track","event":"Product Added","messageId":"m","userId":"u",
      "timestamp":"2026-11-21T12:20:00Z","properties":{"product_id":"g1"}}],
      "sentAt":"2026-11-21T12:30:00Z"})");
  EXPECT_EQ(when(serialize_json(batch.original(0))), "2026-11-21T09:20:00Z");
}

TEST(ForeignEvents, ARefundIsOfAnOrderOrOfItsLines) {
  const auto whole =
      admitted(R"({"client_id":"c","events":[{"name":"refund","params":{"transaction_id":"T"}}]})");
  ASSERT_EQ(whole.events.size(), 1u);
  EXPECT_EQ(whole.events[0].order_id, "T");
  EXPECT_EQ(whole.events[0].garment_id, "");
  EXPECT_TRUE(validate(whole.events[0], kReceived).ok());
  const auto part =
      admitted(R"({"batch":[{"type":"track","event":"Order Refunded","messageId":"m","userId":"u",
      "properties":{"order_id":"T","reason":"Size too small","products":[{"product_id":"A","quantity":1}]}}]})");
  EXPECT_EQ(part.events.at(0).garment_id, "A");
  EXPECT_EQ(part.events[0].reason, ReturnReason::kTooSmall);
  const auto shopify = admitted(R"({"events":[{"event_id":"1","type":"return","userId":"u","order_id":"T",
      "garment_id":"A","return_reason":"UNWANTED"}]})");
  EXPECT_EQ(shopify.events.at(0).reason, ReturnReason::kChangedMind);
  const auto unread = admitted(R"({"events":[{"event_id":"1","type":"return","userId":"u","garment_id":"A",
      "reason":"it was Tuesday"}]})");
  EXPECT_FALSE(unread.events.at(0).reason) << "unknown";
  EXPECT_EQ(unread.warnings.size(), 1u);
}

TEST(ForeignEvents, LinesOfOneVariantAreToldApart) {
  const auto order = admitted(R"({"type":"track","event":"Order Completed","messageId":"m","userId":"u",
      "properties":{"order_id":7,"products":[{"sku":"A-M"},{"sku":"B-M"},{"sku":"A-M"}]}})");
  ASSERT_EQ(order.events.size(), 3u);
  EXPECT_EQ(order.events[0].order_id, "7");
  EXPECT_EQ(order.events[0].order_line, 0);
  EXPECT_EQ(order.events[1].order_line, 0);
  EXPECT_EQ(order.events[2].order_line, 1);
}

}  // namespace
}  // namespace modiste
