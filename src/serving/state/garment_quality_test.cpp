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

}  // namespace
}  // namespace modiste
