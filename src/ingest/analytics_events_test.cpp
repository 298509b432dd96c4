// What shops' analytics send about lists, lone calls and pages without a garment.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

// "A0 B2": garments and places of the first event.
std::string places(std::string_view body) {
  const auto batch = admitted(body);
  std::string all;
  for (const auto& item : batch.events.at(0).items)
    all += fmt::format("{}{}{}", all.empty() ? "" : " ", item.garment_id, item.position);
  return all;
}

std::string ga4_list(std::string_view items) {
  return places(fmt::format(
      R"({{"client_id":"c","events":[{{"name":"view_item_list","params":{{"items":[{}]}}}}]}})", items));
}

TEST(AnalyticsEvents, GA4sIndexIsThePlaceInTheList) {
  EXPECT_EQ(ga4_list(R"({"item_id":"A","index":2},{"item_id":"B","index":0},{"item_id":"C","index":1})"),
            "A2 B0 C1");
  EXPECT_EQ(ga4_list(R"({"item_id":"A","index":12},{"item_id":"B","index":"13"})"), "A12 B13")
      << "the second page of a list";
  EXPECT_EQ(ga4_list(R"({"item_id":"A","index":1},{"item_id":"B","index":2})"), "A0 B1") << "from 1";
  EXPECT_EQ(ga4_list(R"({"item_id":"A","index":0},{"item_id":"B","index":0})"), "A0 B1")
      << "the same for all says nothing";
  EXPECT_EQ(ga4_list(R"({"item_id":"A"},{"item_id":"B","index":7})"), "A0 B1");
  EXPECT_EQ(ga4_list(R"({"item_id":"A","index":-1},{"item_id":"B","index":99999999})"), "A0 B1");
}

TEST(AnalyticsEvents, TheExportsIndexIsText) {
  EXPECT_EQ(places(R"({"events":[{"event_name":"view_item_list","event_timestamp":"1795167000123456",
      "user_pseudo_id":"11.22","event_params":[],"items":[{"item_id":"A","item_list_index":"5"},
      {"item_id":"B","item_list_index":"4"}]}]})"),
            "A5 B4");
}

TEST(AnalyticsEvents, SegmentsPositionCountsFromOne) {
  EXPECT_EQ(places(R"({"type":"track","event":"Product List Viewed","messageId":"m","userId":"u",
      "properties":{"products":[{"product_id":"A","position":2},{"product_id":"B","position":1}]}})"),
            "A1 B0");
}

TEST(AnalyticsEvents, AWishlistOfGA4MayLoseAnItem) {
  const auto batch = admitted(R"({"client_id":"c","events":[{"name":"remove_from_wishlist",
      "params":{"items":[{"item_id":"A","item_variant":"Olive"}]}}]})");
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].type, EventType::kUnsave);
  EXPECT_EQ(batch.events[0].colour, "Olive");
}

TEST(AnalyticsEvents, APartOfAnOrderIsRefundedByItsQuantities) {
  const auto batch = admitted(R"({"client_id":"c","events":[{"name":"refund","params":{"currency":"EUR",
      "transaction_id":"T","value":30,"items":[{"item_id":"A","quantity":1,"price":30,"coupon":"X"}]}}]})");
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].order_id, "T");
  EXPECT_EQ(batch.events[0].quantity, 1);
  EXPECT_FALSE(batch.events[0].reason);
}

TEST(AnalyticsEvents, ATrackThatItsAddressNamesIsATrack) {
  const auto order = admitted(R"({"userId":"u","event":"Order Completed","properties":{"order_id":"o",
      "currency":"EUR","discount":5,"products":[{"product_id":"A","sku":"A-M","variant":"M / Olive","price":10,
      "quantity":2},{"product_id":"B","price":20}]},"timestamp":"2026-11-21T09:29:00Z"})");
  ASSERT_EQ(order.events.size(), 2u);
  EXPECT_EQ(order.events[0].type, EventType::kPurchase);
  EXPECT_EQ(order.events[0].sku, "A-M");
  EXPECT_EQ(order.events[0].shopper_id, "u");
  EXPECT_EQ(order.events[1].order_id, "o");
  EXPECT_FALSE(order.events[0].discount) << "the order's, not its lines'";
  const auto view =
      admitted(R"({"anonymousId":"d","event":"Product Viewed","properties":{"product_id":"A"}})");
  EXPECT_EQ(view.events.at(0).type, EventType::kProductView);
  EXPECT_EQ(view.events[0].device_id, "d");
}

TEST(AnalyticsEvents, OneProductMayBeSentAsAList) {
  const auto added = admitted(R"({"type":"track","event":"Product Added","messageId":"m","userId":"u",
      "properties":{"cart_id":"k","products":[{"product_id":"A","variant":"Red","size":"M","price":"29,90 €"}]}})");
  ASSERT_EQ(added.events.size(), 1u);
  EXPECT_EQ(added.events[0].type, EventType::kAddToCart);
  EXPECT_EQ(added.events[0].garment_id, "A");
  EXPECT_EQ(added.events[0].size, "M");
  EXPECT_EQ(added.events[0].price, 29.9);
}

std::string meta(std::string_view name, std::string_view data) {
  return fmt::format(R"({{"data":[{{"event_name":"{}","event_time":1795253340,"event_id":"e",
      "action_source":"website","user_data":{{"external_id":"7","em":"ab12"}},"custom_data":{{{}}}}}]}})",
                     name, data);
}

TEST(AnalyticsEvents, APageOfMetasWithoutContentIsOfNoGarment) {
  EXPECT_EQ(admitted(meta("ViewContent", R"("content_name":"Our story")")).ignored, 1u);
  EXPECT_EQ(admitted(meta("ViewContent", R"("content_ids":[],"currency":"EUR")")).ignored, 1u);
  const auto refused = ParsedBatch::judge(meta("Purchase", R"("value":9,"currency":"EUR")"), kReceived);
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->refused.size(), 1u) << "what may be a purchase is kept to be mended";
}

TEST(AnalyticsEvents, MetasContents) {
  const auto one = admitted(meta("AddToCart", R"("contents":{"id":"A","quantity":2,"item_price":"10.50"})"));
  ASSERT_EQ(one.events.size(), 1u);
  EXPECT_EQ(one.events[0].garment_id, "A");
  EXPECT_EQ(one.events[0].price, 10.5);
  const auto group = admitted(meta("ViewContent", R"("content_type":"product_group","content_ids":[4711])"));
  EXPECT_EQ(group.events.at(0).garment_id, "4711");
  const auto bought = admitted(meta("Purchase", R"("order_id":77,"currency":"eur","value":25,"num_items":2,
      "content_ids":["A","B"])"));
  ASSERT_EQ(bought.events.size(), 2u);
  EXPECT_EQ(bought.events[1].order_id, "77");
  EXPECT_EQ(bought.events[1].currency, "EUR");
  EXPECT_FALSE(bought.events[0].price) << "the value is of both";
  EXPECT_EQ(bought.events[0].email_hash, "ab12");
  EXPECT_EQ(
      admitted(meta("Search", R"("search_string":"linen dress","content_ids":["A"])")).events.at(0).query,
      "linen dress");
  EXPECT_EQ(admitted(meta("AddToWishlist", R"("content_ids":["A"])")).events.at(0).type, EventType::kSave);
}

// What a browser's tracker posts; the self-describing event and the entities are base64 of their JSON.
constexpr std::string_view kActionInBase64 =
    "eyJzY2hlbWEiOiJpZ2x1OmNvbS5zbm93cGxvd2FuYWx5dGljcy5zbm93cGxvdy91bnN0cnVjdF9ldmVudC9qc29uc2NoZW1hLzEt"
    "MC0wIiwiZGF0YSI6eyJzY2hlbWEiOiJpZ2x1OmNvbS5zbm93cGxvd2FuYWx5dGljcy5zbm93cGxvdy5lY29tbWVyY2Uvc25vd3Bs"
    "b3dfZWNvbW1lcmNlX2FjdGlvbi9qc29uc2NoZW1hLzEtMC0yIiwiZGF0YSI6eyJ0eXBlIjoiYWRkX3RvX2NhcnQifX19";
constexpr std::string_view kProductsInBase64 =
    "eyJzY2hlbWEiOiJpZ2x1OmNvbS5zbm93cGxvd2FuYWx5dGljcy5zbm93cGxvdy9jb250ZXh0cy9qc29uc2NoZW1hLzEtMC0wIiwi"
    "ZGF0YSI6W3sic2NoZW1hIjoiaWdsdTpjb20uc25vd3Bsb3dhbmFseXRpY3Muc25vd3Bsb3cuZWNvbW1lcmNlL3Byb2R1Y3QvanNv"
    "bnNjaGVtYS8xLTAtMCIsImRhdGEiOnsiaWQiOiJnMSIsIm5hbWUiOiJHcsO2w59lIiwiY2F0ZWdvcnkiOiJkIiwicHJpY2UiOjg5"
    "LCJjdXJyZW5jeSI6IkVVUiJ9fV19";

std::string tracker_event(std::string_view more) {
  return fmt::format(R"({{"e":"ue","eid":"e1","tv":"js-3.24.0","p":"web","dtm":"1795253340000",
      "stm":"1795253340000","duid":"d1","sid":"s1","uid":"ann","lang":"en-GB"{}}})",
                     more);
}

TEST(AnalyticsEvents, WhatSnowplowsTrackersSendIsRead) {
  const auto packed =
      tracker_event(fmt::format(R"(,"ue_px":"{}","cx":"{}")", kActionInBase64, kProductsInBase64));
  const auto batch = admitted(fmt::format(
      R"({{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{},
          {{"e":"pv","eid":"e2","tv":"js-3","dtm":"1795253340000","duid":"d1"}},
          {{"e":"pp","eid":"e3","tv":"js-3","dtm":"1795253340000","duid":"d1"}},
          {{"e":"ti","eid":"e4","tv":"js-2","dtm":"1795253340000","duid":"d1","ti_id":"T1","ti_sk":"g2",
            "ti_pr":"189","ti_qu":"1","ti_cu":"EUR"}}]}})",
      packed));
  EXPECT_EQ(batch.ignored, 2u);
  ASSERT_EQ(batch.events.size(), 2u);
  EXPECT_EQ(batch.events[0].type, EventType::kAddToCart);
  EXPECT_EQ(batch.events[0].garment_id, "g1");
  EXPECT_EQ(batch.events[0].shopper_id, "ann");
  EXPECT_EQ(batch.events[0].device_id, "d1");
  EXPECT_EQ(batch.events[0].session_id, "s1");
  EXPECT_EQ(batch.events[0].price, 89);
  EXPECT_EQ(batch.events[1].type, EventType::kPurchase);
  EXPECT_EQ(batch.events[1].order_id, "T1");
  EXPECT_EQ(batch.events[1].price, 189);
  EXPECT_EQ(admitted(packed).events.at(0).garment_id, "g1") << "as a dead letter that is replayed";
}

TEST(AnalyticsEvents, SnowplowsTrackersMaySendPlainJsonAndHaveAWrongClock) {
  // The tracker's clock is an hour behind: it says that it sent this just now.
  const int64_t behind = kReceived.time_since_epoch().count() / 1000 - 3'600'000;
  const auto event = admitted(fmt::format(
      R"({{"e":"ue","tv":"py-1","duid":"d1","dtm":"{}","stm":"{}","ue_pr":{},"co":{}}})", behind - 60'000,
      behind,
      serialize_json(json::value(
          R"({"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":
          "iglu:com.snowplowanalytics.snowplow/add_to_cart/jsonschema/1-0-0","data":{"sku":"g1","quantity":1}}})")),
      serialize_json(json::value("{}"))));
  ASSERT_EQ(event.events.size(), 1u);
  EXPECT_EQ(event.events[0].garment_id, "g1");
  EXPECT_FALSE(event.events[0].event_id.empty());
  EXPECT_EQ(event.events[0].occurred_at, kReceived - std::chrono::minutes(1));
}

TEST(AnalyticsEvents, AnIdentifyOfOneIdentifierTeachesNothing) {
  const auto all = admitted(R"({"batch":[
      {"type":"identify","messageId":"1","userId":"ann","traits":{"email":"ann@example.com"}},
      {"type":"merge","messageId":"2","mergeProperties":[]},
      {"type":"identify","messageId":"3","userId":"ann","anonymousId":"d"}]})");
  EXPECT_EQ(all.ignored, 2u);
  EXPECT_EQ(all.events.size(), 1u);
  EXPECT_EQ(admitted(R"({"client_id":"c","events":[{"name":"login","params":{"method":"x"}}]})").ignored, 1u);
}

TEST(AnalyticsEvents, AListOfEntriesNeedsNoNameAroundIt) {
  auto admission = ParsedBatch::judge(
      R"([{"type":"track","event":"Product Added","messageId":"1","userId":"ann","properties":{"product_id":"g1"}},
          {"event_id":"2","type":"like","shopper_id":"ann","garment_id":"g1"}, 7])",
      kReceived);
  ASSERT_TRUE(admission.ok());
  EXPECT_EQ(admission->events.size(), 2u);
  ASSERT_EQ(admission->refused.size(), 1u);
  EXPECT_EQ(admission->refused[0].error.where, "/2");
}

TEST(AnalyticsEvents, WhoMetaMeans) {
  const auto who = [](std::string_view user_data) {
    return admitted(fmt::format(R"({{"data":[{{"event_name":"AddToCart","event_time":1795253340,
        "user_data":{{{}}},"custom_data":{{"content_ids":["A"]}}}}]}})",
                                user_data))
        .events.at(0);
  };
  EXPECT_EQ(who(R"("fbc":"fb.1.1554763741205.AbC")").device_id, "fb.1.1554763741205.AbC");
  EXPECT_EQ(who(R"("fbc":"fb.1.1.C","fbp":"fb.1.1.P")").device_id, "fb.1.1.P");
  EXPECT_EQ(who(R"("ph":["25aa"],"external_id":["ann"])").external_id, "ann");
  EXPECT_EQ(who(R"("ph":["25aa"])").external_id, "25aa");
  EXPECT_EQ(who(R"("em":["309A0A5C"])").email_hash, "309a0a5c");
}

TEST(AnalyticsEvents, ItemsOfARowMaySayMoreInParametersOfTheirOwn) {
  const auto row = admitted(R"({"events":[{"event_name":"add_to_cart","event_timestamp":"1795253340000000",
      "user_id":"ann","user_pseudo_id":"1.2","items":[{"item_id":"A","item_variant":null,"item_params":[
        {"key":"color","value":{"string_value":"Red","int_value":null}},
        {"key":"item_size","value":{"string_value":"M"}}]}]}]})");
  EXPECT_EQ(row.events.at(0).colour, "Red");
  EXPECT_EQ(row.events.at(0).size, "M");
}

TEST(AnalyticsEvents, OfAProductQuantityAndPriceHaveCommonNames) {
  const auto call =
      admitted(R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m","userId":"ann",
      "properties":{"order_id":"o","products":[{"productId":"g1","unit_price":"51,00","qty":"2"}]}}]})");
  EXPECT_EQ(call.events.at(0).quantity, 2);
  EXPECT_EQ(call.events.at(0).price, 51);
}

}  // namespace
}  // namespace modiste
