// What stands in entries besides what our format has: other clocks, ratings of other scales, orders that came
// to nothing, lists by other names.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "ingest/ingest_testing.h"
#include "ingest/known_events.h"
#include "ingest/order_state.h"
#include "ingest/sent_ids.h"
#include "ingest/written_rating.h"
#include "ingest/written_time.h"

namespace modiste {
namespace {

Event own(std::string_view members) {
  const auto batch = taken(
      fmt::format(R"({{"events":[{{"event_id":"1","shopper_id":"ada","garment_id":"g1",{}}}]}})", members));
  EXPECT_EQ(batch.events.size(), 1U) << members;
  return batch.events.empty() ? Event{} : batch.events[0];
}

TEST(LooseEntries, TimesAsProgramsWriteThem) {
  for (const char* time :
       {R"("20261121T092900Z")", R"("20261121T102900+0100")", R"("20261121T092900.000Z")",
        R"({"$date":"2026-11-21T09:29:00.000Z"})", R"({"$date":1795253340000})",
        R"({"$date":{"$numberLong":"1795253340000"}})", R"({"seconds":1795253340,"nanos":0})",
        R"({"_seconds":1795253340,"_nanoseconds":0})", R"("/Date(1795253340000)/")",
        R"("/Date(1795253340000+0100)/")", R"("2026-11-21 09:29:00.000000000 +0000 UTC")",
        R"("2026-11-21T10:29:00+01:00[Europe/Paris]")", R"("2026/11/21 09:29:00Z")"}) {
    const Event event = own(fmt::format(R"("type":"like","occurred_at":{})", time));
    ASSERT_TRUE(event.occurred_at) << time;
    EXPECT_EQ(to_rfc3339(*event.occurred_at), "2026-11-21T09:29:00Z") << time;
  }
  for (const char* none : {"2026-11-21 09:29:00", "Sat Nov 21 09:29:00 2026", "20261121", "20261121T0929",
                           "20261321T092900Z", "21/11/2026 09:29:00Z"})
    EXPECT_FALSE(written_time(none)) << none;
}

TEST(LooseEntries, RatingsOfOtherScales) {
  const std::pair<const char*, double> kRatings[] = {{"4", 4},
                                                     {R"("4,5")", 4.5},
                                                     {R"("4/5")", 4},
                                                     {R"("8/10")", 4},
                                                     {R"("9 von 10")", 4.5},
                                                     {R"("5 stars")", 5},
                                                     {R"("★★★★☆")", 4},
                                                     {R"("4 out of 5")", 4},
                                                     {R"("80%")", 4},
                                                     {R"("1/10")", 1},
                                                     {R"({"ratingValue":"9","bestRating":"10"})", 4.5}};
  for (const auto& [rating, stars] : kRatings)
    EXPECT_EQ(own(fmt::format(R"("type":"review","rating":{})", rating)).rating, stars) << rating;
  EXPECT_EQ(own(R"("type":"review","rating":3,"best_rating":10)").rating, 1.5) << "three of ten is bad";
  EXPECT_EQ(own(R"("type":"review","rating":"4/5","max_rating":5)").rating, 4);
  EXPECT_EQ(own(R"("type":"review","score":2)").rating, 2);
  for (const char* none : {"good", "", "5/4", "-3", "1 2 3"})
    EXPECT_FALSE(written_rating(json::value(none))) << none;
  const auto alone = ParsedBatch::judge(
      R"({"events":[{"event_id":"1","type":"review","shopper_id":"ada","garment_id":"g1","rating":9}]})",
      kReceived);
  ASSERT_TRUE(alone.ok());
  for (const Event& event : alone->events) EXPECT_FALSE(event.rating) << "nine of five";
}

TEST(LooseEntries, AnOrderThatCameToNothingTeachesNothing) {
  for (const char* state : {"cancelled", "CANCELED", "Storniert", "annulé", "cancelado", "annullato",
                            "geannuleerd", "anulowane", "キャンセル", "failed", "payment_failed", "voided"}) {
    EXPECT_TRUE(says_failed(state)) << state;
    const auto batch = admitted(fmt::format(
        R"({{"events":[{{"event_id":"1","type":"purchase","shopper_id":"ada","garment_id":"g1","order_id":"o1",
        "status":"{}"}}]}})",
        state));
    EXPECT_TRUE(batch.events.empty()) << state;
    EXPECT_EQ(batch.ignored, 1U) << state;
  }
  for (const char* state : {"paid", "completed", "shipped", "processing", "not cancelled", "whatever"})
    EXPECT_FALSE(says_failed(state)) << state;
  EXPECT_FALSE(says_cancelled("I wanted to cancel it but it had been sent already"));
}

TEST(LooseEntries, ACancelledOrderIsNoReturn) {
  for (const char* reason :
       {"cancelled", "Order cancelled by customer", "Bestellung storniert", "Annulation"})
    EXPECT_EQ(taken(fmt::format(R"({{"events":[{{"event_id":"1","type":"return","shopper_id":"ada",
        "garment_id":"g1","order_id":"o1","reason":"{}"}}]}})",
                                reason))
                  .ignored,
              1U)
        << reason;
  EXPECT_EQ(taken(R"({"batch":[{"type":"track","event":"Order Refunded","messageId":"m","userId":"ada",
      "timestamp":"2026-11-21T09:29:00Z","properties":{"order_id":"o1","status":"cancelled"}}]})")
                .ignored,
            1U);
  constexpr std::string_view kRefund =
      R"({{"id":9,"order_id":5,"created_at":"2026-11-21T09:29:00Z","refund_line_items":[{{"id":1,"line_item_id":50,
      "quantity":1,"restock_type":"{}","line_item":{{"id":50,"sku":"g1","product_id":1}}}}]}})";
  EXPECT_EQ(taken(fmt::format(kRefund, "return")).events.size(), 1U);
  EXPECT_EQ(taken(fmt::format(kRefund, "cancel")).ignored, 1U);
}

TEST(LooseEntries, NamesOfWhatFailedOrWasAskedForTeachNothing) {
  for (const char* name : {"order_canceled", "purchase_cancelled", "return_requested", "add_to_cart_failed",
                           "order_shipped", "payment_declined"})
    EXPECT_TRUE(teaches_nothing(name)) << name;
  for (const char* name : {"order_made", "product_added", "cancellable"})
    EXPECT_FALSE(teaches_nothing(name)) << name;
}

TEST(LooseEntries, ListsOfOrdersAndOfAnythingElse) {
  constexpr std::string_view kOrder =
      R"({"id":5,"order_number":5,"currency":"EUR","financial_status":"paid","customer":{"id":7},
      "created_at":"2026-11-21T09:29:00Z","line_items":[{"id":50,"sku":"g1","product_id":1,"quantity":1}]})";
  EXPECT_EQ(taken(fmt::format(R"({{"orders":[{}]}})", kOrder)).events.size(), 1U);
  EXPECT_EQ(taken(fmt::format(R"({{"order":{}}})", kOrder)).events.size(), 1U);
  const auto refused = ParsedBatch::judge(R"({"order":{"id":5,"weight":3}})", kReceived);
  ASSERT_TRUE(refused.ok());
  ASSERT_EQ(refused->refused.size(), 1U);
  EXPECT_EQ(refused->refused[0].error.where.substr(0, 6), "/order");
  for (const char* name : {"records", "messages", "items", "data"}) {
    const auto batch = taken(fmt::format(
        R"({{"{}":[{{"event_id":"1","type":"like","shopper_id":"ada","garment_id":"g1"}}]}})", name));
    EXPECT_EQ(batch.events.size(), 1U) << name;
  }
  EXPECT_FALSE(ParsedBatch::judge(R"({"evnts":[]})", kReceived).ok()) << "a misspelled name is said";
}

TEST(LooseEntries, ANumberIsNoCurrency) {
  const auto batch =
      admitted(R"({"batch":[{"type":"track","event":"Order Completed","messageId":"m","userId":"ada",
      "timestamp":"2026-11-21T09:29:00Z","properties":{"order_id":"o1","currency":"978",
      "products":[{"product_id":"g1","price":89}]}}]})");
  ASSERT_EQ(batch.events.size(), 1U);
  EXPECT_EQ(batch.events[0].currency, "");
  EXPECT_EQ(batch.events[0].price, 89);
  EXPECT_EQ(batch.warnings.size(), 1U);
}

TEST(LooseEntries, AByteOrderMarkIsPassedOver) {
  EXPECT_EQ(taken("\xEF\xBB\xBF"
                  R"({"events":[{"event_id":"1","type":"like","shopper_id":"ada","garment_id":"g1"}]})")
                .events.size(),
            1U);
}

TEST(LooseEntries, PixelsThatHaveLostTheirProductAreAboutNothing) {
  const std::pair<const char*, const char*> kEvents[] = {{"product_added_to_cart", R"({"cartLine":null})"},
                                                         {"product_viewed", R"({"productVariant":null})"},
                                                         {"checkout_completed", R"({"checkout":null})"},
                                                         {"search_submitted", R"({"searchResult":null})"}};
  for (const auto& [name, data] : kEvents)
    EXPECT_EQ(taken(fmt::format(R"({{"id":"e","name":"{}","clientId":"c","timestamp":"2026-11-21T09:29:00Z",
        "data":{}}})",
                                name, data))
                  .ignored,
              1U)
        << name;
}

TEST(LooseEntries, OtherNumbersOfTheProduct) {
  for (const char* name : {"mpn", "gtin", "ean", "barcode", "handle", "parent_sku", "item_group_id"}) {
    const auto batch = admitted(fmt::format(
        R"({{"type":"track","event":"Product Added","messageId":"m","userId":"ada",
        "timestamp":"2026-11-21T09:29:00Z","properties":{{"{}":"A-100"}}}})",
        name));
    ASSERT_EQ(batch.events.size(), 1U) << name;
    EXPECT_EQ(batch.events[0].also_known_as, std::vector<std::string>{"A-100"}) << name;
  }
}

TEST(LooseEntries, UnfilledTemplatesNameNobody) {
  for (const char* id : {"{{user_id}}", "${userId}", "%%user_id%%", "<user id>", "{% user %}",
                         "not logged in", "(none)", "Guest User"})
    EXPECT_TRUE(is_no_id(id)) << id;
  for (const char* id : {"{a}", "<", "{{}}x", "user", "<3 ada"}) EXPECT_FALSE(is_no_id(id)) << id;
}

TEST(LooseEntries, GooglesConsentModeIsHeard) {
  EXPECT_EQ(taken(R"({"client_id":"c","events":[{"name":"view_item","params":{"analytics_storage":"denied",
      "items":[{"item_id":"g1"}]}}]})")
                .ignored,
            1U);
  EXPECT_EQ(taken(R"({"events":[{"event":"view_item","client_id":"c","consent":{"analytics_storage":"denied"},
      "ecommerce":{"items":[{"item_id":"g1"}]}}]})")
                .ignored,
            1U);
  EXPECT_EQ(
      taken(R"({"client_id":"c","consent":{"ad_personalization":"DENIED"},"timestamp_micros":1795253340000000,
      "events":[{"name":"view_item","params":{"items":[{"item_id":"g1"}]}}]})")
          .events.size(),
      1U)
      << "advertising is of other companies";
}

}  // namespace
}  // namespace modiste
