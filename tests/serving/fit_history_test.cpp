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
  send(*shop, bought("ada", "G1", std::nullopt));  // it may still be sent back
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
  EXPECT_TRUE(history.rows[1].observation.chosen) << "its purchase has no row";
  EXPECT_EQ(history.rows[0].body.height_cm, 170);
  EXPECT_NE(history.rows[0].shopper, history.rows[1].shopper);
}

TEST_F(ReadFitHistory, APurchaseThatWasKeptFits) {
  send(*shop, bought("ada", "G0", std::nullopt));
  send(*shop, bought("ada", "G1", std::nullopt));
  send(*shop, bought("bea", "G0", std::nullopt));
  Event sent_back = make_event(EventType::kReturn, "ada", "G1");
  sent_back.reason = ReturnReason::kChangedMind;
  send(*shop, sent_back);
  stores.clock.advance(std::chrono::days(29));
  send(*shop, make_event(EventType::kLike, "ada", "G3"));
  EXPECT_TRUE(history().rows.empty()) << "there is still time";
  stores.clock.advance(std::chrono::days(2));
  send(*shop, make_event(EventType::kLike, "ada", "G4"));
  const auto history = this->history();
  ASSERT_EQ(history.rows.size(), 2U);
  for (const FitRow& row : history.rows) {
    EXPECT_EQ(row.observation.garment_id, "G0");
    EXPECT_EQ(row.observation.outcome, FitFeedback::kFits);
    EXPECT_TRUE(row.observation.chosen);
  }
}

TEST_F(ReadFitHistory, AGarmentThatNearlyAllKeepFits) {
  // The probability that the size advised to a shopper fits them.
  const auto fit = [&]() -> std::optional<double> {
    RecommendRequest request;
    request.shopper_id = "ada";
    request.count = 40;
    const auto answer = shop->recommender().recommend(request);
    EXPECT_TRUE(answer.ok());
    for (const auto& item : answer->items)
      if (item.garment_id == "G0") return item.fit;
    return std::nullopt;
  };
  send(*shop, bought("ada", "G1", std::nullopt));
  const auto before = fit();
  for (int i = 0; i < 6; ++i) {
    Event small = make_event(EventType::kReturn, fmt::format("s{}", i), "G0");
    small.reason = ReturnReason::kTooSmall;
    small.size = "M";
    send(*shop, small);
  }
  const auto sent_back = fit();
  for (int i = 0; i < 100; ++i) send(*shop, bought(fmt::format("k{}", i), "G0", std::nullopt));
  const auto bought_by_many = fit();
  stores.clock.advance(std::chrono::days(31));
  send(*shop, bought("late", "G2", std::nullopt));
  const auto kept = fit();
  ASSERT_TRUE(before && sent_back && bought_by_many && kept);
  EXPECT_LT(*sent_back, *before - 0.05) << "all that is known";
  EXPECT_DOUBLE_EQ(*bought_by_many, *sent_back) << "they may still be sent back";
  EXPECT_GT(*kept, *sent_back + 0.05) << "a hundred kept it";
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
