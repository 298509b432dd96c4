#include "ranking/order_comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace modiste {
namespace {

TEST(OrderComparison, AgreesWithItselfAndDisagreesWithItsReverse) {
  const std::vector<float> up{1, 2, 3, 4, 5}, down{5, 4, 3, 2, 1};
  EXPECT_EQ(compare_orders(up, up, 2).first_common, 1);
  EXPECT_DOUBLE_EQ(compare_orders(up, up, 2).correlation, 1);
  EXPECT_EQ(compare_orders(up, down, 2).first_common, 0);
  EXPECT_DOUBLE_EQ(compare_orders(up, down, 2).correlation, -1);
  EXPECT_EQ(compare_orders(up, down, 9).first_common, 1) << "all are among all";
}

// Spearman by hand: ranks 0 1.5 1.5 3 against 0 1 2 3 have covariance 4.5 and squares 4.5 and 5.
TEST(OrderComparison, EqualScoresHaveTheirMiddleRank) {
  const std::vector<float> ties{4, 2, 2, 1}, none{9, 8, 7, 6};
  EXPECT_NEAR(compare_orders(ties, none, 1).correlation, 4.5 / std::sqrt(4.5 * 5), 1e-12);
}

TEST(OrderComparison, OneScoreForAllSaysNothing) {
  const std::vector<float> same{1, 1, 1}, other{3, 2, 1};
  EXPECT_EQ(compare_orders(same, other, 10).correlation, 0);
  EXPECT_EQ(compare_orders(std::vector<float>{7}, std::vector<float>{3}, 10).first_common, 1);
}

}  // namespace
}  // namespace modiste
