#include <gtest/gtest.h>

#include "serving/request/sources.h"

namespace modiste {
namespace {

constexpr TimePoint kThen{std::chrono::days(15'000)}, kNow{std::chrono::days(17'000)};

struct NeighboursSource : testing::Test {
  [[nodiscard]] CandidateList ask() const {
    const SourceParts parts{indexes, embeddings, choices, popularity, by_time, clusters};
    return make_neighbours_source(parts)->candidates(
        {.request =
             {kNow, *catalog.snapshot(), catalog.vocabulary(), style, shopper, tastes, {}, {}, {}, context},
         .k = 10});
  }
  void chose(uint32_t subject, Slot slot, TimePoint at) {
    choices.record(subject, slot, 1, at);
    by_time.record(slot, 1, at);
  }

  Catalog catalog{Vocabulary::standard()};
  CatalogIndexes indexes{catalog.vocabulary(), "", 0};
  ItemEmbeddings embeddings;
  CoChoices choices;
  Popularity popularity;
  PopularityByTime by_time;
  StyleClusters clusters{catalog.vocabulary()};
  StyleOptions style;
  ShopperState shopper;
  std::vector<TasteShare> tastes;
  std::optional<Context> context;
};

TEST_F(NeighboursSource, AShopperWithoutTastesStillHasAHistory) {
  shopper.subject = 0;
  shopper.choices = {{1, kSessionMode}};
  chose(0, 1, kNow);
  for (uint32_t other = 1; other < 6; ++other) {
    chose(other, 1, kNow);
    chose(other, 2, kNow);
  }
  const auto list = ask();
  ASSERT_EQ(list.items.size(), 1u);
  EXPECT_EQ(list.items[0].slot, 2u);
  EXPECT_EQ(list.evidence[0], 5u);
}

TEST_F(NeighboursSource, WhatWasPopularWhenTheyChoseComesBeforeWhatIsPopularNow) {
  shopper.subject = 0;
  shopper.choices = {{1, kSessionMode}};
  chose(0, 1, kThen);
  for (uint32_t other = 10; other < 20; ++other) chose(other, 3, kThen);
  for (uint32_t other = 20; other < 30; ++other) chose(other, 4, kNow);
  const auto list = ask();
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[0].slot, 3u);
  EXPECT_EQ(list.items[1].slot, 4u);
}

TEST_F(NeighboursSource, KnowsNothingOfAStranger) {
  chose(1, 1, kNow);
  EXPECT_TRUE(ask().items.empty());
}

TEST_F(NeighboursSource, StartsFromWhatBelongsToThePresentTaste) {
  shopper.subject = 0;
  shopper.choices = {{1, 7}, {2, 8}};
  tastes = {{0.9F, 7, false, {}}, {0, 8, false, {}}};
  chose(0, 1, kNow);
  chose(0, 2, kNow);
  for (uint32_t other = 1; other < 5; ++other)
    choices.record(other, 1, 1, kNow), choices.record(other, 11, 1, kNow);
  for (uint32_t other = 5; other < 9; ++other)
    choices.record(other, 2, 1, kNow), choices.record(other, 12, 1, kNow);
  const auto list = ask();
  ASSERT_EQ(list.items.size(), 1u);
  EXPECT_EQ(list.items[0].slot, 11u);
}

}  // namespace
}  // namespace modiste
