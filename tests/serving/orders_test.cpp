// Orders, refunds and unknown garments, from the body that a shop sends to the profile.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "small_shop.h"

namespace modiste {
namespace {

struct OrdersOfAShop : testing::Test {
  SmallShop stores;
  std::unique_ptr<Shop> shop;

  void open() {
    shop.reset();
    shop = std::make_unique<Shop>(ShopPorts{.clock = stores.clock,
                                            .log = stores.log,
                                            .garments = stores.store,
                                            .subjects = stores.store,
                                            .encoder = &stores.encoder,
                                            .letters = &stores.store},
                                  Vocabulary::standard());
    ASSERT_TRUE(shop->load().ok());
  }
  void SetUp() override {
    open();
    ASSERT_TRUE(shop->catalog().upsert(make_garments(10)).ok());
  }
  EventsReport take(std::string_view body) {
    auto report = shop->intake().take(body);
    EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message());
    return report.ok() ? *report : EventsReport{};
  }
  StyleView style(const std::string& shopper) {
    return shop->shoppers().style({IdentifierKind::kUser, shopper});
  }
};

constexpr std::string_view kFromTheServer = R"({"batch":[{"type":"track","event":"Order Completed",
    "messageId":"s","userId":"ada","properties":{"order_id":"T1","products":[
    {"product_id":"77","sku":"G0-M","quantity":1},{"product_id":"78","sku":"G2-S","quantity":1}]}}]})";
constexpr std::string_view kFromTheBrowser =
    R"({"client_id":"c.1","user_id":"ada","events":[{"name":"purchase",
    "params":{"transaction_id":"T1","items":[{"item_id":"G2-S"},{"item_id":"G0","item_variant":"Red / M"}]}}]})";

TEST_F(OrdersOfAShop, AnOrderFromServerAndBrowserCountsOnce) {
  EXPECT_EQ(take(kFromTheServer).accepted, 2);
  const auto again = take(kFromTheBrowser);
  EXPECT_EQ(again.accepted, 0);
  EXPECT_EQ(again.duplicates, 2);
  EXPECT_EQ(style("ada").purchases, 2);
  open();
  EXPECT_EQ(take(kFromTheBrowser).duplicates, 2) << "the log remembers";
  EXPECT_EQ(style("ada").purchases, 2);
}

TEST_F(OrdersOfAShop, ThePixelsPurchaseBecomesTheAccounts) {
  EXPECT_EQ(take(R"({"client_id":"c.1","events":[{"name":"purchase","params":{"transaction_id":"T1",
      "items":[{"item_id":"G0-M"}]}}]})")
                .accepted,
            1);
  EXPECT_EQ(take(R"({"type":"track","event":"Order Completed","messageId":"s","userId":"ada",
      "properties":{"order_id":"T1","products":[{"sku":"G0-M"}]}})")
                .accepted,
            1);
  EXPECT_EQ(style("ada").purchases, 1);
  EXPECT_EQ(shop->shoppers().style({IdentifierKind::kDevice, "c.1"}).purchases, 0);
}

// The crowd's counts hold one purchase: as much as of a garment that was told once.
TEST_F(OrdersOfAShop, AMovedPurchaseIsPopularOnce) {
  take(R"({"client_id":"c.1","events":[{"name":"purchase","params":{"transaction_id":"T1",
      "items":[{"item_id":"G0-M"}]}}]})");
  take(R"({"type":"track","event":"Order Completed","messageId":"s","userId":"ada",
      "properties":{"order_id":"T1","products":[{"sku":"G0-M"}]}})");
  take(R"({"type":"track","event":"Order Completed","messageId":"t","userId":"bea",
      "properties":{"order_id":"T2","products":[{"sku":"G2-M"}]}})");
  const auto answer =
      shop->search().by_words({.query = "under 10000", .count = 10, .shopper_id = "", .filter = {}});
  ASSERT_TRUE(answer.ok());
  std::map<std::string, double> popular;
  for (const auto& item : answer->items)
    for (const auto& part : item.score_breakdown)
      if (part.name == "words") popular[item.garment_id] = part.value;
  ASSERT_TRUE(popular.contains("G0") && popular.contains("G2"));
  EXPECT_GT(popular["G2"], 0);
  EXPECT_NEAR(popular["G0"], popular["G2"], 1e-4);
}

TEST_F(OrdersOfAShop, ARefundReturnsTheLinesOfItsOrder) {
  take(kFromTheServer);
  const auto refund = take(R"({"client_id":"office","events":[{"name":"refund",
      "params":{"transaction_id":"T1"}}]})");
  EXPECT_EQ(refund.accepted, 1);
  EXPECT_TRUE(refund.refused.empty());
  const auto returns = shop->doubtful_garments(10).garments;
  ASSERT_EQ(returns.size(), 2u);
  EXPECT_EQ(returns[0].garment_id, "G0");
  EXPECT_EQ(returns[0].reasons.unknown, 1);
  EXPECT_EQ(returns[0].title, "floral dress ");
  const auto again =
      take(R"({"batch":[{"type":"track","event":"Order Refunded","messageId":"r","userId":"ada",
      "properties":{"order_id":"T1","products":[{"sku":"G0-M"}]}}]})");
  EXPECT_EQ(again.duplicates, 1) << "told twice";
  EXPECT_EQ(style("ada").purchases, 2) << "no reason: nothing about taste";
}

TEST_F(OrdersOfAShop, ARefundWaitsForItsOrder) {
  const auto early = take(R"({"client_id":"c","user_id":"ada","events":[{"name":"refund",
      "params":{"transaction_id":"T1"}}]})");
  ASSERT_EQ(early.refused.size(), 1u);
  EXPECT_EQ(stores.store.letter(*early.refused[0].dead_letter)->reason, DeadReason::kUnknownOrder);
  take(kFromTheServer);
  EXPECT_FALSE(stores.store.letter(*early.refused[0].dead_letter).ok()) << "the order has come";
  EXPECT_EQ(shop->doubtful_garments(10).garments.size(), 2u);
}

TEST_F(OrdersOfAShop, AnUnknownGarmentWaitsUntilItIsSold) {
  const auto report = take(R"({"events":[
      {"event_id":"1","type":"purchase","shopper_id":"ada","garment_id":"G90-M"},
      {"event_id":"2","type":"like","shopper_id":"ada","garment_id":"G1"}]})");
  EXPECT_EQ(report.accepted, 1);
  ASSERT_EQ(report.refused.size(), 1u);
  EXPECT_EQ(report.refused[0].reason, "unknown garment 'G90-M'");
  EXPECT_EQ(report.refused[0].pointer, "/events/0/garment_id");
  EXPECT_EQ(stores.store.letter(*report.refused[0].dead_letter)->reason, DeadReason::kUnknownGarment);
  EXPECT_EQ(shop->intake().counts().refused[static_cast<size_t>(DeadReason::kUnknownGarment)], 1u);
  ASSERT_TRUE(shop->catalog().upsert({make_garment(90)}).ok());
  EXPECT_EQ(style("ada").purchases, 1) << "replayed when the garment came";
  EXPECT_EQ(stores.store.count_letters()->held, 0);
}

// Events are read whatever case their ids are in, and so are those that wait.
TEST_F(OrdersOfAShop, AnUnknownGarmentInAnotherCaseWaitsToo) {
  take(R"({"events":[{"event_id":"1","type":"purchase","shopper_id":"ada","garment_id":" g90 "}]})");
  ASSERT_EQ(stores.store.count_letters()->held, 1);
  ASSERT_TRUE(shop->catalog().upsert({make_garment(90)}).ok());
  EXPECT_EQ(style("ada").purchases, 1);
  EXPECT_EQ(stores.store.count_letters()->held, 0);
}

// Klaviyo's servers name nothing but the address, which a dead letter does not keep.
TEST_F(OrdersOfAShop, AKlaviyoOrderThatWaitedIsStillOfItsBuyer) {
  const auto report = take(R"({"data":{"type":"event","attributes":{"properties":{"OrderId":"O1",
      "Items":[{"ProductID":"G90","Quantity":1}]},"unique_id":"u1",
      "metric":{"data":{"type":"metric","attributes":{"name":"Placed Order"}}},
      "profile":{"data":{"type":"profile","attributes":{"email":"ada@example.com"}}}}}})");
  ASSERT_EQ(report.refused.size(), 1u);
  ASSERT_TRUE(shop->catalog().upsert({make_garment(90)}).ok());
  EXPECT_EQ(stores.store.count_letters()->held, 0) << "it was accepted when the garment came";
}

// A number that only the platform knows leads to the garment when it comes with it.
TEST_F(OrdersOfAShop, AnEventOfThePlatformsNumberWaitsForTheGarmentThatHasIt) {
  take(R"({"events":[{"event_id":"1","type":"purchase","shopper_id":"ada","garment_id":"7982301938"}]})");
  ASSERT_EQ(stores.store.count_letters()->held, 1);
  Garment garment = make_garment(90);
  garment.supplier_attributes["also_known_as"] = {"7982301938"};
  ASSERT_TRUE(shop->catalog().upsert({garment}).ok());
  EXPECT_EQ(style("ada").purchases, 1);
}

TEST_F(OrdersOfAShop, OfManyThatWaitSomeAreIngestedAtOnceAndTheOthersLater) {
  for (int i = 0; i < 260; ++i)
    take(R"({"events":[{"event_id":"w)" + std::to_string(i) +
         R"(","type":"view","shopper_id":"ada","garment_id":"G90"}]})");
  ASSERT_EQ(stores.store.count_letters()->held, 260);
  ASSERT_TRUE(shop->catalog().upsert({make_garment(90)}).ok());
  EXPECT_EQ(stores.store.count_letters()->held, 60) << "an upsert does not wait for all";
  EXPECT_EQ(shop->intake().replay_due(50), 10u);
  EXPECT_EQ(stores.store.count_letters()->held, 10);
  EXPECT_EQ(shop->intake().replay_due(50), 0u);
  EXPECT_EQ(stores.store.count_letters()->held, 0);
}

TEST_F(OrdersOfAShop, WhatCameWhileTheShopWasClosedIsReplayedAtItsStart) {
  take(R"({"events":[{"event_id":"1","type":"purchase","shopper_id":"ada","garment_id":"G90"}]})");
  {
    auto closed = stores.open();  // an import, without letters
    ASSERT_TRUE(closed->catalog().upsert({make_garment(90)}).ok());
  }
  open();
  EXPECT_EQ(style("ada").purchases, 1);
}

TEST_F(OrdersOfAShop, AnImportMayNameWhatIsSoldNoMore) {
  Event old = make_event(EventType::kPurchase, "ada", "gone");
  const auto fates = shop->events().ingest({old}, Arrival::kImport);
  ASSERT_TRUE(fates.ok());
  EXPECT_TRUE(fates->front().ok());
}

TEST_F(OrdersOfAShop, APurchaseWithoutAColourExcludesTheGarment) {
  Garment two = make_garment(20);
  two.variants.push_back({"G20-blue", "M", "Blue", 110, {}, {}, 3});
  ASSERT_TRUE(shop->catalog().upsert({two}).ok());
  take(R"({"events":[{"event_id":"1","type":"purchase","shopper_id":"ada","garment_id":"G20"}]})");
  const auto ids = recommended(*shop, "ada", 40);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), "G20"), 0);
}

TEST_F(OrdersOfAShop, SimilarTakesAVariantsId) {
  SimilarRequest similar;
  similar.garment_id = "G1-M";
  const auto alike = shop->search().similar(similar);
  ASSERT_TRUE(alike.ok()) << alike.error().message();
  for (const auto& item : alike->items) EXPECT_NE(item.garment_id, "G1");
}

}  // namespace
}  // namespace modiste
