// What shops' analytics send about lists, lone calls and pages without a garment.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/event_door.h"

namespace modiste {
namespace {

const TimePoint kReceived = parse_rfc3339("2026-11-21T09:30:00Z").value();

ParsedBatch taken(std::string_view body) {
  auto admission = ParsedBatch::judge(body, kReceived);
  EXPECT_TRUE(admission.ok()) << (admission.ok() ? "" : admission.error().message());
  for (const auto& refused : admission->refused) ADD_FAILURE() << refused.error.message();
  return std::move(admission).value();
}

// "A0 B2": garments and places of the first event.
std::string places(std::string_view body) {
  const auto batch = taken(body);
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
  const auto batch = taken(R"({"client_id":"c","events":[{"name":"remove_from_wishlist",
      "params":{"items":[{"item_id":"A","item_variant":"Olive"}]}}]})");
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].type, EventType::kUnsave);
  EXPECT_EQ(batch.events[0].colour, "Olive");
}

TEST(AnalyticsEvents, APartOfAnOrderIsRefundedByItsQuantities) {
  const auto batch = taken(R"({"client_id":"c","events":[{"name":"refund","params":{"currency":"EUR",
      "transaction_id":"T","value":30,"items":[{"item_id":"A","quantity":1,"price":30,"coupon":"X"}]}}]})");
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].order_id, "T");
  EXPECT_EQ(batch.events[0].quantity, 1);
  EXPECT_FALSE(batch.events[0].reason);
}

TEST(AnalyticsEvents, ATrackThatItsAddressNamesIsATrack) {
  const auto order = taken(R"({"userId":"u","event":"Order Completed","properties":{"order_id":"o",
      "currency":"EUR","discount":5,"products":[{"product_id":"A","sku":"A-M","variant":"M / Olive","price":10,
      "quantity":2},{"product_id":"B","price":20}]},"timestamp":"2026-11-21T09:29:00Z"})");
  ASSERT_EQ(order.events.size(), 2u);
  EXPECT_EQ(order.events[0].type, EventType::kPurchase);
  EXPECT_EQ(order.events[0].sku, "A-M");
  EXPECT_EQ(order.events[0].shopper_id, "u");
  EXPECT_EQ(order.events[1].order_id, "o");
  EXPECT_FALSE(order.events[0].discount) << "the order's, not its lines'";
  const auto view = taken(R"({"anonymousId":"d","event":"Product Viewed","properties":{"product_id":"A"}})");
  EXPECT_EQ(view.events.at(0).type, EventType::kProductView);
  EXPECT_EQ(view.events[0].device_id, "d");
}

TEST(AnalyticsEvents, OneProductMayBeSentAsAList) {
  const auto added = taken(R"({"type":"track","event":"Product Added","messageId":"m","userId":"u",
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
  EXPECT_EQ(taken(meta("ViewContent", R"("content_name":"Our story")")).ignored, 1u);
  EXPECT_EQ(taken(meta("ViewContent", R"("content_ids":[],"currency":"EUR")")).ignored, 1u);
  const auto refused = ParsedBatch::judge(meta("Purchase", R"("value":9,"currency":"EUR")"), kReceived);
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->refused.size(), 1u) << "what may be a purchase is kept to be mended";
}

TEST(AnalyticsEvents, MetasContents) {
  const auto one = taken(meta("AddToCart", R"("contents":{"id":"A","quantity":2,"item_price":"10.50"})"));
  ASSERT_EQ(one.events.size(), 1u);
  EXPECT_EQ(one.events[0].garment_id, "A");
  EXPECT_EQ(one.events[0].price, 10.5);
  const auto group = taken(meta("ViewContent", R"("content_type":"product_group","content_ids":[4711])"));
  EXPECT_EQ(group.events.at(0).garment_id, "4711");
  const auto bought = taken(meta("Purchase", R"("order_id":77,"currency":"eur","value":25,"num_items":2,
      "content_ids":["A","B"])"));
  ASSERT_EQ(bought.events.size(), 2u);
  EXPECT_EQ(bought.events[1].order_id, "77");
  EXPECT_EQ(bought.events[1].currency, "EUR");
  EXPECT_FALSE(bought.events[0].price) << "the value is of both";
  EXPECT_EQ(bought.events[0].email_hash, "ab12");
  EXPECT_EQ(taken(meta("Search", R"("search_string":"linen dress","content_ids":["A"])")).events.at(0).query,
            "linen dress");
  EXPECT_EQ(taken(meta("AddToWishlist", R"("content_ids":["A"])")).events.at(0).type, EventType::kSave);
}

}  // namespace
}  // namespace modiste
