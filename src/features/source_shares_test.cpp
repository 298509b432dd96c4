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

}  // namespace
}  // namespace modiste
