#include "features/source_shares.h"

#include <gtest/gtest.h>

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
