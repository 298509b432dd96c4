#include "learning/evaluation/bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

// For means of many values the bootstrap agrees with the normal interval, mean -+ 1.96 s / sqrt(n).
TEST(Bootstrap, AgreesWithTheNormalInterval) {
  Rng rng(1);
  std::vector<float> values;
  double sum = 0, squares = 0;
  for (int i = 0; i < 3000; ++i) {
    values.push_back(rng.chance(0.2) ? 1 : 0);
    sum += values.back();
    squares += values.back() * values.back();
  }
  const double mean = sum / 3000, half = 1.96 * std::sqrt((squares / 3000 - mean * mean) / 3000);
  const std::vector<std::vector<float>> series{values};
  const Interval interval = bootstrap(series, 2000, 7).front();
  EXPECT_NEAR(interval.mean, mean, 1e-6);
  EXPECT_NEAR(interval.low, mean - half, half * 0.15);
  EXPECT_NEAR(interval.high, mean + half, half * 0.15);
}

// b is a little better than a on every query: paired, the difference is certain although both vary widely.
TEST(Bootstrap, SeriesShareTheirDraws) {
  Rng rng(2);
  std::vector<std::vector<float>> series(3);
  for (int i = 0; i < 500; ++i) {
    const auto value = static_cast<float>(rng.uniform());
    series[0].push_back(value);
    series[1].push_back(value + 0.01F);
    series[2].push_back(0.01F);
  }
  const auto intervals = bootstrap(series, 500, 7);
  EXPECT_LT(intervals[1].low, intervals[0].high);
  EXPECT_NEAR(intervals[1].low - intervals[0].low, 0.01, 1e-4);
  EXPECT_NEAR(intervals[2].low, intervals[2].high, 1e-6);
}

// Half of the queries are of one shopper, who always says the same.
TEST(Bootstrap, AShopperWithManyQueriesIsOneWitness) {
  Rng rng(4);
  std::vector<std::vector<float>> series(2);
  std::vector<uint32_t> shoppers;
  for (uint32_t query = 0; query < 400; ++query) {
    const bool heavy = query % 2 == 0;
    series[0].push_back(heavy ? 1 : static_cast<float>(rng.uniform(-1, 1)));
    series[1].push_back(2 * series[0].back());
    shoppers.push_back(heavy ? 7 : 1'000 + query);
  }
  EXPECT_EQ(count_groups(shoppers), 201U);
  const auto alone = bootstrap(series, 1'000, 7), together = bootstrap(series, shoppers, 1'000, 7);
  EXPECT_NEAR(together[0].mean, alone[0].mean, 1e-6);
  EXPECT_GT(alone[0].low, 0.4) << "as if 200 had said it";
  EXPECT_LT(together[0].low, 0.1) << "a draw in three is without that shopper";
  EXPECT_NEAR(together[1].low, 2 * together[0].low, 1e-5) << "all series share their draws";
  // Where each query is another shopper's, it is the same as without.
  for (uint32_t query = 0; query < 400; ++query) shoppers[query] = 3 * query;
  EXPECT_EQ(bootstrap(series, shoppers, 1'000, 7)[0].low, alone[0].low);
  const std::vector<std::vector<float>> none(2);
  EXPECT_EQ(bootstrap(none, {}, 10, 1).size(), 2U);
}

TEST(Bootstrap, OfARatioDrawsBothAlike) {
  Rng rng(3);
  std::vector<float> weights, rewards, twice;
  for (int i = 0; i < 500; ++i) {
    weights.push_back(static_cast<float>(rng.uniform(0.1, 10)));
    rewards.push_back(static_cast<float>(rng.uniform()));
    twice.push_back(2 * weights.back());
  }
  const Interval constant = bootstrap_ratio(twice, weights, 200, 1);
  EXPECT_NEAR(constant.low, 2, 1e-5);
  EXPECT_NEAR(constant.high, 2, 1e-5);
  const Interval ratio = bootstrap_ratio(rewards, weights, 200, 1);
  EXPECT_LT(ratio.low, ratio.mean);
  EXPECT_GT(ratio.high, ratio.mean);
  EXPECT_EQ(bootstrap_ratio({}, {}, 200, 1).mean, 0);
}

TEST(Bootstrap, OfNothingIsZero) {
  const std::vector<std::vector<float>> series(2);
  EXPECT_EQ(bootstrap(series, 10, 1).size(), 2U);
  EXPECT_EQ(bootstrap({}, 10, 1).size(), 0U);
}

}  // namespace
}  // namespace modiste
