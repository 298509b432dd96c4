// What shops send to Google's retail API, Algolia, TikTok and Braze.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

using testing::ElementsAre;

// "purchase g1 of O1" of each event; of a list what it shows.
std::vector<std::string> entries_of(const ParsedBatch& batch) {
  std::vector<std::string> all;
  for (const Event& event : batch.events) {
    std::string one(name_of(event.type));
    if (!event.garment_id.empty()) one += " " + event.garment_id;
    if (!event.query.empty()) one += " '" + event.query + "'";
    for (const auto& item : event.items) one += " " + item.garment_id;
    if (!event.order_id.empty()) one += " of " + event.order_id;
    all.push_back(std::move(one));
  }
  return all;
}

std::string retail(std::string_view type, std::string_view more) {
  return fmt::format(
      R"({{"eventType":"{}","visitorId":"v1","sessionId":"s1","eventTime":"2026-11-21T09:29:00Z",
      "userInfo":{{"userId":"ada","ipAddress":"203.0.113.7","userAgent":"Firefox"}},"uri":"https://shop.example/"{}}})",
      type, more);
}

TEST(GoogleRetail, AUserEventIsOfItsProducts) {
  const auto order = taken(retail("purchase-complete",
                                  R"(,"productDetails":[{"product":{"id":"g1"},"quantity":2},{"product":
      {"name":"projects/p/locations/global/catalogs/c/branches/0/products/g2"}}],
      "purchaseTransaction":{"id":"O1","revenue":178,"currencyCode":"EUR"})"));
  EXPECT_THAT(entries_of(order), ElementsAre("purchase g1 of O1", "purchase g2 of O1"));
  const Event& event = order.events[0];
  EXPECT_EQ(event.shopper_id, "ada");
  EXPECT_EQ(event.device_id, "v1");
  EXPECT_EQ(event.session_id, "s1");
  EXPECT_EQ(event.quantity, 2);
  EXPECT_EQ(to_rfc3339(*event.occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_THAT(entries_of(taken(retail("detail-page-view", R"(,"productDetails":[{"product":{"id":"g1"}}])"))),
              ElementsAre("product_view g1"));
  EXPECT_THAT(
      entries_of(taken(retail("add-to-cart", R"(,"productDetails":[{"product":{"id":"g1"},"quantity":1}])"))),
      ElementsAre("add_to_cart g1"));
}

TEST(GoogleRetail, ASearchShowsWhatWasFound) {
  constexpr std::string_view kFound =
      R"(,"productDetails":[{"product":{"id":"g1"}},{"product":{"id":"g2"}}])";
  EXPECT_THAT(entries_of(taken(retail("search", fmt::format(R"(,"searchQuery":"linen dress"{})", kFound)))),
              ElementsAre("search 'linen dress' g1 g2"));
  EXPECT_THAT(entries_of(taken(retail("category-page-view", kFound))), ElementsAre("impression g1 g2"));
  EXPECT_EQ(taken(retail("home-page-view", "")).ignored, 1U);
  EXPECT_EQ(taken(retail("search", R"(,"pageCategories":["Dresses"])")).ignored, 1U);
}

std::string insights(std::string_view events) { return fmt::format(R"({{"events":[{}]}})", events); }

TEST(Algolia, AConversionIsWhatItsSubtypeSays) {
  const auto batch = taken(insights(R"(
      {"eventType":"conversion","eventSubtype":"purchase","eventName":"Order","index":"products","userToken":"anonymous-1",
       "authenticatedUserToken":"ada","timestamp":1795253340000,"objectIDs":["g1","g2"],
       "objectData":[{"price":89.5,"quantity":1,"queryID":"q"},{"price":20,"quantity":3}],"currency":"EUR","value":149.5},
      {"eventType":"conversion","eventSubtype":"addToCart","eventName":"Cart","index":"products","userToken":"anonymous-1",
       "objectIDs":["g3"]},
      {"eventType":"conversion","eventName":"Product Added to Wishlist","index":"products","userToken":"anonymous-1","objectIDs":["g4"]})"));
  EXPECT_THAT(entries_of(batch), ElementsAre("purchase g1", "purchase g2", "add_to_cart g3", "save g4"));
  EXPECT_EQ(batch.events[1].quantity, 3);
  EXPECT_EQ(batch.events[0].price, 89.5);
  EXPECT_EQ(batch.events[0].shopper_id, "ada");
  EXPECT_EQ(batch.events[0].device_id, "anonymous-1");
}

TEST(Algolia, AViewOfManyObjectsIsAList) {
  constexpr std::string_view kView =
      R"({{"eventType":"{}","eventName":"{}","index":"products","userToken":"u1","objectIDs":[{}]{}}})";
  const auto one = [&](std::string_view type, std::string_view name, std::string_view ids,
                       std::string_view more = "") {
    return taken(insights(fmt::format(fmt::runtime(kView), type, name, ids, more)));
  };
  EXPECT_THAT(entries_of(one("view", "PDP Viewed", R"("g1")")), ElementsAre("product_view g1"));
  EXPECT_THAT(entries_of(one("view", "Hits Viewed", R"("g1")")), ElementsAre("impression g1"));
  EXPECT_THAT(entries_of(one("view", "Items Viewed", R"("g1","g2")")), ElementsAre("impression g1 g2"));
  EXPECT_THAT(entries_of(one("click", "Hit Clicked", R"("g2")", R"(,"positions":[7],"queryID":"q")")),
              ElementsAre("click g2"));
  EXPECT_EQ(taken(insights(R"({"eventType":"click","eventName":"Filter","index":"products","userToken":"u1",
      "filters":["colour:red"]})"))
                .ignored,
            1U);
}

TEST(TikTok, AnEventIsOfItsContents) {
  const auto batch = taken(R"({"event_source":"web","event_source_id":"PIXEL","data":[
      {"event":"CompletePayment","event_time":1795253340,"event_id":"t1",
       "user":{"external_id":["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],"ttp":"94e2a4j9h3ss8k","ip":"203.0.113.7"},
       "properties":{"contents":[{"content_id":"g1","price":89,"quantity":1},{"content_id":"g2","quantity":2}],
                     "currency":"EUR","value":129,"order_id":"O1"},"page":{"url":"https://shop.example/thanks"}},
      {"event":"ViewContent","event_time":1795253300,"event_id":"t2","user":{"ttp":"94e2a4j9h3ss8k"},
       "properties":{"content_ids":["g3"],"content_type":"product"}},
      {"event":"Search","event_time":1795253200,"event_id":"t3","user":{"ttp":"94e2a4j9h3ss8k"},"properties":{"query":"boots"}},
      {"event":"PlaceAnOrder","event_time":1795253339,"event_id":"t4","user":{"ttp":"94e2a4j9h3ss8k"},"properties":{}}]})");
  EXPECT_THAT(entries_of(batch),
              ElementsAre("purchase g1 of O1", "purchase g2 of O1", "product_view g3", "search 'boots'"));
  EXPECT_EQ(batch.ignored, 1U);
  EXPECT_EQ(batch.events[0].device_id, "94e2a4j9h3ss8k");
  EXPECT_EQ(batch.events[0].external_id, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
}

TEST(TikTok, TheFormBeforeIsRead) {
  EXPECT_THAT(
      entries_of(taken(
          R"({"pixel_code":"PIXEL","event":"AddToCart","event_id":"t1","timestamp":"2026-11-21T09:29:00Z",
      "context":{"user":{"external_id":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},"user_agent":"Firefox"},
      "properties":{"contents":[{"content_id":"g1","price":89,"quantity":1}],"currency":"EUR"}})")),
      ElementsAre("add_to_cart g1"));
}

TEST(Braze, EventsAndPurchasesStandInOneBody) {
  const auto batch = taken(R"({"attributes":[{"external_id":"ada","email":"ada@example.com"}],
      "events":[{"external_id":"ada","name":"ecommerce.product_viewed","time":"2026-11-21T09:29:00Z",
                 "properties":{"product_id":"g1","product_name":"Dress","price":89,"currency":"EUR"}},
                {"external_id":"ada","name":"ecommerce.order_placed","time":"2026-11-21T09:29:30Z",
                 "properties":{"order_id":"O1","currency":"EUR","products":[{"product_id":"g1","quantity":1,"price":89}]}},
                {"user_alias":{"alias_name":"a7","alias_label":"shop"},"name":"Product Liked","time":"2026-11-21T09:29:40Z",
                 "properties":{"product_id":"g2"}},
                {"external_id":"ada","name":"ecommerce.cart_updated","time":"2026-11-21T09:29:10Z","properties":{}}],
      "purchases":[{"external_id":"ada","product_id":"g3","currency":"EUR","price":40,"quantity":2,"time":"2026-11-21T09:29:50Z",
                    "properties":{"size":"M","color":"Olive"}}]})");
  EXPECT_THAT(entries_of(batch),
              ElementsAre("product_view g1", "purchase g1 of O1", "like g2", "purchase g3"));
  EXPECT_EQ(batch.events[2].external_id, "a7");
  EXPECT_EQ(batch.events[3].shopper_id, "ada");
  EXPECT_EQ(batch.events[3].colour, "Olive");
  EXPECT_EQ(batch.events[3].size, "M");
}

TEST(Braze, WhatIsKnownOfAPersonIsNotKept) {
  auto admission = ParsedBatch::judge(R"({"attributes":[{"external_id":"ada","first_name":"Ada"}],
      "events":[{"external_id":"ada","name":"nobody knows this","time":"2026-11-21T09:29:00Z"}]})",
                                      kReceived);
  ASSERT_TRUE(admission.ok());
  ASSERT_EQ(admission->refused.size(), 1U);
  EXPECT_EQ(serialize_json(admission->original(0)).find("Ada"), std::string::npos);
}

}  // namespace
}  // namespace modiste
