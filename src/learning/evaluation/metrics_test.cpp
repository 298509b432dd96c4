#include "learning/evaluation/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace modiste {
namespace {

TEST(Metrics, AgreeWithHandWorkedValues) {
  const double ranks[] = {2, 4, 11};
  EXPECT_DOUBLE_EQ(hit_at(ranks, 1), 0);
  EXPECT_DOUBLE_EQ(hit_at(ranks, 2), 1);
  EXPECT_DOUBLE_EQ(precision_at(ranks, 2), 0.5);
  EXPECT_DOUBLE_EQ(precision_at(ranks, 10), 0.2);
  EXPECT_DOUBLE_EQ(recall_at(ranks, 4), 2.0 / 3);
  EXPECT_DOUBLE_EQ(reciprocal_rank_at(ranks, 10), 0.5);
  EXPECT_DOUBLE_EQ(reciprocal_rank_at(ranks, 1), 0);
  EXPECT_DOUBLE_EQ(average_precision_at(ranks, 10), (1.0 / 2 + 2.0 / 4) / 3);
  EXPECT_DOUBLE_EQ(average_precision_at(ranks, 2), (1.0 / 2) / 2);
  EXPECT_NEAR(ndcg_at(ranks, 2), (1 / std::log2(3.0)) / (1 + 1 / std::log2(3.0)), 1e-12);
}

TEST(Metrics, OfWhatIsNotRankedAreZero) {
  const std::vector<double> ranks = {std::numeric_limits<double>::infinity()};
  for (const auto metric :
       {hit_at, precision_at, recall_at, ndcg_at, reciprocal_rank_at, average_precision_at}) {
    EXPECT_EQ(metric(ranks, 10), 0);
    EXPECT_EQ(metric({}, 10), 0);
  }
}

TEST(Metrics, EqualScoresShareTheMiddleOfTheirRanks) {
  const float scores[] = {3, 1, 1, 5, 1, 0};
  EXPECT_DOUBLE_EQ(mid_rank(scores, 3, {}), 1);
  EXPECT_DOUBLE_EQ(mid_rank(scores, 1, {}), 4);  // of ranks 3, 4, 5
  const uint32_t seen[] = {0, 4};
  EXPECT_DOUBLE_EQ(mid_rank(scores, 1, seen), 2.5);
}

// A list of constant scores is worth what a random order is worth on average for the rank itself, and it can
// never be worth a hit for every item, as it would be if ties went to the relevant item.
TEST(Metrics, ConstantScoresHitNothing) {
  const std::vector<float> scores(100, 1);
  const double rank = mid_rank(scores, 42, {});
  EXPECT_DOUBLE_EQ(rank, 50.5);
  EXPECT_EQ(hit_at({&rank, 1}, 10), 0);
}

}  // namespace
}  // namespace modiste
