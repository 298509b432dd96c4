// What returns, prices and quizzes of others' shops bring: sizes, colours and currencies that are not what
// they seem.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "small_shop.h"

namespace modiste {
namespace {

const Identifier kReturner{IdentifierKind::kUser, "ada"};

class SentBack : public testing::Test {
 protected:
  SentBack() {
    auto garments = make_garments(40);
    for (Garment& garment : garments) garment.currency = "EUR";
    Garment dress = make_garment(90);  // in two colours, of which Black is the first
    dress.id = "TWO";
    dress.currency = "EUR";
    dress.variants.clear();
    for (const char* colour : {"Black", "Red"})
      for (const char* size : {"S", "M"})
        dress.variants.push_back({fmt::format("TWO-{}-{}", colour, size), size, colour, 100, {}, {}, 3});
    dress.variants.front().price = 60;  // of one size only
    dress.variants.front().list_price = 100;
    garments.push_back(std::move(dress));
    EXPECT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
  }
  void tell(Event event) {
    send(*shop, std::move(event));
    stores.clock.advance(std::chrono::seconds(20));
  }
  static Event event(EventType type, const std::string& garment, const std::string& colour = "") {
    Event event = make_event(type, "ada", garment);
    event.colour = colour;
    return event;
  }
  static Event quiz(QuizAnswers answers) {
    Event event = make_event(EventType::kQuiz, "ada", "");
    event.quiz = std::move(answers);
    return event;
  }
  [[nodiscard]] StyleView style() const { return shop->shoppers().style(kReturner); }
  [[nodiscard]] bool is_offered(const std::string& garment) const {
    const auto ids = recommended(*shop, "ada", 41);
    return std::find(ids.begin(), ids.end(), garment) != ids.end();
  }
  [[nodiscard]] double affinity(std::string_view term) const {
    for (const auto& one : style().affinities)
      if (one.term == term) return one.score;
    return 0;
  }

  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();
};

TEST_F(SentBack, WhatWasTooSmallIsOfferedAgain) {
  Event bought = event(EventType::kPurchase, "G0");
  bought.size = "S";
  tell(bought);
  EXPECT_FALSE(is_offered("G0"));
  Event back = event(EventType::kReturn, "G0");
  back.size = "S";
  back.reason = ReturnReason::kTooSmall;
  tell(back);
  EXPECT_TRUE(is_offered("G0")) << "M is in stock";
}

TEST_F(SentBack, WithoutAColourItIsTheOneThatWasBought) {
  tell(event(EventType::kPurchase, "TWO", "Red"));
  const double bought = affinity("red");
  Event back = event(EventType::kReturn, "TWO");
  back.reason = ReturnReason::kStyle;
  tell(back);
  EXPECT_LT(affinity("red"), bought - 0.1);
  EXPECT_EQ(affinity("black"), 0) << "black was neither bought nor sent back";
  EXPECT_TRUE(shop->wardrobes().view(kReturner).pieces.empty());
  tell(event(EventType::kSave, "TWO", "Red"));
  tell(event(EventType::kUnsave, "TWO"));
  EXPECT_TRUE(shop->shoppers().liked(kReturner, "", 9)->garments.empty());
}

TEST_F(SentBack, ASkuTellsTheColour) {
  Event like = event(EventType::kLike, "TWO");
  like.sku = "TWO-Red-M";
  tell(like);
  EXPECT_GT(affinity("red"), 0);
}

TEST_F(SentBack, APriceInAnotherCurrencyIsNotTheGarments) {
  Event bought = event(EventType::kPurchase, "G1");
  bought.price = 12'000;
  bought.currency = "JPY";
  tell(bought);
  ASSERT_TRUE(style().price_typical.has_value());
  EXPECT_NEAR(*style().price_typical, 31, 1);
}

TEST_F(SentBack, OneSizeOnSaleMakesTheOthersNoBargain) {
  Event bought = event(EventType::kPurchase, "TWO", "Black");
  bought.sku = "TWO-Black-M";
  bought.price = 100;
  tell(bought);
  EXPECT_LT(style().discount_response, 0) << "it was bought at its full price";
}

TEST_F(SentBack, TheFitIsHeardWhereNoReasonIsNamed) {
  Event bought = event(EventType::kPurchase, "G1");
  bought.size = "S";
  tell(bought);
  ASSERT_EQ(style().sizes_known.size(), 1U);
  Event back = event(EventType::kReturn, "G1");
  back.size = "S";
  back.reason = ReturnReason::kUnknown;
  back.fit = FitFeedback::kTooSmall;
  tell(back);
  EXPECT_TRUE(style().sizes_known.empty()) << "S does not fit";
}

TEST_F(SentBack, AnUndoneQuizLeavesTheOneBefore) {
  QuizAnswers red, navy;
  red.colours = {"red"};
  navy.colours = {"navy"};
  tell(quiz(red));
  const Event second = quiz(navy);
  tell(second);
  EXPECT_EQ(affinity("red"), 0);
  Event undo = make_event(EventType::kUndo, "ada", "");
  undo.undoes = second.event_id;
  tell(undo);
  EXPECT_GT(affinity("red"), 0);
  EXPECT_EQ(affinity("navy"), 0);
}

TEST_F(SentBack, SizesOfTwoDepartmentsAreNobodysUsualSize) {
  QuizAnswers couple;
  couple.departments = {"women", "men"};
  couple.sizes = {"M", "L"};
  tell(quiz(couple));
  EXPECT_TRUE(style().sizes_known.empty());
  QuizAnswers one;
  one.departments = {"women", "men"};
  one.sizes = {"M"};
  tell(quiz(one));
  EXPECT_FALSE(style().sizes_known.empty());
}

TEST_F(SentBack, ThePriceFollowsTheTasteThatLeads) {
  for (int day = 0; day < 8; ++day) {  // shirts of 31 to 69
    for (int i = 0; i < 3; ++i) tell(event(EventType::kLike, fmt::format("G{}", 1 + (6 * day + 2 * i) % 40)));
    stores.clock.advance(std::chrono::hours(24));
  }
  for (int day = 0; day < 2; ++day) {  // dresses of 90 and more
    for (int i = 0; i < 6; ++i) tell(event(EventType::kLike, fmt::format("G{}", (12 * day + 2 * i) % 40)));
    stores.clock.advance(std::chrono::hours(24));
  }
  const StyleView view = style();
  ASSERT_GT(view.modes.size(), 1U);
  ASSERT_TRUE(view.price_typical.has_value());
  EXPECT_GT(*view.price_typical, 80);
}

TEST_F(SentBack, TheQuizSpeaksBesidePasses) {
  QuizAnswers wishes;
  wishes.categories = {"dresses"};
  wishes.colours = {"red"};
  tell(quiz(wishes));
  tell(event(EventType::kPass, "G1"));
  const auto styles = style().aesthetics;
  ASSERT_GT(styles.size(), 1U);
  EXPECT_NE(styles[0].name.find("floral"), std::string::npos) << styles[0].name;
  EXPECT_GT(styles[0].share, 2 * styles[1].share);
}

}  // namespace
}  // namespace modiste
