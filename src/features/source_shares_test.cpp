#include "features/source_shares.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

TEST(RankShares, EqualValuesGetEqualShares) {
  const std::vector<float> values{5, 1, 5, 100};
  const auto shares = rank_shares(values);
  EXPECT_FLOAT_EQ(shares[0], 0.5F);
  EXPECT_FLOAT_EQ(shares[2], 0.5F);
  EXPECT_FLOAT_EQ(shares[1], 0.125F);
  EXPECT_FLOAT_EQ(shares[3], 0.875F);
  EXPECT_TRUE(rank_shares({}).empty());
}

TEST(PricePenalty, HoldsOnlyAHigherPriceAgainstAGarment) {
  Taste taste;
  EXPECT_EQ(price_penalty(1'000, taste), 0) << "no price is usual yet";
  taste.price_weight = 3;
  taste.log_price_sum = 3 * std::log(50.0F);
  taste.log_price_square_sum = 3 * std::log(50.0F) * std::log(50.0F);
  for (const float price : {0.0F, 1.0F, 20.0F, 49.9F}) EXPECT_EQ(price_penalty(price, taste), 0) << price;
  EXPECT_GT(price_penalty(60, taste), 0);
  EXPECT_GT(price_penalty(90, taste), price_penalty(60, taste));
  EXPECT_LE(price_penalty(1e6F, taste), 1);
}

TEST(LogShares, FallByTheLogarithmOfTheShareOfTheLargest) {
  const std::vector<float> values{2'000, 2, 63.2456F, 0.1F, 0, -3};
  const auto shares = log_shares(values);
  EXPECT_FLOAT_EQ(shares[0], 1);
  EXPECT_NEAR(shares[1], 0, 1e-6);
  EXPECT_NEAR(shares[2], 0.5, 1e-4);
  for (const size_t nothing : {3, 4, 5}) EXPECT_EQ(shares[nothing], 0) << nothing;
  EXPECT_TRUE(log_shares({}).empty());
}

}  // namespace
}  // namespace modiste
