#include "learning/evaluation/metrics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

TEST(Metrics, AgreeWithHandWorkedValues) {
  const bool relevant[] = {false, true, false, true};
  EXPECT_DOUBLE_EQ(precision_at(relevant, 2), 0.5);
  EXPECT_DOUBLE_EQ(precision_at(relevant, 10), 0.2);
  EXPECT_DOUBLE_EQ(recall_at(relevant, 4, 3), 2.0 / 3);
  EXPECT_DOUBLE_EQ(reciprocal_rank(relevant), 0.5);
  const double gains[] = {0, 1};
  EXPECT_NEAR(ndcg_at(gains, gains, 2), 1 / std::log2(3.0), 1e-9);
  EXPECT_DOUBLE_EQ(intra_list_diversity(3, [](size_t, size_t) { return 0.25; }), 0.75);
}

}  // namespace
}  // namespace modiste
