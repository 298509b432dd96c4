// What senders say twice or loosely of one product, and events that come again from a dead letter.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

std::string segment_of(std::string_view properties) {
  return fmt::format(R"({{"batch":[{{"type":"track","event":"Product Added","messageId":"m","userId":"ada",
      "properties":{}}}]}})",
                     properties);
}

std::string common(std::string_view members) {
  return fmt::format(
      R"({{"events":[{{"event_id":"e","event":"added_to_bag","user_id":"ada","product_id":"g1",{}}}]}})",
      members);
}

TEST(KeptEvents, AColourComesBeforeWhatIsCalledAVariant) {
  for (const char* product :
       {R"("variant":"M","color":"Wine","size":"M")", R"("variant":"4211","color":"Wine")",
        R"("variant":{"title":"M"},"color":"Wine")", R"("item_variant":"M","colour":"Wine")"}) {
    EXPECT_EQ(admitted(segment_of(fmt::format(R"({{"product_id":"g1",{}}})", product))).events.at(0).colour,
              "Wine")
        << product;
    EXPECT_EQ(admitted(common(product)).events.at(0).colour, "Wine") << product;
  }
  const auto klaviyo = admitted(R"({"token":"t","event":"Viewed Product","customer_properties":{"$id":"ada"},
      "properties":{"ProductID":"g1","Variant":"M","Color":"Wine"}})");
  EXPECT_EQ(klaviyo.events.at(0).colour, "Wine");
  const auto ga4 = admitted(R"({"client_id":"c","events":[{"name":"add_to_cart","params":{"items":[
      {"item_id":"g1","item_variant":"M","item_color":"Wine"}]}}]})");
  EXPECT_EQ(ga4.events.at(0).colour, "Wine");
  EXPECT_EQ(admitted(segment_of(R"({"product_id":"g1","variant":"M / Wine"})")).events.at(0).colour,
            "M / Wine");
}

TEST(KeptEvents, WhatDoesNotFitItsMemberDoesNotKeepItsPlace) {
  const auto batch = admitted(common(R"("price":{"text":"ask"},"amount":89,"currency":"EUR")"));
  EXPECT_EQ(batch.events.at(0).price, 89);
}

TEST(KeptEvents, AMarkBeforeThreeDigitsIsReadByTheCurrency) {
  const auto price = [](std::string_view members) { return admitted(common(members)).events.at(0).price; };
  EXPECT_EQ(price(R"("price":"1.299","currency":"EUR")"), 1299);
  EXPECT_EQ(price(R"("currency":"EUR","price":"1,299")"), 1299);
  EXPECT_EQ(price(R"("price":"1.299 EUR")"), 1299);
  EXPECT_EQ(price(R"("price":"12.500","currency":"KWD")"), 12.5);
  EXPECT_EQ(price(R"("price":"1.299")"), std::nullopt) << "it can be read in two ways";
  EXPECT_FALSE(admitted(common(R"("price":"1.299")")).warnings.empty()) << "and that is said";
  EXPECT_EQ(price(R"("price":"89.90","currency":"EUR")"), 89.9);
  EXPECT_EQ(price(R"("price":"0.125","currency":"EUR")"), 0.125);
  EXPECT_EQ(price(R"("price":1.299,"currency":"EUR")"), 1.299) << "a number is a number";
}

// The ids of events that come without are made of what they say. A dead letter says it more coarsely.
TEST(KeptEvents, AnEventFromADeadLetterHasTheSameIdAndPerson) {
  const char* bodies[] = {
      R"({"client_id":"c","ip_override":"1.2.3.4","events":[{"name":"add_to_cart","params":{
        "page_location":"https://s.example/p?gclid=1","page_referrer":"https://g.example/?q=ada",
        "items":[{"item_id":"g1"},{"item_id":"g2"}]}}]})",
      R"({"event":"add_to_cart","client_id":"c","page_location":"https://s.example/p?gclid=1",
        "ecommerce":{"items":[{"item_id":"g1"},{"item_id":"g2"}]}})",
      R"({"event_name":"add_to_cart","event_timestamp":1795253340000000,"user_pseudo_id":"c",
        "event_params":[{"key":"a","value":{"string_value":"b"}}],"page_location":"https://s.example/?x=1",
        "items":[{"item_id":"g1"}]})",
      R"({"requests":[{"idsite":1,"rec":1,"_id":"abcdabcdabcdabcd","url":"https://s.example/p?x=1","urlref":"https://g.example/?q=1",
        "_pks":"g1","_pkn":"Dress","lat":"52.5123"}]})",
      R"({"batch":[{"type":"track","event":"Product Added","anonymousId":"a","context":{"ip":"1.2.3.4",
        "page":{"referrer":"https://g.example/?q=ada"}},"properties":{"product_id":"g1"}}]})",
      R"({"data":{"type":"event","attributes":{"properties":{"ProductID":"g1"},"unique_id":"u1",
        "metric":{"data":{"type":"metric","attributes":{"name":"Viewed Product"}}},
        "profile":{"data":{"type":"profile","attributes":{"email":"ada@example.com","first_name":"Ada"}}}}}})",
      R"({"data":{"type":"event","attributes":{"properties":{"ProductID":"g1"},
        "metric":{"data":{"type":"metric","attributes":{"name":"Viewed Product"}}},
        "profile":{"data":{"type":"profile","attributes":{"email":"ada@example.com","first_name":"Ada"}}}}}})"};
  for (const char* body : bodies) {
    const auto live = admitted(body);
    ASSERT_FALSE(live.events.empty()) << body;
    const std::string letter = serialize_json(live.original(0));
    EXPECT_EQ(letter.find("example.com\""), std::string::npos) << letter;
    const auto again = admitted(letter);
    ASSERT_EQ(again.events.size(), live.events.size()) << letter;
    for (size_t i = 0; i < live.events.size(); ++i) {
      EXPECT_EQ(again.events[i].event_id, live.events[i].event_id) << letter;
      EXPECT_EQ(again.events[i].email_hash, live.events[i].email_hash) << letter;
      EXPECT_EQ(again.events[i].device_id, live.events[i].device_id) << letter;
    }
  }
}

}  // namespace
}  // namespace modiste
