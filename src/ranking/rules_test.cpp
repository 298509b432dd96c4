#include "ranking/rules.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

struct Rules : testing::Test {
  [[nodiscard]] RequestFacts facts() const { return facts_at(now); }
  [[nodiscard]] Exclusions exclusions(bool deck = false) const {
    Exclusions all;
    for (const auto& rule : rules) rule->exclude({facts(), deck}, all);
    return all;
  }
  [[nodiscard]] std::unordered_set<Slot> excluded(bool deck = false) const {
    std::unordered_set<Slot> slots;
    const Exclusions all = exclusions(deck);
    for (Slot slot = 0; slot < 100; ++slot)
      if (all.items.contains(slot)) slots.insert(slot);
    return slots;
  }
  // Of a garment in two colours; the first's slot.
  Slot sell(const std::string& id, const std::string& category) {
    Garment garment;
    garment.id = garment.title = id;
    garment.category = category;
    const Term* term = catalog.vocabulary().find(Facet::kCategory, category);
    garment.attributes.push_back({Facet::kCategory, term->name, category});
    for (const char* colour : {"Wine", "Rose"})
      garment.variants.push_back({id + colour, "M", colour, 50, {}, {}, 3});
    const auto slots = catalog.upsert({garment});
    snapshot = catalog.snapshot();
    return slots.front().front();
  }
  [[nodiscard]] bool shows(Slot slot) const {
    return !exclusions().contain(slot, snapshot->garment_of(slot));
  }
  [[nodiscard]] RequestFacts facts_at(TimePoint at) const {
    return {at, *snapshot, catalog.vocabulary(), style, shopper, {}, {}, {}, {}, context};
  }
  [[nodiscard]] float factor(Slot slot) const {
    float product = 1;
    for (const auto& rule : rules) product *= rule->factor({facts(), false}, slot);
    return product;
  }

  Catalog catalog{Vocabulary::standard()};
  std::shared_ptr<const CatalogSnapshot> snapshot = catalog.snapshot();
  StyleOptions style;
  ShopperState shopper;
  std::optional<Context> context;
  TimePoint now{};
  std::vector<std::unique_ptr<Rule>> rules = make_rules({.pass_fade_signals = 30});
};

TEST_F(Rules, ExcludeWhatWasBoughtJustPassedOrPassedTwice) {
  EXPECT_TRUE(excluded().empty());
  shopper.purchased = {{1, {}}};
  shopper.recent_passes = {2};
  shopper.passed = {{3, 2, 0}, {4, 1, 0}};
  EXPECT_EQ(excluded(), (std::unordered_set<Slot>{1, 2, 3}));
}

TEST_F(Rules, ABoughtGarmentRestsInEveryColour) {
  const Slot wine = sell("d0", "dress"), other = sell("d1", "dress");
  const Slot rose = wine + 1;
  shopper.purchased = {{wine, now}};
  EXPECT_FALSE(shows(wine));
  EXPECT_FALSE(shows(rose)) << "in another colour it is the same cut";
  EXPECT_TRUE(shows(other));
  now += std::chrono::weeks(9);
  EXPECT_FALSE(shows(wine));
  EXPECT_TRUE(shows(rose));
}

TEST_F(Rules, WhatPeopleRebuyComesBack) {
  const Slot black = sell("s0", "socks");
  shopper.purchased = {{black, now}};
  EXPECT_FALSE(shows(black));
  EXPECT_TRUE(shows(black + 1)) << "another colour at once";
  now += std::chrono::weeks(9);
  EXPECT_TRUE(shows(black)) << "and the same when it is worn out";
}

TEST_F(Rules, AGarmentPassedInTwoColoursWasPassedTwice) {
  const Slot wine = sell("d0", "dress");
  shopper.passed = {{wine, 1, 0}};
  EXPECT_TRUE(shows(wine));
  shopper.passed = {{wine, 1, 0}, {wine + 1, 1, 0}};
  EXPECT_FALSE(shows(wine));
  EXPECT_FALSE(shows(wine + 1));
}

TEST_F(Rules, WhatWasLikedRestsInEveryColourAndStaysOutOfADeck) {
  const Slot wine = sell("d0", "dress");
  shopper.liked = {{wine, EventType::kLike, now}};
  EXPECT_FALSE(shows(wine));
  EXPECT_FALSE(shows(wine + 1));
  shopper.liked = {{wine, EventType::kLike, now - std::chrono::days(31)}};
  EXPECT_TRUE(shows(wine));
  EXPECT_EQ(excluded(true), std::unordered_set<Slot>{wine});
}

TEST_F(Rules, WhatWasPassedHasHalfOfItsScoreBackAfterThirtySignals) {
  shopper.passed = {{4, 1, 10}};
  shopper.signals = 10;
  EXPECT_FLOAT_EQ(factor(4), 0);
  shopper.signals = 40;
  EXPECT_FLOAT_EQ(factor(4), 0.5F);
  EXPECT_FLOAT_EQ(factor(5), 1);
}

TEST_F(Rules, WhatWasSentBackInTheWrongSizeIsOffered) {
  const Slot wine = sell("d0", "dress");
  shopper.liked = {{wine, EventType::kPurchase, now}};  // and no longer bought
  EXPECT_TRUE(shows(wine));
  EXPECT_TRUE(shows(wine + 1));
}

TEST_F(Rules, PassesOfLongAgoNoLongerExclude) {
  const Slot wine = sell("d0", "dress");
  shopper.passed = {{wine, 2, 0, now}};
  shopper.recent_passes = {wine};
  EXPECT_FALSE(shows(wine));
  EXPECT_FLOAT_EQ(factor(wine), 0);
  now += std::chrono::days(365);
  EXPECT_TRUE(shows(wine));
  EXPECT_FLOAT_EQ(factor(wine), 0.5F);
}

}  // namespace
}  // namespace modiste
