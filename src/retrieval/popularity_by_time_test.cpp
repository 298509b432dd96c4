#include "retrieval/popularity_by_time.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "base/rng.h"

namespace modiste {
namespace {

TimePoint day_number(int number) { return TimePoint(std::chrono::days(number)); }

std::vector<float> shares_at(const PopularityByTime& popularity, TimePoint at) {
  std::vector<float> shares;
  popularity.with_shares(std::array{TimeShare{at, 1}}, [&](const SlotPrior& prior) {
    for (Slot slot = 0; slot < prior.slots(); ++slot) {
      shares.push_back(prior.of(slot));
      EXPECT_LE(prior.of(slot), prior.most_in(slot / kBlockSlots));
    }
  });
  return shares;
}

TEST(PopularityByTime, WhatWasChosenThenCountsThen) {
  PopularityByTime popularity;
  EXPECT_TRUE(shares_at(popularity, day_number(100)).empty());
  for (int i = 0; i < 10; ++i) popularity.record(0, 1, day_number(1'000 + i));
  for (int i = 0; i < 10; ++i) popularity.record(1, 1, day_number(1'400 + i));
  popularity.record(2, 0, day_number(1'400));  // no choice
  const auto then = shares_at(popularity, day_number(1'005)), now = shares_at(popularity, day_number(1'405));
  EXPECT_NEAR(then[0], 10.F / 1'010.F, 0.001);
  EXPECT_NEAR(now[1], 10.F / 1'010.F, 0.001);
  const auto between = shares_at(popularity, day_number(1'200));  // too far from both
  EXPECT_EQ(std::accumulate(between.begin(), between.end(), 0.0F), 0);
}

TEST(PopularityByTime, TheNearerTimeCountsMoreAndManyChoicesAreBelieved) {
  PopularityByTime popularity;
  popularity.record(0, 1, day_number(1'000));
  popularity.record(7, 0.5F, day_number(1'060));
  const auto shares = shares_at(popularity, day_number(1'000));
  EXPECT_GT(shares[0], 2 * shares[7]);
  for (int i = 0; i < 99'000; ++i) popularity.record(3, 1, day_number(1'000));
  EXPECT_NEAR(shares_at(popularity, day_number(1'000))[3], 0.99, 0.001);
}

TEST(PopularityByTime, AgeIsJudgedFromTheHistorysEnd) {
  PopularityByTime popularity;
  popularity.record(0, 1, day_number(1'000));
  popularity.record(1, 1, day_number(2'000));
  EXPECT_EQ(shares_at(popularity, day_number(9'000)), shares_at(popularity, day_number(2'000)));
  EXPECT_EQ(shares_at(popularity, day_number(10)), shares_at(popularity, day_number(1'000)));
}

TEST(PopularityByTime, ASumThatWasAskedForIsKeptAsIfItWereAddedUpNow) {
  PopularityByTime asked_early, asked_late;
  Rng rng(5);
  for (int i = 0; i < 2'000; ++i) {
    const auto slot = static_cast<Slot>(rng.below(700));
    const TimePoint at = day_number(1'000 + static_cast<int>(rng.below(400)));
    const auto weight = static_cast<float>(rng.uniform());
    asked_early.record(slot, weight, at);
    asked_late.record(slot, weight, at);
    if (i % 100 == 0) (void)shares_at(asked_early, at);
  }
  for (int at = 1'000; at < 1'400; at += 10)
    EXPECT_EQ(shares_at(asked_early, day_number(at)), shares_at(asked_late, day_number(at)));
}

TEST(PopularityByTime, ForgetsTheOldestPeriods) {
  PopularityByTime popularity({.periods_max = 3});
  popularity.record(0, 1, day_number(1'000));
  popularity.record(1, 1, day_number(1'028 * 3));  // much later
  popularity.record(2, 1, day_number(1'000));      // too old to be kept
  for (const int at : {1'000, 1'028 * 3}) {
    const auto shares = shares_at(popularity, day_number(at));
    ASSERT_EQ(shares.size(), 2);
    EXPECT_EQ(shares[0], 0);
    EXPECT_GT(shares[1], 0);
  }
}

}  // namespace
}  // namespace modiste
