// What product analytics send: PostHog, Mixpanel, Amplitude; and the returns of Shopify's webhooks.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

TEST(PostHog, ACaptureIsATrackCall) {
  const auto batch = taken(R"({"api_key":"phc_1","event":"Product Added","distinct_id":"ann",
      "timestamp":"2026-11-21T09:29:00Z","uuid":"0192-a","properties":{"product_id":"g1","variant":"Olive",
      "price":89,"quantity":2,"currency":"EUR","$session_id":"s1","$lib":"posthog-node"}})");
  ASSERT_EQ(batch.events.size(), 1u);
  const Event& event = batch.events[0];
  EXPECT_EQ(event.type, EventType::kAddToCart);
  EXPECT_EQ(event.event_id, "0192-a");
  EXPECT_EQ(event.shopper_id, "ann");
  EXPECT_EQ(event.session_id, "s1");
  EXPECT_EQ(event.garment_id, "g1");
  EXPECT_EQ(event.colour, "Olive");
  EXPECT_EQ(event.quantity, 2);
  EXPECT_EQ(to_rfc3339(*event.occurred_at), "2026-11-21T09:29:00Z");
}

TEST(PostHog, ABatchSaysWhoIsSignedIn) {
  const auto batch = taken(R"({"api_key":"phc_1","sent_at":"2026-11-21T12:30:00Z","batch":[
      {"event":"Product Viewed","timestamp":"2026-11-21T12:29:00Z",
       "properties":{"distinct_id":"0192-dev","$device_id":"0192-dev","product_id":"g1"}},
      {"event":"Product Viewed","properties":{"distinct_id":"0192-x","$is_identified":false,"product_id":"g1"}},
      {"event":"$identify","distinct_id":"ann","properties":{"$anon_distinct_id":"0192-dev"}},
      {"event":"Order Completed","distinct_id":"ann","properties":{"$device_id":"0192-dev","order_id":"O1",
       "products":[{"product_id":"g1","price":89},{"sku":"g2-m"}]}},
      {"event":"$pageview","distinct_id":"ann","properties":{}},
      {"event":"$autocapture","distinct_id":"ann","properties":{}}]})");
  EXPECT_EQ(batch.ignored, 2u);
  ASSERT_EQ(batch.events.size(), 5u);
  EXPECT_EQ(batch.events[0].shopper_id, "");
  EXPECT_EQ(batch.events[0].device_id, "0192-dev");
  EXPECT_EQ(to_rfc3339(*batch.events[0].occurred_at), "2026-11-21T09:29:00Z") << "by sent_at";
  EXPECT_EQ(batch.events[1].shopper_id, "");
  EXPECT_EQ(batch.events[1].device_id, "0192-x");
  EXPECT_EQ(batch.events[2].type, EventType::kIdentify);
  EXPECT_EQ(batch.events[2].shopper_id, "ann");
  EXPECT_EQ(batch.events[2].device_id, "0192-dev");
  EXPECT_EQ(batch.events[3].type, EventType::kPurchase);
  EXPECT_EQ(batch.events[3].order_id, "O1");
  EXPECT_EQ(batch.events[4].sku, "g2-m");
}

TEST(PostHog, MixpanelsEventsHaveItsForm) {
  const auto batch = taken(R"([{"event":"add_to_wishlist","properties":{"token":"t","time":1795253340,
      "distinct_id":"$device:d-9","$insert_id":"m1","product_id":"g1"}},
      {"event":"purchase","properties":{"token":"t","time":1795253340123,"distinct_id":"ann",
       "$insert_id":"m2","items":[{"item_id":"g1","price":"89"}],"order_id":"O2"}}])");
  ASSERT_EQ(batch.events.size(), 2u);
  EXPECT_EQ(batch.events[0].type, EventType::kSave);
  EXPECT_EQ(batch.events[0].device_id, "d-9");
  EXPECT_EQ(batch.events[0].shopper_id, "");
  EXPECT_EQ(batch.events[0].event_id, "m1");
  EXPECT_EQ(batch.events[1].garment_id, "g1");
  EXPECT_EQ(batch.events[1].price, 89);
}

TEST(PostHog, ABatchThatIsSentAgainCountsOnce) {
  const auto id = [](std::string_view format, std::string_view event, std::string_view sent_at) {
    return taken(fmt::format(R"({{"{}":"{}","batch":[{}]}})", format, sent_at, event)).events.at(0).event_id;
  };
  for (const auto& [member, event] :
       {std::pair{"sent_at", R"({"event":"like","distinct_id":"ann","properties":{"product_id":"g1"}})"},
        {"sent_at", R"({"event_type":"like","user_id":"ann","event_properties":{"product_id":"g1"}})"},
        {"sentAt", R"({"type":"track","event":"Product Viewed","userId":"ann","properties":{"sku":"g1"}})"}})
    EXPECT_EQ(id(member, event, "2026-11-21T09:29:00Z"), id(member, event, "2026-11-21T09:29:30Z")) << event;
}

TEST(PostHog, IdentifyFindsWhatTheStrangerDid) {
  const auto batch =
      taken(R"([{"event":"like","distinct_id":"anon-1","uuid":"u1","properties":{"product_id":"g1",
      "$device_id":"dev-9","$is_identified":false}},
      {"event":"$identify","distinct_id":"ann","uuid":"u2","properties":{"$anon_distinct_id":"anon-1",
      "$device_id":"dev-9"}}])");
  ASSERT_EQ(batch.events.size(), 2u);
  EXPECT_EQ(batch.events[0].device_id, "anon-1");
  EXPECT_EQ(batch.events[1].device_id, "anon-1");
}

TEST(PostHog, LoginsAndLoneClicksAreNoMistakes) {
  const auto batch =
      taken(R"([{"event":"login","distinct_id":"ann","uuid":"u1","properties":{"$device_id":"d"}},
      {"event":"sign_up","distinct_id":"ann","uuid":"u2","properties":{"$device_id":"d"}},
      {"event":"login","distinct_id":"ann","uuid":"u3","properties":{}},
      {"event":"click","distinct_id":"ann","uuid":"u4","properties":{"button":"menu"}},
      {"event":"click","distinct_id":"ann","uuid":"u5","properties":{"product_id":"g1"}},
      {"event_type":"click","user_id":"ann","insert_id":"u6","productId":"g2"}])");
  EXPECT_EQ(batch.ignored, 2u);
  ASSERT_EQ(batch.events.size(), 4u);
  EXPECT_EQ(batch.events[0].type, EventType::kIdentify);
  EXPECT_EQ(batch.events[1].type, EventType::kIdentify);
  EXPECT_EQ(batch.events[2].garment_id, "g1");
  EXPECT_EQ(batch.events[3].garment_id, "g2");
}

TEST(PostHog, OlderAndMixpanelsLoginsNameBoth) {
  const auto logins = taken(R"([
      {"type":"identify","event":"$identify","messageId":"p1","distinct_id":"ann",
       "properties":{"$anon_distinct_id":"d-1"},"timestamp":"2026-11-21T09:00:00Z"},
      {"event":"$identify","properties":{"$identified_id":"ann","$anon_id":"d-2","$insert_id":"m1",
       "time":1795253200}}])");
  ASSERT_EQ(logins.events.size(), 2U);
  for (const Event& login : logins.events) {
    EXPECT_EQ(login.type, EventType::kIdentify);
    EXPECT_EQ(login.shopper_id, "ann");
  }
  EXPECT_EQ(logins.events[0].device_id, "d-1");
  EXPECT_EQ(logins.events[1].device_id, "d-2");
}

TEST(PostHog, AnUnknownNameIsRefusedByName) {
  const auto batch =
      ParsedBatch::judge(R"({"event":"knitted","distinct_id":"ann","properties":{}})", kReceived).value();
  ASSERT_EQ(batch.refused.size(), 1u);
  EXPECT_EQ(batch.refused[0].error.where, "/event");
}

TEST(Amplitude, EventsOfItsHttpApi) {
  const auto batch = taken(R"({"api_key":"k","options":{"min_id_length":1},"events":[
      {"user_id":"ann","device_id":"d-9","event_type":"Product Viewed","time":1795253340000,"session_id":1795253300000,
       "insert_id":"a1","event_id":23,"event_properties":{"product_id":"g1","variant":"Olive"},"language":"de-DE"},
      {"device_id":"d-9","session_id":-1,"event_type":"add_to_cart","insert_id":"a2","productId":"g2","quantity":1,
       "price":30.5,"event_properties":{}},
      {"user_id":"ann","device_id":"d-9","event_type":"$identify","insert_id":"a3","user_properties":{"$set":{}}},
      {"user_id":"ann","event_type":"Order Refunded","insert_id":"a4","event_properties":{"order_id":"O1",
       "return_reason":"too small"}},
      {"user_id":"ann","event_type":"session_start","insert_id":"a5"},
      {"user_id":"ann","event_type":"[Amplitude] Page Viewed","insert_id":"a6"}]})");
  EXPECT_EQ(batch.ignored, 2u);
  ASSERT_EQ(batch.events.size(), 4u);
  EXPECT_EQ(batch.events[0].type, EventType::kProductView);
  EXPECT_EQ(batch.events[0].event_id, "a1");
  EXPECT_EQ(batch.events[0].session_id, "d-9/1795253300000") << "others began theirs in that second too";
  EXPECT_EQ(to_rfc3339(*batch.events[0].occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_EQ(batch.events[1].session_id, "") << "-1: of no session";
  EXPECT_EQ(batch.events[1].garment_id, "g2");
  EXPECT_EQ(batch.events[1].price, 30.5);
  EXPECT_EQ(batch.events[2].type, EventType::kIdentify);
  EXPECT_EQ(batch.events[3].type, EventType::kReturn);
  EXPECT_EQ(batch.events[3].order_id, "O1");
  EXPECT_EQ(batch.events[3].reason, ReturnReason::kTooSmall);
}

TEST(Amplitude, PropertiesMayHaveNamesForPeople) {
  const auto batch = taken(R"({"events":[{"user_id":"ann","event_type":"Add to Cart","insert_id":"e1",
      "event_properties":{"Product ID":"g1","Variant":"Olive","Price":"89,00 €"}},
      {"user_id":"ann","event_type":"Purchase","insert_id":"e2","event_properties":{"Order ID":"O7",
       "Products":[{"Product ID":"g1","Quantity":2}]}}]})");
  ASSERT_EQ(batch.events.size(), 2u);
  EXPECT_EQ(batch.events[0].garment_id, "g1");
  EXPECT_EQ(batch.events[0].colour, "Olive");
  EXPECT_EQ(batch.events[0].price, 89);
  EXPECT_EQ(batch.events[1].order_id, "O7");
  EXPECT_EQ(batch.events[1].quantity, 2);
}

TEST(Amplitude, ItsExportWritesTimesInUtc) {
  const auto batch = taken(R"({"events":[{"user_id":"ann","event_type":"like","$insert_id":"e1",
      "event_time":"2026-11-21 09:29:00.000000","client_event_time":"2031-01-01 00:00:00.000000",
      "event_properties":{"garment_id":"g1"}},{"user_id":"ann","event_type":"like","$insert_id":"e2",
      "event_time":"2026-11-21 04:29:00-05:00","session_id":5,"event_properties":{"garment_id":"g1"}}]})");
  ASSERT_EQ(batch.events.size(), 2u);
  EXPECT_EQ(batch.events[0].type, EventType::kLike);
  EXPECT_EQ(to_rfc3339(*batch.events[1].occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_EQ(batch.events[1].session_id, "") << "no device: whose session it is, is not known";
  EXPECT_EQ(to_rfc3339(*batch.events[0].occurred_at), "2026-11-21T09:29:00Z");
}

TEST(Adobe, ExperienceEventsInEveryWrapping) {
  const auto batch = taken(R"({"events":[
      {"xdm":{"_id":"x1","timestamp":"2026-11-21T09:29:00Z","eventType":"commerce.purchases",
       "identityMap":{"ECID":[{"id":"444","primary":true}],"crmId":[{"id":"ann"}]},
       "commerce":{"purchases":{"value":1},"order":{"purchaseID":"X1","currencyCode":"EUR"}},
       "productListItems":[{"SKU":"g1-olive-m","quantity":2,"priceTotal":178,
        "selectedOptions":[{"attribute":"Color","value":"Olive"}]}]}},
      {"header":{"schemaRef":{}},"body":{"xdmMeta":{},"xdmEntity":{"_id":"x2","eventType":"commerce.productListAdds",
       "identityMap":{"ECID":[{"id":"444"}]},"productListItems":[{"SKU":"g2-m"}]}}},
      {"_id":"x3","eventType":"web.webpagedetails.pageViews","identityMap":{"ECID":[{"id":"444"}]}}]})");
  EXPECT_EQ(batch.ignored, 1u);
  ASSERT_EQ(batch.events.size(), 2u);
  EXPECT_EQ(batch.events[0].type, EventType::kPurchase);
  EXPECT_EQ(batch.events[0].shopper_id, "ann");
  EXPECT_EQ(batch.events[0].device_id, "444");
  EXPECT_EQ(batch.events[0].order_id, "X1");
  EXPECT_EQ(batch.events[0].sku, "g1-olive-m");
  EXPECT_EQ(batch.events[0].colour, "Olive");
  EXPECT_EQ(batch.events[0].price, 89);
  EXPECT_EQ(batch.events[1].type, EventType::kAddToCart);
  EXPECT_EQ(batch.events[1].sku, "g2-m");
  const auto alone =
      taken(R"({"_id":"x4","eventType":"commerce.productViews","identityMap":{"crmId":[{"id":"ann"}]},
      "productListItems":[{"SKU":"g1"}]})");
  EXPECT_EQ(alone.events.at(0).type, EventType::kProductView);
}

TEST(Adobe, AdobesOwnNamespacesAreDevices) {
  for (const char* space : {"CORE", "AdCloud", "TNTID", "WAID"}) {
    const auto batch = taken(fmt::format(
        R"({{"_id":"x","eventType":"commerce.productViews","identityMap":{{"{}":[{{"id":"a"}}]}},
        "productListItems":[{{"SKU":"g1"}}]}})",
        space));
    EXPECT_EQ(batch.events.at(0).device_id, "a") << space;
    EXPECT_EQ(batch.events.at(0).shopper_id, "") << space;
  }
}

TEST(Adobe, AnEventOfAnyonesIsNotAdobes) {
  auto batch =
      ParsedBatch::judge(R"({"_id":"x","eventType":"add_to_cart","userId":"ann","itemId":"g1"})", kReceived)
          .value();
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].garment_id, "g1");
}

TEST(DeadLetters, KeepNoPlaceAndNoAddressOfAnyFormat) {
  const auto batch = ParsedBatch::judge(R"([{"event":"knitted","distinct_id":"ann","properties":{
      "$geoip_latitude":48.20817,"$geoip_longitude":"16.37381","$ip":"203.0.113.7","$email":"ann@shop.example",
      "$current_url":"https://shop.example/p?secret=1","$initial_referrer":"https://s.example/?q=hat"}},
      {"event_type":"knitted","user_id":"ann","insert_id":"i","location_lat":48.20817,"ip_address":"203.0.113.7",
       "event_properties":{"page_url":"https://shop.example/p?secret=1"}}])",
                                        kReceived)
                         .value();
  ASSERT_EQ(batch.refused.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    const std::string kept = serialize_json(batch.original(i));
    for (const char* gone : {"20817", "37381", "203.0.113.7", "secret", "hat", "ann@"})
      EXPECT_EQ(kept.find(gone), std::string::npos) << gone << " in " << kept;
    EXPECT_NE(kept.find("48.2"), std::string::npos);
    EXPECT_NE(kept.find("https://shop.example/p"), std::string::npos);
  }
}

TEST(Orders, OfHundredsOfLinesAreTakenWhole) {
  const auto lines_of = [](std::string_view line) {
    std::string lines;
    for (int i = 1; i <= 300; ++i) {
      lines += lines.empty() ? "" : ",";
      lines += fmt::format(fmt::runtime(line), i);
    }
    return lines;
  };
  const auto order =
      taken(R"({"id":1042,"order_number":1042,"financial_status":"paid","customer_id":7,"line_items":[)" +
            lines_of(R"({{"id":{0},"product_id":{0},"sku":"s{0}","quantity":1}})") + "]}");
  EXPECT_EQ(order.events.size(), 300U);
  const auto refund = taken(
      R"({"id":9,"order_id":1042,"created_at":"2026-11-21T09:00:00Z","refund_line_items":[)" +
      lines_of(
          R"({{"id":{0},"line_item_id":{0},"quantity":1,"line_item":{{"sku":"s{0}","product_id":{0}}}}})") +
      "]}");
  EXPECT_EQ(refund.events.size(), 300U);
}

TEST(WooRefunds, TheirLinesCountBackwards) {
  const auto batch =
      taken(R"({"id":729,"parent_id":727,"date_created_gmt":"2026-11-21T09:29:00","amount":"10.00",
      "reason":"Too big","refunded_by":1,"line_items":[{"id":1,"product_id":93,"quantity":-1,"sku":"g3-m"},
      {"id":2,"product_id":94,"quantity":0,"sku":"g4-m"}]})");
  ASSERT_EQ(batch.events.size(), 1u) << "of the other only money was given back";
  EXPECT_EQ(batch.events[0].type, EventType::kReturn);
  EXPECT_EQ(batch.events[0].order_id, "727");
  EXPECT_EQ(batch.events[0].quantity, 1);
  EXPECT_EQ(batch.events[0].reason, ReturnReason::kTooLarge);
}

std::string shopify_return(std::string_view status) {
  return fmt::format(R"({{"id":945000,"admin_graphql_api_id":"gid://shopify/Return/945000","status":"{}",
      "order":{{"id":820982911,"admin_graphql_api_id":"gid://shopify/Order/820982911"}},"name":"#1001-R1",
      "total_return_line_items":2,"return_line_items":[
      {{"id":1,"quantity":1,"return_reason":"size_too_small","return_reason_note":"","customer_note":"Jon Doe",
        "fulfillment_line_item":{{"id":2,"line_item":{{"id":8665,"admin_graphql_api_id":"gid://shopify/LineItem/8665"}}}}}},
      {{"id":3,"quantity":1,"return_reason":"style","line_item":{{"id":8666,"sku":"g2-m","product_id":7880}}}}]}})",
                     status);
}

TEST(ShopifyReturns, TheirLinesSayWhy) {
  const auto returned = taken(shopify_return("open"));
  ASSERT_EQ(returned.events.size(), 2u);
  EXPECT_EQ(returned.events[0].type, EventType::kReturn);
  EXPECT_EQ(returned.events[0].order_id, "820982911");
  EXPECT_EQ(returned.events[0].event_id, "return-945000#8665") << "of two returns of one line each counts";
  EXPECT_EQ(returned.events[0].line_number, "8665");
  EXPECT_EQ(returned.events[0].reason, ReturnReason::kTooSmall);
  EXPECT_EQ(returned.events[1].sku, "g2-m");
  EXPECT_EQ(returned.events[1].reason, ReturnReason::kStyle);
  EXPECT_EQ(serialize_json(returned.original(0)).find("Jon"), std::string::npos);
}

TEST(ShopifyReturns, OrdersAndRefundsTellTheNumbersOfLines) {
  EXPECT_EQ(
      taken(R"({"id":82,"order_number":1,"line_items":[{"id":8665,"sku":"g1"}]})").events.at(0).line_number,
      "8665");
  EXPECT_EQ(taken(R"({"id":9,"order_id":82,"refund_line_items":[{"id":1,"line_item_id":8665}]})")
                .events.at(0)
                .line_number,
            "8665");
}

TEST(ShopifyReturns, ALineWithoutNameIsNotTheWholeOrder) {
  auto batch = ParsedBatch::judge(R"({"id":945000,"status":"open","order":{"id":82},"return_line_items":[
      {"id":1,"quantity":1,"return_reason":"other"},{"id":3,"quantity":1,"line_item":{"id":8666}}]})",
                                  kReceived)
                   .value();
  batch.screen([](Event& event) { return validate(event, kReceived); });
  ASSERT_EQ(batch.events.size(), 1u);
  EXPECT_EQ(batch.events[0].line_number, "8666");
  ASSERT_EQ(batch.refused.size(), 1u);
  EXPECT_EQ(batch.refused[0].error.where, "/return_line_items/0/line_item/product_id");
}

TEST(ShopifyReturns, OneThatIsNotMadeTeachesNothing) {
  for (const char* status : {"requested", "declined", "canceled"})
    EXPECT_EQ(taken(shopify_return(status)).ignored, 1u) << status;
}

}  // namespace
}  // namespace modiste
