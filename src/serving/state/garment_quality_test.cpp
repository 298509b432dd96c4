#include "serving/state/garment_quality.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

struct Returns : testing::Test {
  void tell(EventType type, std::string garment, int pieces, std::optional<ReturnReason> reason = {}) {
    Event event;
    event.type = type;
    event.garment_id = std::move(garment);
    event.quantity = pieces;
    event.reason = reason;
    quality.record(event);
  }
  GarmentQuality quality;
  Catalog catalog{Vocabulary::standard()};
};

TEST_F(Returns, TheMostDoubtfulGarmentLeads) {
  tell(EventType::kPurchase, "one", 1);
  tell(EventType::kReturn, "one", 1, ReturnReason::kDefective);
  tell(EventType::kPurchase, "many", 40);
  tell(EventType::kReturn, "many", 15, ReturnReason::kNotAsDescribed);
  tell(EventType::kReturn, "many", 5, ReturnReason::kDefective);
  tell(EventType::kPurchase, "small", 40);
  tell(EventType::kReturn, "small", 30, ReturnReason::kTooSmall);
  tell(EventType::kPurchase, "kept", 40);
  tell(EventType::kReturn, "unsaid", 1);
  const auto page = quality.worst(catalog, 10);
  ASSERT_EQ(page.garments.size(), 4u) << "what nobody returned is not in it";
  EXPECT_EQ(page.garments[0].garment_id, "many") << "20 of 40 say more than 1 of 1";
  EXPECT_DOUBLE_EQ(page.garments[0].quality_share, 0.5);
  EXPECT_EQ(page.garments[0].reasons.not_as_described, 15);
  EXPECT_EQ(page.garments[1].garment_id, "one");
  EXPECT_EQ(page.garments[2].garment_id, "small");
  EXPECT_DOUBLE_EQ(page.garments[2].quality_share, 0) << "sizes are not its quality";
  EXPECT_EQ(page.garments[3].reasons.unknown, 1);
  EXPECT_EQ(quality.worst(catalog, 1).garments.size(), 1u);
}

// A shopper's token must not put a garment at the head of the list.
TEST_F(Returns, AShoppersClaimCountsOfWhatTheShopTold) {
  Event event;
  event.garment_id = "A";
  event.quantity = 10'000;
  event.by_shopper = true;
  const auto send = [&](EventType type, std::string order) {
    event.type = type;
    event.order_id = std::move(order);
    event.reason = type == EventType::kReturn ? std::optional(ReturnReason::kDefective) : std::nullopt;
    quality.record(event);
  };
  send(EventType::kReturn, "");
  send(EventType::kReturn, "made up");
  send(EventType::kPurchase, "told");
  send(EventType::kReturn, "told");
  EXPECT_TRUE(quality.worst(catalog, 1).garments.empty()) << "nobody else says that it was bought";

  event.by_shopper = false;
  send(EventType::kPurchase, "o");
  event.by_shopper = true;
  send(EventType::kReturn, "o");
  send(EventType::kReturn, "o");
  const auto page = quality.worst(catalog, 1);
  ASSERT_EQ(page.garments.size(), 1u);
  EXPECT_EQ(page.garments[0].bought, 10'001) << "a claim is of one piece";
  EXPECT_EQ(page.garments[0].returned, 1);
}

TEST_F(Returns, ALineOfAnOrderCountsOnce) {
  Event event;
  event.type = EventType::kPurchase;
  event.garment_id = "A";
  event.order_id = "o";
  quality.record(event);
  quality.record(event);  // the browser's, then the account's
  event.type = EventType::kReturn;
  quality.record(event);
  event.reason = ReturnReason::kDefective;
  quality.record(event);
  const auto page = quality.worst(catalog, 1);
  EXPECT_EQ(page.garments.at(0).bought, 1);
  EXPECT_EQ(page.garments[0].returned, 1) << "the refund had no reason yet";
  EXPECT_EQ(page.garments[0].reasons.unknown, 0);
  EXPECT_DOUBLE_EQ(page.garments[0].quality_share, 1);
}

// A refund of an order of today finds its line however many orders came since the shop began.
TEST(GarmentLines, OfTooManyTheOlderGo) {
  GarmentQuality few(4);
  const Catalog catalog{Vocabulary::standard()};
  const auto tell = [&](EventType type, const std::string& order, std::optional<ReturnReason> reason = {}) {
    Event event;
    event.type = type;
    event.garment_id = "A";
    event.order_id = order;
    event.reason = reason;
    few.record(event);
  };
  const auto bought = [&] { return few.worst(catalog, 1).garments.at(0).bought; };
  for (const char* order : {"1", "2", "3", "4", "5"}) {
    tell(EventType::kPurchase, order);
    tell(EventType::kReturn, order);
    tell(EventType::kReturn, "1", ReturnReason::kUnknown);  // it is named again and again, so it stays known
  }
  ASSERT_EQ(bought(), 5);
  for (const char* order : {"1", "4", "5"}) tell(EventType::kPurchase, order);
  EXPECT_EQ(bought(), 5) << "told twice";
  std::string saved, again;
  few.save(saved);
  GarmentQuality loaded(4);
  ASSERT_TRUE(loaded.load(saved).ok());
  loaded.save(again);
  EXPECT_EQ(again, saved);
  tell(EventType::kPurchase, "2");
  EXPECT_EQ(bought(), 6) << "its line was forgotten";
}

}  // namespace
}  // namespace modiste
