// Event batches of mParticle's.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest_testing.h"

namespace modiste {
namespace {

std::string mparticle(std::string_view events) {
  return fmt::format(
      R"({{"schema_version":2,"environment":"production","mpid":"65432109876","mp_deviceid":"d-1",
      "user_identities":{{"customer_id":"ada","email":"ada@example.com"}},"user_attributes":{{"$FirstName":"Ada"}},
      "device_info":{{"device_model":"Phone"}},"ip":"203.0.113.7","events":[{}]}})",
      events);
}

std::string commerce(std::string_view action, std::string_view more = "") {
  return fmt::format(
      R"({{"event_type":"commerce_event","data":{{"source_message_id":"m1","session_uuid":"s-1","currency_code":"EUR",
      "timestamp_unixtime_ms":1795253340000,"product_action":{{"action":"{}"{},"products":[
      {{"id":"g1","variant":"Olive / M","price":89,"quantity":2,"custom_attributes":{{"sku":"g1-olive-m"}}}},
      {{"id":"g2","price":"20.00"}}]}}}}}})",
      action, more);
}

std::string told_by_mparticle(const ParsedBatch& batch) {
  std::string all;
  for (const Event& event : batch.events)
    all += fmt::format("{}{} {} {} {}", all.empty() ? "" : "; ", name_of(event.type), event.garment_id,
                       event.order_id, event.query);
  return all;
}

TEST(Mparticle, AnActionIsOfItsProducts) {
  const auto batch = taken(mparticle(commerce("purchase", R"(,"transaction_id":"O1")")));
  EXPECT_EQ(told_by_mparticle(batch), "purchase g1 O1 ; purchase g2 O1 ");
  const Event& event = batch.events.at(0);
  EXPECT_EQ(event.shopper_id, "ada");
  EXPECT_EQ(event.external_id, "65432109876");
  EXPECT_EQ(event.device_id, "d-1");
  EXPECT_EQ(event.session_id, "s-1");
  EXPECT_EQ(event.sku, "g1-olive-m");
  EXPECT_EQ(event.colour, "Olive / M");
  EXPECT_EQ(event.quantity, 2);
  EXPECT_EQ(event.currency, "EUR");
  EXPECT_EQ(to_rfc3339(*event.occurred_at), "2026-11-21T09:29:00Z");
  EXPECT_EQ(told_by_mparticle(taken(mparticle(commerce("view_detail")))),
            "product_view g1  ; product_view g2  ");
  EXPECT_EQ(taken(mparticle(commerce("checkout"))).ignored, 1U);
}

TEST(Mparticle, WhatWasShownIsAnImpression) {
  const auto batch = taken(mparticle(R"({"event_type":"commerce_event","data":{"source_message_id":"m2",
      "product_impressions":[{"product_impression_list":"Home","products":[{"id":"g1"},{"id":"g2"}]}]}})"));
  ASSERT_EQ(batch.events.size(), 1U);
  EXPECT_EQ(batch.events[0].type, EventType::kImpression);
  EXPECT_EQ(batch.events[0].items.size(), 2U);
}

TEST(Mparticle, AnEventOfTheShopsIsWhatItsNameSays) {
  const auto batch = taken(mparticle(
      R"({"event_type":"custom_event","data":{"event_name":"Products Searched","custom_event_type":"search",
          "custom_attributes":{"query":"linen dress"}}},
         {"event_type":"screen_view","data":{"screen_name":"Home"}},{"event_type":"session_start","data":{}})"));
  EXPECT_EQ(told_by_mparticle(batch), "search   linen dress");
  EXPECT_EQ(batch.ignored, 2U);
}

TEST(Mparticle, OfWhatIsRefusedOnlyIdsAreKept) {
  const auto batch = ParsedBatch::judge(mparticle(commerce("levitate")), kReceived);
  ASSERT_TRUE(batch.ok());
  ASSERT_EQ(batch->refused.size(), 1U);
  const std::string kept = serialize_json(batch->original(0));
  for (const char* gone : {"Ada", "example.com", "203.0.113.7", "Phone"})
    EXPECT_EQ(kept.find(gone), std::string::npos) << gone << " in " << kept;
  EXPECT_NE(kept.find("\"customer_id\":\"ada\""), std::string::npos);
}

}  // namespace
}  // namespace modiste
