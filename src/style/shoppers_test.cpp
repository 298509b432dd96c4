#include "style/shoppers.h"

#include <gtest/gtest.h>

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
                    stored.weight, &facts[stored.slot], stored.slot < 2 ? floral : plain};
    };
  }
};

StoredSignal like(Slot slot, uint64_t hash = 0) { return {EventType::kLike, hash, slot, 0.6F}; }
StoredSignal pass(Slot slot, uint64_t hash = 0) { return {EventType::kPass, hash, slot, -0.4F}; }

TEST(Shoppers, LearnsWhatSetsTheLikedApart) {
  const TinyShop shop;
  Shoppers shoppers;
  for (int i = 0; i < 6; ++i) {
    shoppers.apply("ada", like(i % 2), shop.resolver());
    shoppers.apply("ada", pass(2 + i % 2), shop.resolver());
  }
  const auto ada = shoppers.find("ada");
  EXPECT_GT(ada->affinity(1, shoppers.options()), 0.5);
  EXPECT_LT(ada->affinity(2, shoppers.options()), -0.5);
  EXPECT_NEAR(ada->affinity(0, shoppers.options()), 0, 0.1);  // every garment is a dress: it says nothing
  EXPECT_GT(ada->brand_affinity(1, shoppers.options()), 0.5);
  EXPECT_NEAR(*ada->price_typical(), 100, 0.1);
  EXPECT_GT(dot(ada->taste, shop.floral), dot(ada->taste, shop.plain));
  EXPECT_EQ(ada->recent_passes.size(), 3u);
  EXPECT_EQ(ada->passed.at(2).count, 3);
}

TEST(Shoppers, UndoIsAsIfItNeverCame) {
  const TinyShop shop;
  Shoppers with, without;
  for (uint64_t i = 0; i < 10; ++i) {
    const auto signal = i % 3 == 0 ? pass(i % 4, i + 1) : like(i % 4, i + 1);
    with.apply("ada", signal, shop.resolver());
    if (i != 7) without.apply("ada", signal, shop.resolver());
  }
  ASSERT_TRUE(with.undo("ada", 8, shop.resolver()));
  EXPECT_FALSE(with.undo("ada", 8, shop.resolver()));
  const auto a = with.find("ada"), b = without.find("ada");
  EXPECT_EQ(a->signals, b->signals);
  EXPECT_EQ(a->taste, b->taste);
  EXPECT_EQ(a->liked, b->liked);
  EXPECT_EQ(a->affinity(1, with.options()), b->affinity(1, with.options()));
}

TEST(Shoppers, UndoReachesOnlyTheWindow) {
  const TinyShop shop;
  Shoppers shoppers;
  for (uint64_t i = 1; i <= 20; ++i) shoppers.apply("ada", like(i % 4, i), shop.resolver());
  EXPECT_FALSE(shoppers.undo("ada", 4, shop.resolver()));
  EXPECT_TRUE(shoppers.undo("ada", 5, shop.resolver()));
}

TEST(Shoppers, AReaderKeepsTheStateItStartedWith) {
  const TinyShop shop;
  Shoppers shoppers;
  const auto before = shoppers.apply("ada", like(0), shop.resolver());
  shoppers.apply("ada", like(1), shop.resolver());
  EXPECT_EQ(before->likes, 1);
  EXPECT_EQ(shoppers.find("ada")->likes, 2);
}

TEST(Shoppers, ErasedIsUnknown) {
  const TinyShop shop;
  Shoppers shoppers;
  shoppers.apply("ada", like(0), shop.resolver());
  EXPECT_TRUE(shoppers.erase("ada"));
  EXPECT_EQ(shoppers.find("ada"), nullptr);
  EXPECT_FALSE(shoppers.erase("ada"));
}

TEST(Shoppers, QuizBeginsAStyleAndNothingElseTouchesIt) {
  const TinyShop shop;
  Shoppers shoppers;
  Wishes wishes;
  wishes.terms = {1};
  wishes.budget_max = 80.0F;
  shoppers.apply_quiz("ada", wishes, shop.resolver());
  shoppers.apply("ada", pass(2), shop.resolver());
  const auto ada = shoppers.find("ada");
  EXPECT_GT(ada->affinity(1, shoppers.options()), 0.3);
  EXPECT_TRUE(ada->wishes.answered);
  EXPECT_EQ(*ada->wishes.budget_max, 80.0F);
}

}  // namespace
}  // namespace modiste
