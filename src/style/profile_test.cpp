#include "style/shopper_fold.h"

#include <gtest/gtest.h>

#include <cmath>

#include "style/style_test_shop.h"

namespace modiste {
namespace {

// Four garments: two floral (term 1), two plain (term 2); all of them dresses (term 0).
struct TinyShop {
  std::vector<ItemFacts> facts = std::vector<ItemFacts>(4);
  Vector floral{1, 0}, plain{0, 1};

  TinyShop() {
    for (Slot slot = 0; slot < 4; ++slot) {
      facts[slot].slot = slot;
      facts[slot].terms = {0, static_cast<TermId>(slot < 2 ? 1 : 2)};
      facts[slot].brand = slot < 2 ? 1 : 2;
      facts[slot].price = slot < 2 ? 100 : 20;
    }
  }
  [[nodiscard]] SignalResolver resolver() const {
    return [this](const StoredSignal& stored) {
      return Signal{stored.type,   stored.event_hash,   stored.slot,
                    stored.weight, &facts[stored.slot], stored.slot < 2 ? floral : plain,
                    stored.at,     stored.price_paid,   stored.reduced,
                    stored.pieces, stored.wrong_size};
    };
  }
};

float affinity(const ShopperState& state, TermId term, const Shoppers& shoppers) {
  return mixed_affinity(present_taste(state.style, state.session, shoppers.model), term,
                        shoppers.model.options());
}

StoredSignal like(Slot slot, uint64_t hash = 0) { return {EventType::kLike, hash, slot, 0.6F}; }
StoredSignal pass(Slot slot, uint64_t hash = 0) { return {EventType::kPass, hash, slot, -0.4F}; }

TEST(Profile, LearnsWhatSetsTheLikedApart) {
  const TinyShop shop;
  Shoppers shoppers;
  for (int i = 0; i < 6; ++i) {
    hear(shoppers, "ada", like(i % 2), shop.resolver());
    hear(shoppers, "ada", pass(2 + i % 2), shop.resolver());
  }
  const auto ada = shoppers.find("ada");
  EXPECT_GT(affinity(*ada, 1, shoppers), 0.5);
  EXPECT_LT(affinity(*ada, 2, shoppers), -0.5);
  EXPECT_NEAR(affinity(*ada, 0, shoppers), 0, 0.1);  // every garment is a dress: it says nothing
  const Taste& taste = ada->session.taste;
  EXPECT_GT(taste.brand_affinity(1, shoppers.model.options()), 0.5);
  EXPECT_NEAR(std::exp(taste.log_price_sum / taste.price_weight), 100, 0.1);
  EXPECT_GT(dot(taste.vector, shop.floral), dot(taste.vector, shop.plain));
  EXPECT_EQ(ada->recent_passes.size(), 3u);
  EXPECT_EQ(ada->pass_of(2)->count, 3);
  EXPECT_EQ(ada->pass_of(0), nullptr);
}

TEST(Profile, UndoIsAsIfItNeverCame) {
  const TinyShop shop;
  Shoppers with, without;
  for (uint64_t i = 0; i < 10; ++i) {
    const auto signal = i % 3 == 0 ? pass(i % 4, i + 1) : like(i % 4, i + 1);
    hear(with, "ada", signal, shop.resolver());
    if (i != 7) hear(without, "ada", signal, shop.resolver());
  }
  ASSERT_TRUE(with.undo("ada", 8, shop.resolver()));
  EXPECT_FALSE(with.undo("ada", 8, shop.resolver()));
  EXPECT_EQ(*with.find("ada"), *without.find("ada"));
}

TEST(Profile, UndoReachesOnlyTheWindow) {
  const TinyShop shop;
  Shoppers shoppers;
  for (uint64_t i = 1; i <= 20; ++i) hear(shoppers, "ada", like(i % 4, i), shop.resolver());
  EXPECT_FALSE(shoppers.undo("ada", 4, shop.resolver()));
  EXPECT_TRUE(shoppers.undo("ada", 5, shop.resolver()));
}

TEST(Profile, AReaderKeepsTheStateItStartedWith) {
  const TinyShop shop;
  Shoppers shoppers;
  const auto before = hear(shoppers, "ada", like(0), shop.resolver());
  hear(shoppers, "ada", like(1), shop.resolver());
  EXPECT_EQ(before->likes, 1);
  EXPECT_EQ(shoppers.find("ada")->likes, 2);
}

TEST(Profile, QuizBeginsAStyleAndNothingElseTouchesIt) {
  const TinyShop shop;
  Shoppers shoppers;
  StatedPreferences preferences;
  preferences.terms = {1};
  preferences.budget_max = 80.0F;
  answer_quiz(shoppers, "ada", preferences, shop.resolver());
  hear(shoppers, "ada", pass(2), shop.resolver());
  const auto ada = shoppers.find("ada");
  EXPECT_GT(affinity(*ada, 1, shoppers), 0.3);
  EXPECT_TRUE(ada->preferences.answered);
  EXPECT_EQ(*ada->preferences.budget_max, 80.0F);
}

}  // namespace
}  // namespace modiste
