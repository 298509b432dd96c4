// How sizes fitted, read from the log for training.
#include "learning/datasets/fit_history.h"

#include <gtest/gtest.h>

#include "small_shop.h"

namespace modiste {
namespace {

Event bought(const std::string& shopper, const std::string& garment, std::optional<FitFeedback> fit) {
  Event event = make_event(EventType::kPurchase, shopper, garment);
  event.size = "M";
  event.fit = fit;
  return event;
}

class ReadFitHistory : public testing::Test {
 protected:
  ReadFitHistory() { EXPECT_TRUE(shop->catalog().upsert(make_garments(10)).ok()); }
  FitHistory history() {
    auto read = read_fit_history(stores.log, stores.store, Vocabulary::standard());
    EXPECT_TRUE(read.ok()) << read.error().message();
    return std::move(read).value();
  }
  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

TEST_F(ReadFitHistory, HoldsWhatWasSaidOfSizesInTheOrderOfTime) {
  Event kept = bought("ada", "G0", FitFeedback::kFits);
  kept.body.emplace().height_cm = 170;
  send(*shop, kept);
  send(*shop, bought("ada", "G1", std::nullopt));  // the choice alone does not say how it fitted
  stores.clock.advance(std::chrono::hours(1));
  Event sent_back = make_event(EventType::kReturn, "bea", "G2");
  sent_back.reason = ReturnReason::kTooLarge;
  sent_back.size = "M";
  send(*shop, sent_back);
  send(*shop, make_event(EventType::kLike, "ada", "G3"));
  const auto history = this->history();
  ASSERT_EQ(history.rows.size(), 2U);
  EXPECT_EQ(history.rows[0].observation.garment_id, "G0");
  EXPECT_EQ(history.rows[0].observation.outcome, FitFeedback::kFits);
  EXPECT_TRUE(history.rows[0].observation.chosen);
  EXPECT_EQ(history.rows[1].observation.outcome, FitFeedback::kTooLarge);
  EXPECT_FALSE(history.rows[1].observation.chosen);
  EXPECT_EQ(history.rows[0].body.height_cm, 170);
  EXPECT_NE(history.rows[0].shopper, history.rows[1].shopper);
}

TEST_F(ReadFitHistory, WhoDidNotConsentOrIsErasedTeachesNothing) {
  for (const char* who : {"ada", "bea", "cleo"}) send(*shop, bought(who, "G0", FitFeedback::kFits));
  Event no = make_event(EventType::kConsent, "ada", "");
  no.consent = ConsentChoice{.personalisation = {}, .training = false};
  send(*shop, no);
  ASSERT_TRUE(shop->shoppers().erase({IdentifierKind::kUser, "cleo"}).ok());
  const auto history = this->history();
  EXPECT_EQ(history.rows.size(), 1U) << "bea's";
  EXPECT_EQ(history.without_consent, 2U);
}

}  // namespace
}  // namespace modiste
