// What each sender's events become: Shopify, Meta, Snowplow, WooCommerce, GA4's other forms.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kVariant =
    R"("id":"4211","sku":"g1-olive-m","title":"M / Olive","price":{"amount":89.0,"currencyCode":"EUR"},
       "product":{"id":"991","title":"Linen Midi Dress","url":"/products/g1?variant=4211"})";

Event shopify(std::string_view name, std::string_view data) {
  const auto admission = admitted(fmt::format(
      R"({{"events":[{{"id":"sh-1","name":"{}","type":"standard","timestamp":"2026-11-21T09:29:00.000Z",
          "clientId":"c-9","context":{{"navigator":{{"language":"de-AT","userAgent":"x"}},
          "document":{{"referrer":"https://a.example/?q=1"}}}},"data":{{{}}}}}]}})",
      name, data));
  EXPECT_TRUE(admission.warnings.empty());
  return admission.events.at(0);
}

TEST(ForeignEvents, ShopifysCustomerEventsAreTranslated) {
  const auto viewed = shopify("product_viewed", fmt::format(R"("productVariant":{{{}}})", kVariant));
  EXPECT_EQ(viewed.type, EventType::kProductView);
  EXPECT_EQ(viewed.event_id, "sh-1");
  EXPECT_EQ(viewed.device_id, "c-9");
  EXPECT_EQ(viewed.garment_id, "g1");
  EXPECT_EQ(viewed.sku, "g1-olive-m");
  EXPECT_EQ(viewed.colour, "M / Olive") << "the catalog tells them apart";
  EXPECT_EQ(viewed.price, 89);
  EXPECT_EQ(viewed.also_known_as, (std::vector<std::string>{"4211", "991"}));
  EXPECT_EQ(viewed.context.value().locale, "de-AT");
  EXPECT_EQ(viewed.context.value().referrer, "https://a.example/");

  const auto line = fmt::format(R"("cartLine":{{"quantity":2,"merchandise":{{{}}}}})", kVariant);
  const auto added = shopify("product_added_to_cart", line);
  EXPECT_EQ(added.type, EventType::kAddToCart);
  EXPECT_EQ(added.quantity, 2);
  EXPECT_EQ(added.sku, "g1-olive-m");
  EXPECT_EQ(shopify("product_removed_from_cart", line).type, EventType::kRemoveFromCart);

  const auto shown = shopify(
      "collection_viewed", fmt::format(R"("collection":{{"id":"1","productVariants":[{{{}}}]}})", kVariant));
  EXPECT_EQ(shown.type, EventType::kImpression);
  ASSERT_EQ(shown.items.size(), 1u);
  EXPECT_EQ(shown.items[0].garment_id, "g1");
  EXPECT_EQ(shown.items[0].also_known_as, (std::vector<std::string>{"g1-olive-m", "4211", "991"}));
  const auto search =
      shopify("search_submitted", R"("searchResult":{"query":"linen dress","productVariants":[]})");
  EXPECT_EQ(search.type, EventType::kSearch);
  EXPECT_EQ(search.query, "linen dress");
  EXPECT_EQ(shopify("cart_viewed", R"("cart":{})").page, "cart");
}

TEST(ForeignEvents, AShopifyCheckoutIsAPurchaseOfEachLine) {
  const auto admission = admitted(fmt::format(R"({{"id":"sh-2","name":"checkout_completed","clientId":"c-9",
      "timestamp":"2026-11-21T09:29:00Z","data":{{"checkout":{{"currencyCode":"EUR","token":"t",
      "order":{{"id":"77","customer":{{"id":"gid://shopify/Customer/5"}}}},
      "lineItems":[{{"quantity":1,"variant":{{{}}}}},{{"quantity":3,"variant":{{"id":8,"product":{{"id":9}}}}}}]
      }}}}}})",
                                              kVariant));
  ASSERT_EQ(admission.events.size(), 2u);
  EXPECT_EQ(admission.events[0].type, EventType::kPurchase);
  EXPECT_EQ(admission.events[0].event_id, "sh-2#0");
  EXPECT_EQ(admission.events[0].order_id, "77");
  EXPECT_EQ(admission.events[0].shopper_id, "5");
  EXPECT_EQ(admission.events[1].quantity, 3);
  EXPECT_EQ(admission.events[1].garment_id, "9");
  EXPECT_EQ(admission.events[1].currency, "EUR");
}

TEST(ForeignEvents, MetasEventsAreTranslated) {
  const auto admission = admitted(R"({"data":[
      {"event_name":"Purchase","event_time":1795253340,"event_id":"p","user_data":{"em":["ab12"],
       "external_id":["7"],"fbp":"fb.1"},"custom_data":{"currency":"EUR","value":"142.52","order_id":"o",
       "contents":[{"id":"A","quantity":1,"item_price":100},{"id":"B","item_price":42.52}]}},
      {"event_name":"ViewContent","event_time":1795253340,"event_id":"v","user_data":{"fbp":"fb.1"},
       "custom_data":{"content_ids":["A"],"value":9.5,"currency":"EUR"}},
      {"event_name":"PageView","event_time":1795253340,"event_id":"w","user_data":{"fbp":"fb.1"}}]})");
  ASSERT_EQ(admission.events.size(), 3u);
  EXPECT_EQ(admission.events[0].type, EventType::kPurchase);
  EXPECT_EQ(admission.events[0].order_id, "o");
  EXPECT_EQ(admission.events[0].external_id, "7");
  EXPECT_EQ(admission.events[0].email_hash, "ab12");
  EXPECT_EQ(admission.events[0].device_id, "fb.1");
  EXPECT_EQ(admission.events[1].price, 42.52);
  EXPECT_EQ(to_rfc3339(admission.events[1].occurred_at.value()), "2026-11-21T09:29:00Z");
  EXPECT_EQ(admission.events[2].type, EventType::kProductView);
  EXPECT_EQ(admission.events[2].price, 9.5);
  EXPECT_EQ(admission.ignored, 1u);
}

// What Snowplow's loaders forward: flat, with the entities beside it.
std::string snowplow(std::string_view action, std::string_view more) {
  return fmt::format(R"({{"events":[{{"app_id":"shop","platform":"web","event_id":"c6ef","event_name":
      "snowplow_ecommerce_action","collector_tstamp":"2026-11-21T09:29:00.000Z","user_id":null,"domain_userid":"d1",
      "domain_sessionid":"s1","br_lang":"de",
      "unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1":{{"type":"{}"}},
      "contexts_com_snowplowanalytics_snowplow_ecommerce_product_1":[
        {{"id":"g1","category":"dresses","price":89,"currency":"EUR","size":"M","variant":"Olive","quantity":2}},
        {{"id":"g2","category":"dresses","price":50,"currency":"EUR"}}]{}}}]}})",
                     action, more);
}

TEST(ForeignEvents, SnowplowsActionsAreRead) {
  const auto viewed = admitted(snowplow("product_view", "")).events;
  ASSERT_EQ(viewed.size(), 2U);
  EXPECT_EQ(viewed[0].type, EventType::kProductView);
  EXPECT_EQ(viewed[0].garment_id, "g1");
  EXPECT_EQ(viewed[0].device_id, "d1");
  EXPECT_EQ(viewed[0].session_id, "s1");
  EXPECT_EQ(viewed[0].occurred_at, parse_rfc3339("2026-11-21T09:29:00Z").value());
  EXPECT_EQ(admitted(snowplow("add_to_cart", "")).events.at(0).quantity, 2);
  EXPECT_EQ(admitted(snowplow("list_view", "")).events.at(0).items.size(), 2U);
  EXPECT_EQ(admitted(snowplow("checkout_step", "")).ignored, 1U);

  const auto bought =
      admitted(snowplow("transaction",
                        R"(,"contexts_com_snowplowanalytics_snowplow_ecommerce_transaction_1":[
      {"transaction_id":"T1","revenue":139,"currency":"EUR"}],
      "contexts_com_snowplowanalytics_snowplow_ecommerce_user_1":[{"id":"ann"}])"))
          .events;
  ASSERT_EQ(bought.size(), 2U);
  EXPECT_EQ(bought[1].type, EventType::kPurchase);
  EXPECT_EQ(bought[1].order_id, "T1");
  EXPECT_EQ(bought[1].shopper_id, "ann");
  EXPECT_EQ(bought[1].price, 50);

  const auto back = admitted(snowplow("refund",
                                      R"(,"contexts_com_snowplowanalytics_snowplow_ecommerce_refund_1":[
      {"transaction_id":"T1","refund_amount":139,"currency":"EUR","refund_reason":"too small"}])"))
                        .events;
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[0].type, EventType::kReturn);
  EXPECT_EQ(back[0].order_id, "T1");
  EXPECT_EQ(back[0].reason, ReturnReason::kTooSmall);
}

TEST(ForeignEvents, SnowplowsOlderCartEventsAndPings) {
  const auto all = admitted(R"({"events":[
      {"event_id":"1","event_name":"page_ping","collector_tstamp":"2026-11-21 09:29:00.000","domain_userid":"d"},
      {"event_id":"2","event_name":"add_to_cart","collector_tstamp":"2026-11-21 09:29:00.000","domain_userid":"d",
       "unstruct_event_com_snowplowanalytics_snowplow_add_to_cart_1":{"sku":"g1","quantity":1,"unitPrice":89}},
      {"event_id":"3","event_name":"transaction_item","collector_tstamp":"2026-11-21 09:29:00.000",
       "domain_userid":"d","ti_orderid":"T2","ti_sku":"g1","ti_price":89,"ti_quantity":1}]})");
  EXPECT_EQ(all.ignored, 1U);
  ASSERT_EQ(all.events.size(), 2U);
  EXPECT_EQ(all.events[0].type, EventType::kAddToCart);
  EXPECT_EQ(all.events[0].price, 89);
  EXPECT_EQ(all.events[1].order_id, "T2");
}

TEST(ForeignEvents, OrdersOfShopifysWebhooks) {
  const auto order = admitted(R"({"id":820982911,"admin_graphql_api_id":"gid://shopify/Order/820982911",
      "created_at":"2026-11-21T04:29:00-05:00","currency":"EUR","email":"jon@example.com","cancelled_at":null,
      "customer":{"id":1153,"email":"jon@example.com"},"order_number":1234,"line_items":[
      {"id":8665,"sku":"g1-olive-m","product_id":7880,"variant_id":null,"quantity":1,"price":"89.00",
       "variant_title":"M / Olive"},{"id":8666,"sku":"g2","quantity":2,"price":"50.00"}]})");
  ASSERT_EQ(order.events.size(), 2U);
  EXPECT_EQ(order.events[0].type, EventType::kPurchase);
  EXPECT_EQ(order.events[0].order_id, "820982911");
  EXPECT_EQ(order.events[0].shopper_id, "1153");
  EXPECT_EQ(order.events[0].sku, "g1-olive-m");
  EXPECT_EQ(order.events[0].price, 89);
  EXPECT_EQ(order.events[1].quantity, 2);
  const std::string kept = serialize_json(order.original(0));
  EXPECT_EQ(kept.find("example.com"), std::string::npos);
  EXPECT_NE(kept.find("1153"), std::string::npos);

  const auto refund = admitted(R"({"id":890088,"order_id":820982911,"created_at":"2026-11-21T09:29:00Z",
      "refund_line_items":[{"id":1,"quantity":1,"line_item_id":8665,"line_item":{"sku":"g1-olive-m"}}]})");
  ASSERT_EQ(refund.events.size(), 1U);
  EXPECT_EQ(refund.events[0].type, EventType::kReturn);
  EXPECT_EQ(refund.events[0].order_id, "820982911");
  EXPECT_EQ(
      admitted(
          R"({"id":1,"order_number":1,"cancelled_at":"2026-11-21T09:29:00Z","line_items":[{"sku":"g1"}]})")
          .ignored,
      1U);
}

TEST(ForeignEvents, OrdersOfWooCommercesWebhooks) {
  const auto order = [](std::string_view status) {
    return admitted(
        fmt::format(R"({{"id":727,"order_key":"wc_1","status":"{}","currency":"EUR","customer_id":0,
        "date_created_gmt":"2026-11-21T09:29:00","line_items":[
        {{"id":315,"product_id":93,"variation_id":0,"quantity":1,"sku":"g1-olive-m","price":89}}]}})",
                    status));
  };
  const auto bought = order("processing");
  ASSERT_EQ(bought.events.size(), 1U);
  EXPECT_EQ(bought.events[0].order_id, "727");
  EXPECT_EQ(bought.events[0].session_id, "wc_1");
  EXPECT_EQ(bought.events[0].occurred_at, parse_rfc3339("2026-11-21T09:29:00Z").value());
  EXPECT_EQ(order("failed").ignored, 1U);
  EXPECT_EQ(order("refunded").events.at(0).type, EventType::kReturn);
}

TEST(ForeignEvents, MetasPixelNamesItsEventsWithoutName) {
  const auto viewed = admitted(R"({"events":[{"event":"ViewContent","eventID":"f1","user_data":{"fbp":"fb.1"},
      "custom_data":{"content_ids":"g1","value":"89,00 €","currency":"EUR"}}]})");
  ASSERT_EQ(viewed.events.size(), 1U);
  EXPECT_EQ(viewed.events[0].garment_id, "g1");
}

TEST(ForeignEvents, RowsOfGa4sExportAreRead) {
  const auto rows = admitted(R"json({"events":[
      {"event_date":"20261120","event_timestamp":"1795167000123456","event_name":"purchase","user_id":"ann",
       "user_pseudo_id":"11.22","device":{"category":"mobile","language":"de-de"},
       "event_params":[{"key":"ga_session_id","value":{"int_value":"1795166900"}},
                       {"key":"currency","value":{"string_value":"EUR"}},
                       {"key":"reason","value":{"string_value":"newsletter"}}],
       "ecommerce":{"transaction_id":"T-1","total_item_quantity":"2"},
       "items":[{"item_id":"g1","item_name":"Tee","item_variant":"(not set)","price":19.5,"quantity":"1"},
                {"item_id":"g2","item_variant":"navy","price":"30.0","quantity":"2"}]
},
      {"event_date":"20261120","event_timestamp":"1795167060000000","event_name":"refund","user_pseudo_id":"11.22",
       "event_params":[],"ecommerce":{"transaction_id":"T-1"},"items":[]},
      {"event_timestamp":"1795167070000000","event_name":"view_search_results","user_pseudo_id":"11.22",
       "event_params":[{"key":"search_term","value":{"string_value":"linen dress"}}],
       "ecommerce":{"transaction_id":"(not set)"},"items":[]},
      {"event_timestamp":"1795167080000000","event_name":"user_engagement","user_pseudo_id":"11.22",
       "event_params":[]}]
})json");
  EXPECT_EQ(rows.ignored, 1u);
  ASSERT_EQ(rows.events.size(), 4u);
  EXPECT_TRUE(rows.warnings.empty());
  const Event& first = rows.events[0];
  EXPECT_EQ(first.type, EventType::kPurchase);
  EXPECT_EQ(first.shopper_id, "ann");
  EXPECT_EQ(first.device_id, "11.22");
  EXPECT_EQ(first.session_id, "11.22/1795166900");
  EXPECT_EQ(first.order_id, "T-1");
  EXPECT_EQ(first.currency, "EUR");
  EXPECT_EQ(first.garment_id, "g1");
  EXPECT_EQ(first.colour, "") << "(not set) is how the export says nothing";
  EXPECT_EQ(first.price, 19.5);
  EXPECT_EQ(to_rfc3339(*first.occurred_at), "2026-11-20T09:30:00.123456Z");
  EXPECT_EQ(rows.events[1].colour, "navy");
  EXPECT_EQ(rows.events[1].quantity, 2);
  EXPECT_EQ(rows.events[2].type, EventType::kReturn);
  EXPECT_EQ(rows.events[2].order_id, "T-1") << "a refund without items is of the whole order";
  EXPECT_EQ(rows.events[3].query, "linen dress");
}

TEST(ForeignEvents, TheDataLayersEventsAreRead) {
  const auto sent = admitted(R"({"events":[
      {"event":"add_to_cart","client_id":"11.22","user_id":"ann",
       "ecommerce":{"currency":"EUR","value":30,"items":[{"item_id":"g2","item_variant":"navy","price":30}]}},
      {"event":"view_item_list","client_id":"11.22","ecommerce":{"item_list_id":"new",
       "items":[{"item_id":"g1"},{"item_id":"g2"}]}},
      {"event":"begin_checkout","client_id":"11.22","ecommerce":{"items":[{"item_id":"g1"}]}}]})");
  EXPECT_EQ(sent.ignored, 1u);
  ASSERT_EQ(sent.events.size(), 2u);
  EXPECT_EQ(sent.events[0].type, EventType::kAddToCart);
  EXPECT_EQ(sent.events[0].shopper_id, "ann");
  EXPECT_EQ(sent.events[0].garment_id, "g2");
  EXPECT_EQ(sent.events[0].currency, "EUR");
  EXPECT_EQ(sent.events[1].type, EventType::kImpression);
  EXPECT_EQ(sent.events[1].items.size(), 2u);
}

TEST(ForeignEvents, WhatIsNoGarmentInAnOrderTeachesNothing) {
  const auto order =
      admitted(R"({"id":7,"order_number":1234,"customer":{"id":1153},"cancelled_at":null,"line_items":[
      {"id":1,"gift_card":true,"product_id":632910393,"variant_id":80,"sku":null,"quantity":1,"price":"25.00"},
      {"id":2,"gift_card":false,"product_id":7880,"variant_id":8,"sku":"g1-m","quantity":1,"price":"89.00"},
      {"id":3,"title":"Tip","product_id":null,"variant_id":null,"sku":null,"quantity":1,"price":"5.00"}]})");
  ASSERT_EQ(order.events.size(), 1u);
  EXPECT_EQ(order.events[0].sku, "g1-m");
  EXPECT_EQ(order.events[0].event_id, "order-7#2") << "its number in the order";
  EXPECT_EQ(admitted(R"({"id":8,"order_number":2,"customer":{"id":1},"line_items":[
      {"id":1,"gift_card":true,"product_id":9,"quantity":1}]})")
                .ignored,
            1u);
  const auto refund = admitted(R"({"id":9,"order_id":7,"refund_line_items":[
      {"quantity":1,"line_item":{"gift_card":true,"product_id":632910393,"sku":null}},
      {"quantity":1,"line_item":{"product_id":7880,"variant_id":8,"sku":"g1-m","variant_title":"M / Olive"}}]})");
  ASSERT_EQ(refund.events.size(), 1u);
  EXPECT_EQ(refund.events[0].sku, "g1-m");
  EXPECT_EQ(refund.events[0].colour, "M / Olive");
}

TEST(ForeignEvents, MetasListsMayBeText) {
  const auto body = [](std::string_view data) {
    return fmt::format(R"({{"data":[{{"event_name":"AddToCart","event_time":1795253340,"event_id":"a",
        "user_data":{{"external_id":"u7"}},"custom_data":{{{}}}}}]}})",
                       data);
  };
  const auto contents = admitted(body(R"("contents":"[{\"id\":\"A\",\"quantity\":2}]")")).events;
  ASSERT_EQ(contents.size(), 1u);
  EXPECT_EQ(contents[0].garment_id, "A");
  EXPECT_EQ(contents[0].quantity, 2);
  EXPECT_EQ(contents[0].external_id, "u7");
  EXPECT_EQ(admitted(body(R"("content_ids":"[\"A\",\"B\"]")")).events.size(), 2u);
  EXPECT_EQ(admitted(body(R"("content_ids":"A")")).events.at(0).garment_id, "A");
}

TEST(ForeignEvents, SnowplowsCanonicalEventIsRead) {
  constexpr std::string_view kEvent = R"({{"event_id":"e1","event_name":"snowplow_ecommerce_action",
      "collector_tstamp":"2026-11-21T09:29:00.000Z","domain_userid":"d1","unstruct_event":{},"contexts":{}}})";
  constexpr std::string_view kAction = R"({"schema":
      "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":
      "iglu:com.snowplowanalytics.snowplow.ecommerce/snowplow_ecommerce_action/jsonschema/1-0-2",
      "data":{"type":"add_to_cart"}}})";
  constexpr std::string_view kEntities = R"({"schema":
      "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[{"schema":
      "iglu:com.snowplowanalytics.snowplow.ecommerce/product/jsonschema/1-0-0",
      "data":{"id":"g1","category":"d","price":89,"currency":"EUR","quantity":2}},
      {"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/user/jsonschema/1-0-0","data":{"id":"ann"}}]})";
  const auto as_text = [](std::string_view value) { return serialize_json(json::value(value)); };
  for (const auto& body :
       {fmt::format(kEvent, kAction, kEntities), fmt::format(kEvent, as_text(kAction), as_text(kEntities))}) {
    const auto events = admitted(body).events;
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].type, EventType::kAddToCart);
    EXPECT_EQ(events[0].garment_id, "g1");
    EXPECT_EQ(events[0].quantity, 2);
    EXPECT_EQ(events[0].shopper_id, "ann");
  }
  const auto search = admitted(R"({"event_id":"s","event_name":"site_search","domain_userid":"d",
      "collector_tstamp":"2026-11-21T09:29:00.000Z", "unstruct_event_com_snowplowanalytics_snowplow_site_search_1":{"terms":["linen","dress"]}})");
  EXPECT_EQ(search.events.at(0).query, "linen dress");
}

}  // namespace
}  // namespace modiste
