#include "ranking/rules.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

struct Rules : testing::Test {
  [[nodiscard]] RequestFacts facts() const {
    return {{}, *snapshot, catalog.vocabulary(), style, shopper, {}, {}, {}, {}, context};
  }
  [[nodiscard]] std::unordered_set<Slot> excluded(bool deck = false) const {
    std::unordered_set<Slot> slots;
    for (const auto& rule : rules) rule->exclude({facts(), deck}, slots);
    return slots;
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
  std::vector<std::unique_ptr<Rule>> rules = make_rules({.pass_fade_signals = 30});
};

TEST_F(Rules, ExcludeWhatWasBoughtJustPassedOrPassedTwice) {
  EXPECT_TRUE(excluded().empty());
  shopper.purchased = {1};
  shopper.recent_passes = {2};
  shopper.passed = {{3, 2, 0}, {4, 1, 0}};
  EXPECT_EQ(excluded(), (std::unordered_set<Slot>{1, 2, 3}));
}

TEST_F(Rules, ADeckShowsALikedItemOnce) {
  shopper.liked = {5};
  EXPECT_TRUE(excluded().empty());
  EXPECT_EQ(excluded(true), std::unordered_set<Slot>{5});
}

TEST_F(Rules, WhatWasPassedHasHalfOfItsScoreBackAfterThirtySignals) {
  shopper.passed = {{4, 1, 10}};
  shopper.signals = 10;
  EXPECT_FLOAT_EQ(factor(4), 0);
  shopper.signals = 40;
  EXPECT_FLOAT_EQ(factor(4), 0.5F);
  EXPECT_FLOAT_EQ(factor(5), 1);
}

}  // namespace
}  // namespace modiste
