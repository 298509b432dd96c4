// What a return changes: the wardrobe, what was bought and what is liked.
#include <gtest/gtest.h>

#include "style/style_test_shop.h"

namespace modiste {
namespace {

struct Returns : testing::Test {
  const StyleTestShop shop;
  const StyleModel model{Vocabulary::standard()};
  ShopperState state;
  TimePoint now{std::chrono::hours(1'000)};

  void tell(StoredSignal signal) {
    signal.slot = 3;
    signal.at = now += std::chrono::minutes(1);
    fold(state, shop.resolver()(signal), model);
  }
};

const StoredSignal kPurchase{.type = EventType::kPurchase, .weight = 1};
const StoredSignal kTooSmall{.type = EventType::kReturn, .wrong_size = true};

TEST_F(Returns, OfTwoSizesOneIsKept) {
  tell(kPurchase);
  tell(kPurchase);
  tell(kTooSmall);
  ASSERT_EQ(state.owned.size(), 1U);
  EXPECT_EQ(state.owned.front().pieces, 1);
  EXPECT_EQ(state.purchased.size(), 1U) << "the other size is kept";
  tell(kTooSmall);
  EXPECT_TRUE(state.owned.empty());
}

TEST_F(Returns, PiecesLeaveByTheirNumber) {
  StoredSignal three = kPurchase, two = kTooSmall, why = kTooSmall;
  three.pieces = 3;
  two.pieces = 2;
  why.pieces = 0;  // only the reason of a return before
  tell(three);
  tell(two);
  tell(why);
  ASSERT_EQ(state.owned.size(), 1U);
  EXPECT_EQ(state.owned.front().pieces, 1);
}

TEST_F(Returns, WhatWasTooSmallCountsAsNotBought) {
  tell(kPurchase);
  ASSERT_EQ(state.purchased.size(), 1U);
  tell(kTooSmall);
  EXPECT_TRUE(state.purchased.empty()) << "another size may be wanted";
  tell(kPurchase);
  tell({.type = EventType::kReturn});
  EXPECT_EQ(state.purchased.size(), 1U) << "for a reason that nobody named";
}

TEST_F(Returns, WhatWasNotToTheirTasteIsNotLiked) {
  const StoredSignal style{.type = EventType::kReturn, .weight = -0.6F};
  tell(kPurchase);
  ASSERT_EQ(state.liked.size(), 1U);
  tell(kTooSmall);
  EXPECT_EQ(state.liked.size(), 1U) << "the size says nothing of taste";
  tell(kPurchase);
  tell(style);
  EXPECT_TRUE(state.liked.empty());
  tell({.type = EventType::kLike, .weight = 0.6F});
  tell(kPurchase);
  tell(style);
  EXPECT_EQ(state.liked.size(), 1U) << "they said that they like it";
}

}  // namespace
}  // namespace modiste
