// Events and orders that keep to a format loosely: names of a shop's own, orders of one product, fewer
// members.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

// "add_to_cart g1, ..." of a body; "" for what is ignored.
std::string entries_in(std::string_view body) {
  std::string out;
  for (const Event& event : taken(body).events)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name_of(event.type),
                       event.garment_id.empty() ? event.sku : event.garment_id);
  return out;
}

TEST(ShopsOwnNames, AreUnderstoodFromSegmentToo) {
  const auto track = [](std::string_view name) {
    return entries_in(fmt::format(
        R"({{"type":"track","event":"{}","messageId":"m","userId":"u","properties":{{"product_id":"g1","order_id":"o"}}}})",
        name));
  };
  EXPECT_EQ(track("Add to Cart"), "add_to_cart g1");
  EXPECT_EQ(track("Added To Bag"), "add_to_cart g1");
  EXPECT_EQ(track("Product Liked"), "like g1");
  EXPECT_EQ(track("Added to Wishlist"), "save g1");
  EXPECT_EQ(track("Placed Order"), "purchase g1");
  EXPECT_EQ(track("Product Returned"), "return g1");
  EXPECT_EQ(track("Checkout Completed"), "purchase g1");
  EXPECT_EQ(track("Saved for Later"), "save g1");
  EXPECT_EQ(track("PDP Viewed"), "product_view g1");
  EXPECT_EQ(track("Returned Item"), "return g1");
  EXPECT_EQ(track("Checkout Started"), "");
}

TEST(ShopsOwnNames, ALoginOfSegmentJoinsTwoIdentifiers) {
  const auto login =
      taken(R"({"type":"track","event":"Login","messageId":"m","userId":"u","anonymousId":"d"})");
  ASSERT_EQ(login.events.size(), 1u);
  EXPECT_EQ(login.events[0].type, EventType::kIdentify);
  EXPECT_EQ(taken(R"({"type":"track","event":"Login","messageId":"m","userId":"u"})").ignored, 1u);
}

TEST(ShopsOwnNames, AnOrderOfOneProductNeedsNoList) {
  EXPECT_EQ(entries_in(R"({"type":"track","event":"Order Completed","messageId":"m","userId":"u",
      "properties":{"id":"o1","order_id":"o1","product_id":"g1","price":44}})"),
            "purchase g1");
  EXPECT_EQ(entries_in(R"({"type":"track","event":"Order Refunded","messageId":"m","userId":"u",
      "properties":{"order_id":"o1","sku":"g1-m"}})"),
            "return g1-m");
  // Its own id names no product: it is the whole order that came back.
  EXPECT_EQ(entries_in(R"({"type":"track","event":"Order Refunded","messageId":"m","userId":"u",
      "properties":{"id":"x","order_id":"o1"}})"),
            "return ");
}

TEST(ShopsOwnNames, AmplitudesOwnTeachNothingWithoutAnId) {
  const auto batch =
      taken(R"({"events":[{"user_id":"u","event_type":"[Amplitude] Page Viewed","time":1795253340000}]})");
  EXPECT_EQ(batch.ignored, 1u);
}

TEST(ShopsOwnNames, ACustomEventOfShopifysPixelIsAboutItsData) {
  const auto save = taken(R"({"id":"e1","name":"wishlist:add","type":"custom","clientId":"c",
      "timestamp":"2026-11-21T09:29:00.000Z","customData":{"productId":"991","variantId":"4211"}})");
  ASSERT_EQ(save.events.size(), 1u);
  EXPECT_EQ(save.events[0].type, EventType::kSave);
  EXPECT_EQ(save.events[0].garment_id, "991");
  EXPECT_EQ(save.events[0].device_id, "c");
  EXPECT_EQ(save.events[0].event_id, "e1");
  const auto unknown = ParsedBatch::judge(
      R"({"id":"e2","name":"size_guide","type":"custom","clientId":"c","customData":{}})", kReceived);
  ASSERT_TRUE(unknown.ok());
  EXPECT_EQ(unknown->refused.size(), 1u);
}

TEST(OrderWebhooks, AreKnownByTheStateOfTheirPayment) {
  EXPECT_EQ(entries_in(R"({"id":55,"name":"#1055","financial_status":"paid","cancelled_at":null,
      "customer":{"id":7},"line_items":[{"id":1,"sku":"g1-m","quantity":1}]})"),
            "purchase g1-m");
  EXPECT_EQ(taken(R"({"id":55,"financial_status":"paid","cancelled_at":"2026-11-21T09:29:00Z",
      "customer":{"id":7},"line_items":[{"id":1,"sku":"g1-m"}]})")
                .ignored,
            1u);
  EXPECT_EQ(taken(R"({"id":7,"status":"cancelled","customer_id":26,"line_items":[{"sku":"g1"}]})").ignored,
            1u);
  EXPECT_EQ(entries_in(R"({"id":7,"status":"processing","customer_id":26,"line_items":[{"sku":"g1"}]})"),
            "purchase g1");
  // Neither a cart nor a fulfilment is an order.
  EXPECT_FALSE(ParsedBatch::judge(R"({"id":"c","token":"t","line_items":[{"sku":"g1"}]})", kReceived).ok());
  EXPECT_FALSE(ParsedBatch::judge(R"({"id":3,"order_id":55,"status":"success","line_items":[{"sku":"g1"}]})",
                                  kReceived)
                   .ok());
}

TEST(ReturnReasons, AreReadInSeveralLanguages) {
  const auto reason = [](std::string_view said) {
    const auto batch = taken(fmt::format(
        R"({{"events":[{{"event_id":"e","type":"return","shopper_id":"u","garment_id":"g","reason":"{}"}}]}})",
        said));
    return batch.events.empty() ? std::string() : std::string(name_of(*batch.events[0].reason));
  };
  EXPECT_EQ(reason("Zu klein"), "too_small");
  EXPECT_EQ(reason("trop grand"), "too_large");
  EXPECT_EQ(reason("difettoso"), "defective");
  EXPECT_EQ(reason("Zu groß"), "too_large");
  EXPECT_EQ(reason("za małe"), "too_small");
  EXPECT_EQ(reason("Çok küçük"), "too_small");
  EXPECT_EQ(reason("小さすぎる"), "too_small");
  EXPECT_EQ(reason("слишком маленький"), "too_small");
  EXPECT_EQ(reason("gefällt nicht"), "style");
  EXPECT_EQ(reason("Arrived damaged"), "defective");
  EXPECT_EQ(reason("Didn't like it"), "style");
  EXPECT_EQ(reason("Gefällt nicht mehr"), "style");
  EXPECT_EQ(reason("Ne me plaît pas"), "style");
  EXPECT_EQ(reason("ho cambiato idea"), "changed_mind");
  EXPECT_EQ(reason("Trop serré"), "too_small");
  EXPECT_EQ(reason("Entspricht nicht der Beschreibung"), "not_as_described");
}

}  // namespace
}  // namespace modiste
