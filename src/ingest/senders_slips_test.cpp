// What senders write where they have nothing to say, and what retries and wrong clocks make of their events.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/event_door.h"
#include "ingest/ingest_testing.h"
#include "ingest/sent_ids.h"
#include "ingest/sent_members.h"

namespace modiste {
namespace {

ParsedBatch judged(std::string_view body, std::string_view at = "2026-11-21T09:30:00Z") {
  auto admission = ParsedBatch::judge(body, parse_rfc3339(at).value());
  EXPECT_TRUE(admission.ok()) << (admission.ok() ? "" : admission.error().message()) << body;
  for (const auto& refused : admission->refused) ADD_FAILURE() << refused.error.message();
  return std::move(admission).value();
}

TEST(SendersSlips, TheHashOfNothingIsNobody) {
  constexpr std::string_view kOfNothing = "E3B0C44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  EXPECT_TRUE(is_no_id(kOfNothing));
  EXPECT_TRUE(is_no_id("d41d8cd98f00b204e9800998ecf8427e")) << "by MD5";
  EXPECT_FALSE(is_no_id(hash_of_address("ada@example.com")));
  const auto meta = judged(fmt::format(
      R"({{"data":[{{"event_name":"AddToCart","event_time":1795253340,"event_id":"m","user_data":{{"em":["{}"],
      "ph":["{}"],"external_id":"e-1","fbp":"b"}},"custom_data":{{"content_ids":["g1"]}}}}]}})",
      kOfNothing, kOfNothing));
  EXPECT_EQ(meta.events.at(0).email_hash, "");
  EXPECT_EQ(meta.events.at(0).external_id, "e-1");
  EXPECT_EQ(meta.warnings.size(), 2u);
  EXPECT_EQ(
      judged(fmt::format(R"({{"events":[{{"event_id":"1","type":"like","garment_id":"g1","device_id":"d",
      "email_hash":"{}"}}]}})",
                         kOfNothing))
          .events.at(0)
          .email_hash,
      "");
}

TEST(SendersSlips, WordsForNoIdNameNobodyAndNoOrder) {
  for (const char* id : {"undefined", "null", "None", "0", "guest", "[object Object]", " ",
                         "00000000-0000-0000-0000-000000000000"}) {
    const auto own = judged(fmt::format(
        R"({{"events":[{{"event_id":"1","type":"purchase","garment_id":"g1","device_id":"d-1","shopper_id":"{}",
        "order_id":"{}"}}]}})",
        id, id));
    EXPECT_EQ(own.events.at(0).shopper_id, "") << id;
    EXPECT_EQ(own.events.at(0).order_id, "") << id;
    EXPECT_EQ(own.warnings.size(), *id == ' ' ? 0u : 2u) << id;
    const auto segment = judged(fmt::format(
        R"({{"batch":[{{"type":"track","event":"Product Added","messageId":"m","anonymousId":"d-1","userId":"{}",
        "properties":{{"product_id":"g1"}}}},
        {{"type":"identify","messageId":"n","anonymousId":"d-1","userId":"{}"}}]}})",
        id, id));
    EXPECT_EQ(segment.events.at(0).shopper_id, "") << id;
    EXPECT_EQ(segment.events.at(0).device_id, "d-1");
    EXPECT_EQ(segment.ignored, 1u) << "an identify of one id";
  }
  const auto warned = judged(R"({"batch":[{"type":"track","event":"Product Added","messageId":"m",
      "anonymousId":"d","userId":"undefined","properties":{"product_id":"g1"}}]})");
  ASSERT_EQ(warned.warnings.size(), 1u);
  EXPECT_EQ(warned.warnings[0].error.where, "/batch/0/userId");
  EXPECT_EQ(judged(R"({"events":[{"event_id":"1","type":"like","garment_id":"g1","shopper_id":" 77  "}]})")
                .events.at(0)
                .shopper_id,
            "77");
}

TEST(SendersSlips, AnAddressIsHashed) {
  const std::string hash = hash_of_address("ada@shop.example");
  const auto meta = judged(R"({"data":[{"event_name":"AddToCart","event_time":1795253340,"event_id":"m",
      "user_data":{"em":"Ada@Shop.example "},"custom_data":{"content_ids":["g1"]}}]})");
  EXPECT_EQ(meta.events.at(0).email_hash, hash);
  EXPECT_NE(serialize_json(meta.original(0)).find(hash), std::string::npos);
  EXPECT_EQ(serialize_json(meta.original(0)).find('@'), std::string::npos);
  EXPECT_EQ(judged(R"({"events":[{"event_id":"1","type":"like","garment_id":"g1",
      "email_hash":"Ada@Shop.example"}]})")
                .events.at(0)
                .email_hash,
            hash);
}

// Phones that begin their sessions in one second.
TEST(SendersSlips, ASessionThatIsATimeIsTheDevicesOwn) {
  const auto rudder = judged(R"({"batch":[{"type":"track","event":"Product Added","messageId":"m",
      "anonymousId":"a","context":{"sessionId":1795253340},"properties":{"product_id":"g1"}},
      {"type":"track","event":"Product Added","messageId":"n","anonymousId":"a",
      "properties":{"product_id":"g1","session_id":"1795253340"}},
      {"type":"track","event":"Product Added","messageId":"o","userId":"ada",
      "context":{"sessionId":"own-7"},"properties":{"product_id":"g1"}}]})");
  EXPECT_EQ(rudder.events.at(0).session_id, "a/1795253340");
  EXPECT_EQ(rudder.events.at(1).session_id, "a/1795253340");
  EXPECT_EQ(rudder.events.at(2).session_id, "own-7");
  EXPECT_EQ(judged(R"({"eventType":"detail-page-view","visitorId":"v","sessionId":"1795253340",
      "productDetails":[{"product":{"id":"g1"}}]})")
                .events.at(0)
                .session_id,
            "v/1795253340");
}

TEST(SendersSlips, AWrongClockDoesNotCostWhatAShopperChose) {
  const auto chosen = [](std::string_view type, std::string_view what, std::string_view at) {
    auto batch = judged(fmt::format(
        R"({{"events":[{{"event_id":"1","type":"{}","shopper_id":"ada","occurred_at":"{}",{}}}]}})", type, at,
        what));
    EXPECT_EQ(batch.warnings.size(), 1u);
    return batch.events.at(0);
  };
  constexpr std::string_view kEarly = "2026-11-21T09:36:00Z", kLate = "2026-10-01T00:00:00Z";
  const auto no = R"("consent":{"personalisation":false})", yes = R"("consent":{"personalisation":true})";
  EXPECT_EQ(chosen("consent", no, kEarly).occurred_at, kReceived);
  EXPECT_EQ(chosen("consent", no, kLate).occurred_at, kReceived);
  EXPECT_EQ(chosen("consent", yes, kEarly).occurred_at, kReceived);
  const Event late = chosen("consent", yes, kLate);
  EXPECT_LT(*late.occurred_at, kReceived - std::chrono::days(29)) << "they may have taken it back since";
  EXPECT_TRUE(validate(late, kReceived + std::chrono::minutes(1)).ok());
  EXPECT_EQ(chosen("vetoes", R"("vetoes":{"colours":["red"]})", kLate).occurred_at, kReceived);
}

TEST(SendersSlips, AQueryThatWaitsIsKeptAsItsMembers) {
  const auto live =
      judged(R"({"requests":["?idsite=1&rec=1&idgoal=0&ec_id=O1&uid=ada%40example.com&cip=1.2.3.4)"
             R"(&cdt=1795253340&url=https%3A%2F%2Fs.example%2Fp%3Fq%3D1&ec_items=%5B%5B%22g1%22%5D%5D"]})");
  ASSERT_EQ(live.events.size(), 1u);
  const std::string letter = serialize_json(live.original(0));
  EXPECT_EQ(letter.find("1.2.3.4"), std::string::npos) << letter;
  EXPECT_EQ(letter.find("q=1"), std::string::npos) << letter;
  EXPECT_NE(letter.find("ada@example.com"), std::string::npos) << "an erasure finds it";
  EXPECT_EQ(judged(letter).events.at(0).event_id, live.events[0].event_id);
  EXPECT_EQ(judged(letter).events.at(0).order_id, "O1");
}

TEST(SendersSlips, AnEntryAloneMayBeSpelledAsInABatch) {
  for (const char* entry : {R"({"eventId":"e1","eventName":"purchase","userId":"ada","itemId":"g1"})",
                            R"({"id":"e1","name":"add_to_cart","userId":"ada","itemId":"g1"})",
                            R"({"Event":"like","messageId":"e1","userId":"ada","itemId":"g1"})"}) {
    EXPECT_EQ(judged(entry).events.at(0).shopper_id, "ada") << entry;
    const auto batch = judged(fmt::format(R"({{"events":[{}]}})", entry));
    EXPECT_EQ(judged(serialize_json(batch.original(0))).events.size(), 1u) << "as a letter is replayed";
  }
}

TEST(SendersSlips, ATikTokLetterKeepsTheHashes) {
  const std::string hash = hash_of_address("ada@example.com");
  const auto live = judged(fmt::format(
      R"({{"event_source":"web","data":[{{"event":"AddToCart","event_time":1795253340,"event_id":"t",
      "user":{{"email":["{}"],"phone_number":"+4366012345"}},"properties":{{"content_id":"g1"}}}}]}})",
      hash));
  EXPECT_EQ(live.events.at(0).email_hash, hash);
  const std::string letter = serialize_json(live.original(0));
  EXPECT_EQ(judged(letter).events.at(0).email_hash, hash);
  EXPECT_EQ(letter.find("+43"), std::string::npos) << letter;
}

TEST(SendersSlips, ABatchThatIsSentAgainHasTheSameEvents) {
  for (
      const char* entry :
      {R"({"event":"add_to_cart","client_id":"c","timestamp":1795253340,"ecommerce":{"items":[{"item_id":"g1"}]}})",
       R"({"event":"x","client_id":"c","timestamp":1795253340,"ecommerce":{"add":{"products":[{"id":"g1"}]}}})",
       R"({"idsite":"1","rec":"1","_id":"c","cdt":"1795253340","_pks":"g1"})"}) {
    const auto id = [&](std::string_view sent_at) {
      return judged(fmt::format(R"({{"events":[{}],"sent_at":"{}"}})", entry, sent_at)).events.at(0).event_id;
    };
    EXPECT_EQ(id("2026-11-21T09:29:10Z"), id("2026-11-21T09:29:50Z")) << entry;
  }
}

TEST(SendersSlips, TheClockOfEverySenderIsCorrected) {
  for (const char* entry :
       {R"({"id":"e","name":"product_viewed","clientId":"c","timestamp":"2026-11-21T12:29:00Z",
         "data":{"productVariant":{"sku":"g1"}}})",
        R"({"event":"add_to_cart","client_id":"c","timestamp":"2026-11-21T12:29:00Z",
         "ecommerce":{"items":[{"item_id":"g1"}]}})",
        R"({"eventType":"view","userToken":"u","index":"i","objectIDs":["g1"],"timestamp":1795264140000})"}) {
    const auto batch = judged(fmt::format(R"({{"events":[{}],"sent_at":"2026-11-21T12:30:00Z"}})", entry));
    EXPECT_EQ(batch.events.at(0).occurred_at, kReceived - std::chrono::minutes(1)) << entry;
  }
}

TEST(SendersSlips, WithoutIdAndTimeTheDayTellsEventsApart) {
  for (const char* body :
       {R"({"type":"track","event":"Product Added","userId":"ada","properties":{"product_id":"g1"}})",
        R"({"event":"Product Added","distinct_id":"ada","properties":{"product_id":"g1"}})",
        R"({"event_type":"Product Added","user_id":"ada","event_properties":{"product_id":"g1"}})",
        R"({"eventType":"view","userToken":"u","index":"i","objectIDs":["g1"]})",
        R"({"eventType":"add-to-cart","visitorId":"v","productDetails":[{"product":{"id":"g1"}}]})",
        R"({"token":"t","event":"Viewed Product","customer_properties":{"$id":"ada"},
          "properties":{"ProductID":"g1"}})"}) {
    const auto id = [&](std::string_view at) { return judged(body, at).events.at(0).event_id; };
    EXPECT_EQ(id("2026-11-21T09:30:00Z"), id("2026-11-21T09:31:00Z")) << "a retry " << body;
    EXPECT_NE(id("2026-11-21T09:30:00Z"), id("2026-12-12T09:30:00Z")) << body;
  }
}

TEST(SendersSlips, ListsAreReadAsPhpAndTagManagersWriteThem) {
  for (const char* products : {R"({"0":{"product_id":"g1"},"2":{"product_id":"g2"}})",
                               R"("[{\"product_id\":\"g1\"},{\"product_id\":\"g2\"}]")"}) {
    const auto batch = judged(fmt::format(R"({{"batch":[{{"type":"track","event":"Order Completed",
        "messageId":"m","userId":"ada","properties":{{"order_id":"o","products":{}}}}}]}})",
                                          products));
    ASSERT_EQ(batch.events.size(), 2u) << products;
    EXPECT_EQ(batch.events[1].garment_id, "g2");
    const auto posthog = judged(fmt::format(R"({{"event":"Order Completed","distinct_id":"ada","uuid":"u",
        "properties":{{"order_id":"o","Products":{}}}}})",
                                            products));
    EXPECT_EQ(posthog.events.size(), 2u) << products;
  }
  const auto one =
      judged(R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m","userId":"ada",
      "properties":{"order_id":"o","products":{"product_id":"g1","price":10}}}]})");
  EXPECT_EQ(one.events.at(0).garment_id, "g1");
  const auto ga4 = judged(R"({"client_id":"c","events":[{"name":"purchase","params":{"transaction_id":"t",
      "items":"[{\"item_id\":\"g1\"}]"}}]})");
  EXPECT_EQ(ga4.events.at(0).garment_id, "g1");
}

TEST(SendersSlips, AnAppsSnowplowEventIsOfItsInstallation) {
  const auto batch = judged(R"({"event_id":"e","event_name":"snowplow_ecommerce_action",
      "collector_tstamp":"2026-11-21 09:29:00.000",
      "contexts":{"data":[{"schema":"iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2",
        "data":{"userId":"install-1","sessionId":"visit-1"}},
        {"schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/product/jsonschema/1-0-0",
        "data":{"id":"g1"}}]},
      "unstruct_event":{"data":{
        "schema":"iglu:com.snowplowanalytics.snowplow.ecommerce/snowplow_ecommerce_action/jsonschema/1-0-2",
        "data":{"type":"add_to_cart"}}}})");
  EXPECT_EQ(batch.events.at(0).device_id, "install-1");
  EXPECT_EQ(batch.events.at(0).session_id, "visit-1");
}

std::string shopify_order(std::string_view state, std::string_view line) {
  return fmt::format(R"({{"id":7,"order_number":7,"customer":{{"id":1}},"currency":"EUR",{},
      "created_at":"2026-11-21T09:00:00Z","line_items":[{{"id":1,"product_id":11,"price":"100.00",{}}},
      {{"id":2,"product_id":12,"price":"20.00","quantity":1}}]}})",
                     state, line);
}

TEST(SendersSlips, TrialsUnpaidOrdersAndLinesTakenOutTeachNothing) {
  for (const char* state :
       {R"("test":true)", R"("financial_status":"voided")", R"("financial_status":"expired")"})
    EXPECT_EQ(judged(shopify_order(state, R"("quantity":1)")).ignored, 1u) << state;
  for (const char* line : {R"("quantity":0)", R"("quantity":1,"current_quantity":0)"}) {
    const auto order = judged(shopify_order(R"("test":false)", line));
    ASSERT_EQ(order.events.size(), 1u) << line;
    EXPECT_EQ(order.events[0].event_id, "order-7#2");
    EXPECT_EQ(order.events[0].garment_id, "12");
  }
  const auto ga4 = judged(R"({"client_id":"c","events":[{"name":"purchase","params":{"transaction_id":"t",
      "items":[{"item_id":"g1","quantity":0},{"item_id":"g2","quantity":1}]}}]})");
  ASSERT_EQ(ga4.events.size(), 1u);
  EXPECT_EQ(ga4.events[0].garment_id, "g2");
}

TEST(SendersSlips, APieceThatGoesBackIsNoPurchase) {
  const auto exchange = judged(shopify_order(R"("test":false)", R"("quantity":-1)"));
  ASSERT_EQ(exchange.events.size(), 2u);
  EXPECT_EQ(exchange.events[0].type, EventType::kReturn);
  EXPECT_EQ(exchange.events[0].quantity, 1);
  EXPECT_EQ(exchange.events[1].type, EventType::kPurchase);
  const auto ga4 = judged(R"({"client_id":"c","events":[{"name":"purchase","params":{"transaction_id":"t",
      "items":[{"item_id":"g1","quantity":-1}]}}]})");
  EXPECT_EQ(ga4.events.at(0).type, EventType::kReturn);
  EXPECT_EQ(judged(R"({"client_id":"c","events":[{"name":"add_to_cart","params":{
      "items":[{"item_id":"g1","quantity":-1}]}}]})")
                .ignored,
            1u);
}

TEST(SendersSlips, WhatTagManagersAndConsentBannersSayTeachesNothing) {
  for (const char* name : {"gtm.js", "gtm.scrollDepth", "gtm.historyChange-v2", "OneTrustLoaded",
                           "CookiebotOnAccept", "virtualPageview", "Order Shipped"})
    EXPECT_EQ(judged(fmt::format(R"({{"event":"{}","event_id":"m","device_id":"d"}})", name)).ignored, 1u)
        << name;
}

TEST(SendersSlips, TimesAreReadAsDatabasesWriteThem) {
  for (const char* time :
       {R"("2026-11-20 09:00:00 UTC")", R"("2026-11-20 09:00:00.000 +0000")", "1795165200000000000"}) {
    const auto batch = judged(fmt::format(
        R"({{"events":[{{"event_id":"1","type":"like","garment_id":"g1","device_id":"d","occurred_at":{}}}]}})",
        time));
    EXPECT_EQ(batch.events.at(0).occurred_at, parse_rfc3339("2026-11-20T09:00:00Z").value()) << time;
  }
}

TEST(SendersSlips, ThePriceIsWhatWasPaid) {
  const auto order =
      judged(shopify_order(R"("financial_status":"paid")",
                           R"("quantity":2,"discount_allocations":[{"amount":"90.00"},{"amount":"10.00"}])"));
  EXPECT_EQ(order.events.at(0).price, 50);
  EXPECT_EQ(order.events.at(0).discount, 50);
  EXPECT_EQ(order.events.at(1).price, 20);
  const auto pixel = judged(R"({"id":"e","name":"checkout_completed","clientId":"c",
      "timestamp":"2026-11-21T09:29:00Z","data":{"checkout":{"order":{"id":"7"},"currencyCode":"EUR",
      "lineItems":[{"quantity":2,"finalLinePrice":{"amount":100.0,"currencyCode":"EUR"},
      "variant":{"sku":"g1","price":{"amount":100.0,"currencyCode":"EUR"}}}]}}})");
  EXPECT_EQ(pixel.events.at(0).price, 50);
  EXPECT_EQ(pixel.events.at(0).discount, 50);
}

TEST(SendersSlips, NothingShownAndNothingSoughtTeachNothing) {
  for (const char* body :
       {R"({"client_id":"c","events":[{"name":"view_item_list","params":{"items":[]}}]})",
        R"({"client_id":"c","events":[{"name":"search","params":{"search_term":""}}]})",
        R"({"type":"track","event":"Product List Viewed","messageId":"m","userId":"ada","properties":{}})"})
    EXPECT_EQ(judged(body).ignored, 1u) << body;
}

TEST(SendersSlips, AClockThatWasNeverSetSaysNothing) {
  for (const char* time : {"0", R"("1970-01-01T00:00:00Z")", R"("2026-11-21T09:30:00,000Z")"}) {
    const auto batch = judged(fmt::format(R"({{"type":"track","event":"Product Added","messageId":"m",
        "userId":"ada","timestamp":{},"properties":{{"product_id":"g1"}}}})",
                                          time));
    EXPECT_EQ(batch.events.at(0).occurred_at.value_or(kReceived), kReceived) << time;
    EXPECT_TRUE(validate(batch.events.at(0), kReceived).ok()) << time;
  }
}

TEST(SendersSlips, ALongIdIsHashed) {
  const std::string id(150, 'x');
  const auto batch = judged(fmt::format(R"({{"type":"track","event":"Product Added","messageId":"{}",
      "anonymousId":"{}","properties":{{"product_id":"g1"}}}})",
                                        id, id));
  EXPECT_LE(batch.events.at(0).event_id.size(), 100u);
  EXPECT_FALSE(batch.events.at(0).device_id.empty());
}

TEST(SendersSlips, OurOwnBatchMaySayWhoItIsOf) {
  const auto batch = judged(R"({"user_id":"ada","events":[
      {"event_id":"1","type":"like","shopper_id":"ada","garment_id":"g1"}]})");
  EXPECT_EQ(batch.events.at(0).type, EventType::kLike);
}

TEST(SendersSlips, BrazeMayNameAPersonByAddress) {
  const auto live = judged(R"({"events":[{"email":"ada@example.com","name":"add_to_cart",
      "time":"2026-11-21T09:29:00Z","properties":{"product_id":"g1"}}],"attributes":[{"external_id":"ada"}]})");
  ASSERT_EQ(live.events.size(), 1u);
  EXPECT_EQ(live.events[0].email_hash, hash_of_address("ada@example.com"));
  const std::string letter = serialize_json(live.original(0));
  EXPECT_EQ(letter.find('@'), std::string::npos) << letter;
  EXPECT_EQ(judged(letter).events.at(0).event_id, live.events[0].event_id);
  EXPECT_EQ(judged(letter).events.at(0).email_hash, live.events[0].email_hash);
  EXPECT_EQ(judged(R"({"attributes":[{"external_id":"ada","first_name":"Ada"}]})").ignored, 1u);
}

TEST(SendersSlips, WhatIsEchoedIsWholeCharacters) {
  const auto batch = ParsedBatch::judge(
      R"({"batch":[{"type":"track","messageId":"m","userId":"ada","event":"aТовар добавлен в избранное из карусели главной"}]})",
      kReceived);
  ASSERT_EQ(batch->refused.size(), 1u);
  EXPECT_TRUE(parse_json('"' + batch->refused[0].error.what + '"').ok());
  EXPECT_EQ(echo("aТ", 2), "a");
  const auto member = judged(
      R"({"events":[{"event_id":"1","type":"like","shopper_id":"ada","garment_id":"g1",
      "aзагадочное_свойство_которого_никто_не_знает":1,"occurred_at":"aвчера вечером после работы дома"}]})");
  ASSERT_EQ(member.warnings.size(), 2u);
  for (const auto& warning : member.warnings)
    EXPECT_TRUE(parse_json('"' + warning.error.what + '"').ok()) << warning.error.what;
}

}  // namespace
}  // namespace modiste
