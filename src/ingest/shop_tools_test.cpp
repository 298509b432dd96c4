// What Klaviyo, Matomo and Universal Analytics send, and products that are named by their ids alone.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

// "purchase g1/Olive of O1" of each event.
std::string told(const ParsedBatch& batch) {
  std::string all;
  for (const Event& event : batch.events)
    all +=
        fmt::format("{}{} {}{}{}{}{}", all.empty() ? "" : "; ", name_of(event.type),
                    event.garment_id.empty() ? event.sku : event.garment_id, event.colour.empty() ? "" : "/",
                    event.colour, event.order_id.empty() ? "" : " of ", event.order_id);
  return all;
}

std::string klaviyo(std::string_view metric, std::string_view properties) {
  return fmt::format(
      R"({{"data":{{"type":"event","attributes":{{"properties":{},"time":"2026-11-21T09:29:00Z",
      "value":89,"value_currency":"EUR","unique_id":"u1","metric":{{"data":{{"type":"metric","attributes":{{"name":"{}"}}}}}},
      "profile":{{"data":{{"type":"profile","attributes":{{"external_id":"ada","email":" Ada@Example.com",
      "first_name":"Ada"}}}}}}}}}}}})",
      properties, metric);
}

TEST(Klaviyo, AnEventIsOfItsProfile) {
  const auto batch =
      taken(klaviyo("Viewed Product", R"({"ProductName":"Dress","ProductID":"g1","Price":89})"));
  ASSERT_EQ(told(batch), "product_view g1");
  const Event& event = batch.events[0];
  EXPECT_EQ(event.shopper_id, "ada");
  EXPECT_EQ(event.email_hash, "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72")
      << "SHA-256 of ada@example.com";
  EXPECT_EQ(to_rfc3339(*event.occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_EQ(event.price, 89);
}

TEST(Klaviyo, AnOrderIsItsLines) {
  EXPECT_EQ(told(taken(klaviyo("Placed Order", R"({"OrderId":"O1","Items":[{"ProductID":"g1","SKU":"g1-m",
      "Quantity":1,"ItemPrice":89},{"ProductID":"g2","Quantity":2}]})"))),
            "purchase g1 of O1; purchase g2 of O1");
  EXPECT_EQ(told(taken(klaviyo("Placed Order", R"({"$event_id":"O2","Items":["Dress"],
      "$extra":{"line_items":[{"product_id":77,"sku":"g1-m","quantity":1}]}})"))),
            "purchase 77 of O2");
  EXPECT_EQ(
      told(taken(klaviyo("Ordered Product", R"({"$event_id":"O1_g1","OrderId":"O1","ProductID":"g1"})"))),
      "purchase g1 of O1");
  const auto refund = taken(klaviyo("Refunded Order", R"({"OrderId":"O1","Reason":"too small"})"));
  EXPECT_EQ(told(refund), "return  of O1") << "all of it";
  EXPECT_EQ(refund.events[0].reason, ReturnReason::kTooSmall);
}

TEST(Klaviyo, TheCartSaysWhatWasAdded) {
  EXPECT_EQ(told(taken(klaviyo("Added to Cart", R"({"AddedItemProductID":"g2","AddedItemSKU":"g2-m",
      "AddedItemQuantity":1,"Items":[{"ProductID":"g1"},{"ProductID":"g2"}]})"))),
            "add_to_cart g2");
}

TEST(Klaviyo, ManyEventsStandBelowTheirProfiles) {
  const auto batch =
      taken(R"({"data":{"type":"event-bulk-create-job","attributes":{"events-bulk-create":{"data":[
      {"type":"event-bulk-create","attributes":{
        "profile":{"data":{"type":"profile","attributes":{"external_id":"ada"}}},
        "events":{"data":[
          {"type":"event","attributes":{"properties":{"ProductID":"g1"},"metric":{"data":{"type":"metric","attributes":{"name":"Viewed Product"}}}}},
          {"type":"event","attributes":{"properties":{},"metric":{"data":{"type":"metric","attributes":{"name":"Opened Email"}}}}}]}}},
      {"type":"event-bulk-create","attributes":{
        "profile":{"data":{"type":"profile","attributes":{"external_id":"bea"}}},
        "events":{"data":[{"type":"event","attributes":{"properties":{"ProductID":"g2"},"metric":{"data":{"type":"metric","attributes":{"name":"Added to Wishlist"}}}}}]}}}]}}}})");
  EXPECT_EQ(told(batch), "product_view g1; save g2");
  EXPECT_EQ(batch.ignored, 1u);
  EXPECT_EQ(batch.events[1].shopper_id, "bea");
}

TEST(Klaviyo, TheFormOfItsScript) {
  const auto batch = taken(R"({"token":"PK","event":"Viewed Product","time":1795253340,
      "customer_properties":{"$email":"ada@example.com","$id":"ada"},"properties":{"ProductID":"g1"}})");
  EXPECT_EQ(told(batch), "product_view g1");
  EXPECT_EQ(batch.events[0].shopper_id, "ada");
}

TEST(Klaviyo, OfWhatIsRefusedOnlyIdsAreKept) {
  const auto batch = ParsedBatch::judge(klaviyo("Waved", "{}"), kReceived);
  ASSERT_EQ(batch->refused.size(), 1u);
  const auto kept = serialize_json(batch->original(0));
  EXPECT_EQ(kept.find("Ada"), std::string::npos) << kept;
  EXPECT_NE(kept.find(R"("external_id":"ada")"), std::string::npos);
}

TEST(Matomo, RequestsAreQueries) {
  const auto batch = taken(R"({"token_auth":"secret","requests":[
      "?idsite=1&rec=1&_id=0123456789abcdef&uid=ada&_pks=g1&_pkn=Linen%20Dress&_pkp=89&cdt=1795253340&url=https%3A%2F%2Fs.example%2Fg1",
      "?idsite=1&rec=1&uid=ada&idgoal=0&ec_id=O1&revenue=178&ec_items=%5B%5B%22g1%22%2C%22Linen+Dress%22%2C%22Dresses%22%2C89%2C1%5D%2C%5B%22g2%22%2C%22%22%2C%5B%22A%22%5D%2C%2289%22%2C%222%22%5D%5D&cdt=2026-11-21+09%3A29%3A00",
      "?idsite=1&rec=1&uid=ada&search=linen+dress","?idsite=1&rec=1&uid=ada&action_name=Home",
      {"idsite":1,"rec":1,"uid":"ada","cvar":"{\"3\":[\"_pks\",\"g2\"],\"4\":[\"_pkn\",\"X\"]}"}]})");
  EXPECT_EQ(told(batch), "product_view g1; purchase g1 of O1; purchase g2 of O1; search ; product_view g2");
  EXPECT_EQ(batch.ignored, 1u);
  EXPECT_EQ(batch.events[0].device_id, "0123456789abcdef");
  EXPECT_EQ(batch.events[0].shopper_id, "ada");
  EXPECT_EQ(to_rfc3339(*batch.events[0].occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_EQ(to_rfc3339(*batch.events[1].occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_EQ(batch.events[2].quantity, 2);
  EXPECT_EQ(batch.events[3].query, "linen dress");
}

TEST(Matomo, AGarmentInTheCartCountsOnceADay) {
  const auto cart = [](std::string_view items, std::string_view day) {
    return taken(fmt::format(R"({{"idsite":"1","rec":"1","uid":"ada","idgoal":"0","cdt":"2026-11-{} 09:00:00",
        "ec_items":"{}"}})",
                             day, items));
  };
  const auto first = cart(R"([[\"g1\",\"\",\"\",89,1]])", "20");
  const auto second = cart(R"([[\"g1\",\"\",\"\",89,1],[\"g2\",\"\",\"\",89,1]])", "20");
  EXPECT_EQ(told(second), "add_to_cart g1; add_to_cart g2");
  EXPECT_EQ(second.events[0].event_id, first.events[0].event_id);
  EXPECT_NE(second.events[1].event_id, first.events[0].event_id);
  EXPECT_NE(cart(R"([[\"g1\",\"\",\"\",89,1]])", "21").events[0].event_id, first.events[0].event_id);
}

TEST(UniversalAnalytics, TheDataLayerSaysWhatWasDone) {
  const auto layer = [](std::string_view ecommerce) {
    return told(taken(fmt::format(R"({{"event":"anything","user_id":"ada","ecommerce":{}}})", ecommerce)));
  };
  constexpr std::string_view kProducts =
      R"("products":[{"id":"g1","name":"Dress","variant":"Olive","price":"89.00"}])";
  EXPECT_EQ(layer(fmt::format(R"({{"detail":{{"actionField":{{"list":"Home"}},{}}}}})", kProducts)),
            "product_view g1/Olive");
  EXPECT_EQ(layer(fmt::format(R"({{"currencyCode":"EUR","add":{{{}}}}})", kProducts)),
            "add_to_cart g1/Olive");
  EXPECT_EQ(layer(fmt::format(R"({{"remove":{{{}}}}})", kProducts)), "remove_from_cart g1/Olive");
  EXPECT_EQ(layer(fmt::format(R"({{"click":{{{}}}}})", kProducts)), "click g1/Olive");
  EXPECT_EQ(
      layer(fmt::format(R"({{"purchase":{{"actionField":{{"id":"T1","revenue":"89"}},{}}}}})", kProducts)),
      "purchase g1/Olive of T1");
  EXPECT_EQ(layer(R"({"refund":{"actionField":{"id":"T1"}}})"), "return  of T1") << "all of it";
  EXPECT_EQ(
      layer(
          R"({"impressions":[{"id":"g1","position":1},{"id":"g2","position":2}],"detail":{"products":[{"id":"g3"}]}})"),
      "product_view g3; impression ");
  EXPECT_EQ(layer(R"({"promoView":{"promotions":[]}})"), "");
}

TEST(UniversalAnalytics, NoNameIsNeeded) {
  EXPECT_EQ(told(taken(R"({"clientId":"1.2","ecommerce":{"detail":{"products":[{"id":"g1"}]}}})")),
            "product_view g1");
}

TEST(UniversalAnalytics, AHitIsTheSame) {
  const auto batch = taken(
      R"({"events":[{"v":"1","t":"event","tid":"UA-1-1","cid":"1.2","uid":"ada","pa":"purchase","ti":"T1",
      "cu":"EUR","pr1id":"g1","pr1va":"Olive","pr1pr":"89","pr1qt":"1","pr2id":"g2"}]})");
  EXPECT_EQ(told(batch), "purchase g1/Olive of T1; purchase g2 of T1");
  EXPECT_EQ(batch.events[0].shopper_id, "ada");
  EXPECT_EQ(batch.events[0].price, 89);
}

TEST(BareProducts, AnIdIsAProduct) {
  const auto track = [](std::string_view name, std::string_view properties) {
    return told(
        taken(fmt::format(R"({{"type":"track","event":"{}","messageId":"m","userId":"ada","properties":{}}})",
                          name, properties)));
  };
  EXPECT_EQ(track("Order Completed", R"({"order_id":"O1","products":["g1",7]})"),
            "purchase g1 of O1; purchase 7 of O1");
  EXPECT_EQ(track("Order Refunded", R"({"order_id":"O1","products":["g1"]})"), "return g1 of O1");
  EXPECT_EQ(track("Product Returned", R"({"order_id":"O1","product":"g1"})"), "return g1 of O1");
  EXPECT_EQ(track("Product Returned", R"({"order_id":"O1","product":{"id":"g1","variant":"Olive"}})"),
            "return g1/Olive of O1");
  EXPECT_EQ(track("Order Completed", R"({"order_id":"O1","product":{"id":"g1"}})"), "purchase g1 of O1");
  const auto list = taken(R"({"type":"track","event":"Product List Viewed","messageId":"m","userId":"ada",
      "properties":{"products":["g1","g2"]}})");
  ASSERT_EQ(list.events.at(0).items.size(), 2u);
  EXPECT_EQ(list.events[0].items[1].garment_id, "g2");
}

TEST(BareProducts, AReturnedLineThatNamesNothingIsNotTheWholeOrder) {
  for (const char* product : {R"({"quantity":1})", R"({"product_id":null})", R"(["g1"])"}) {
    auto batch = ParsedBatch::judge(
                     fmt::format(R"({{"type":"track","event":"Order Refunded","messageId":"m","userId":"ada",
        "properties":{{"order_id":"O1","products":[{}]}}}})",
                                 product),
                     kReceived)
                     .value();
    batch.screen([](Event& event) { return validate(event, kReceived); });
    EXPECT_TRUE(batch.events.empty()) << product;
    EXPECT_EQ(batch.refused.size(), 1u) << product;
  }
}

TEST(CommonNames, AnOrderMayListItsProducts) {
  EXPECT_EQ(told(taken(R"({"event_id":"e","event":"purchase","user_id":"ada","order_id":"O1",
      "items":[{"id":"g1","color":"Olive"},"g2"]})")),
            "purchase g1/Olive of O1; purchase g2 of O1");
  const auto described =
      taken(R"({"event_id":"e","type":"like","user":{"id":"ada"},"product":{"id":"g1","variant":"Olive"}})");
  EXPECT_EQ(told(described), "like g1/Olive");
  EXPECT_EQ(described.events[0].shopper_id, "ada");
}

TEST(LooseValues, WhatPeopleReadIsReadWhereItIsCertain) {
  const auto like = [](std::string_view time) {
    return taken(fmt::format(
                     R"({{"event_id":"e","type":"add_to_cart","user":"ada","product":"g1","timestamp":"{}",
        "price":{{"amount":"89.00","currencyCode":"EUR"}}}})",
                     time))
        .events.at(0);
  };
  for (const char* time : {"Sat, 21 Nov 2026 09:29:00 GMT", "21 Nov 2026 10:29:00 +0100",
                           "Sat Nov 21 2026 10:29:00 GMT+0100 (Central European Standard Time)"}) {
    const Event event = like(time);
    EXPECT_EQ(to_rfc3339(*event.occurred_at), "2026-11-21T09:29:00Z") << time;
    EXPECT_EQ(event.price, 89);
    EXPECT_EQ(event.currency, "EUR");
  }
}

TEST(ShopifyPixel, AHandleIsDecodedAndALineWithoutVariantIsNoGarment) {
  const auto batch = taken(
      R"({"events":[{"id":"1","name":"checkout_completed","clientId":"c","timestamp":"2026-11-21T09:29:00Z",
      "data":{"checkout":{"token":"t","lineItems":[{"quantity":1,"title":"Tip","variant":null},{"quantity":1,
      "variant":{"id":"1","product":{"id":"2","url":"/products/%E9%9D%B4?variant=1"}}}]}}}]})");
  EXPECT_EQ(told(batch), "purchase 靴 of t");
}

TEST(Meta, PinterestAndSnapchatHaveItsForm) {
  for (const char* name : {"add_to_cart", "ADD_CART"})
    EXPECT_EQ(told(taken(fmt::format(R"({{"data":[{{"event_name":"{}","event_time":1795253340,"event_id":"e",
        "user_data":{{"external_id":["ada"]}},"custom_data":{{"content_ids":["g1"]}}}}]}})",
                                     name))),
              "add_to_cart g1");
}

TEST(Snowplow, AnEventWithoutIdIsKnownByWhatItSays) {
  constexpr std::string_view kEvent =
      R"({"app_id":"s","collector_tstamp":"2026-11-21T09:29:00Z","event_name":"add_to_cart",
      "user_id":"ada","unstruct_event_com_snowplowanalytics_snowplow_add_to_cart_1":{"sku":"g1","quantity":1}})";
  const auto batch = taken(kEvent);
  EXPECT_EQ(told(batch), "add_to_cart g1");
  EXPECT_EQ(batch.events[0].event_id, taken(kEvent).events[0].event_id);
}

constexpr std::string_view kReturn = R"({{"id":5,"order":{{"id":82}},"status":"{}","return_line_items":[
    {{"id":{},"quantity":1,"return_reason":"style","fulfillment_line_item":{{"id":3,"line_item":{}}}}}]}})";

TEST(ShopifyReturnLines, TheStatesOfAReturnAndItsRefundTellTheSameLine) {
  const auto id = [](std::string_view body) { return taken(body).events.at(0).event_id; };
  const auto approved = id(fmt::format(fmt::runtime(kReturn), "open", 1, R"({"id":8665})"));
  EXPECT_EQ(id(fmt::format(fmt::runtime(kReturn), "closed", 1, "8665")), approved) << "by its number alone";
  EXPECT_EQ(id(fmt::format(fmt::runtime(kReturn), "closed", 1, R"("gid://shopify/LineItem/8665")")),
            approved);
  EXPECT_EQ(
      id(R"({"id":9,"order_id":82,"return":{"id":5},"refund_line_items":[{"id":1,"line_item_id":8665}]})"),
      approved);
  EXPECT_NE(id(R"({"id":9,"order_id":82,"refund_line_items":[{"id":1,"line_item_id":8665}]})"), approved);
}

}  // namespace
}  // namespace modiste
