#include "learning/evaluation/outfit_metrics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

TEST(FilledIn, TheHighestScoreWinsAndEqualOnesShare) {
  EXPECT_EQ(filled_in(std::vector<double>{1, 3, 2, 0}, 1), 1);
  EXPECT_EQ(filled_in(std::vector<double>{1, 3, 2, 0}, 2), 0);
  EXPECT_EQ(filled_in(std::vector<double>{3, 3, 2, 0}, 1), 0.5);
  EXPECT_EQ(filled_in(std::vector<double>{0, 0, 0, 0}, 3), 0.25);
  EXPECT_EQ(filled_in(std::vector<double>{std::nan(""), 0, 1, 0}, 0), 0);
}

// Pairs: (0.8 over 0.1, 0.4), (0.4 over 0.1, beside 0.4): 3.5 of 4.
TEST(AreaUnderCurve, CountsPairsAndHalvesEqualOnes) {
  const std::vector<double> scores{0.1, 0.4, 0.4, 0.8};
  EXPECT_DOUBLE_EQ(area_under_curve(scores, {false, true, false, true}), 3.5 / 4);
  EXPECT_DOUBLE_EQ(area_under_curve(scores, {true, false, true, false}), 0.5 / 4);
  EXPECT_DOUBLE_EQ(area_under_curve(scores, {true, true, true, true}), 0.5);
  EXPECT_DOUBLE_EQ(area_under_curve(scores, {false, false, true, true}), 3.5 / 4);
  EXPECT_DOUBLE_EQ(area_under_curve(std::vector<double>{0.5, 0.5, 0.5}, {false, true, false}), 0.5);
}

TEST(BootstrapArea, TheIntervalHoldsTheAreaAndIsTheSameForASeed) {
  std::vector<double> scores, constant;
  std::vector<bool> positive;
  for (int i = 0; i < 200; ++i) {
    positive.push_back(i % 2 == 0);
    scores.push_back((i * 37) % 100 + (i % 2 == 0 ? 30 : 0));
    constant.push_back(1);
  }
  const std::vector<std::vector<double>> both{scores, constant};
  const auto intervals = bootstrap_area(both, positive, 200, 3);
  ASSERT_EQ(intervals.size(), 2U);
  EXPECT_DOUBLE_EQ(intervals[0].mean, area_under_curve(scores, positive));
  EXPECT_LT(intervals[0].low, intervals[0].mean);
  EXPECT_GT(intervals[0].high, intervals[0].mean);
  EXPECT_LT(intervals[0].high - intervals[0].low, 0.25);
  EXPECT_EQ(intervals[1].low, 0.5);
  EXPECT_EQ(intervals[1].high, 0.5);
  EXPECT_EQ(bootstrap_area(both, positive, 200, 3)[0].low, intervals[0].low);
}

}  // namespace
}  // namespace modiste
