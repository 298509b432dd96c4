#include "ranking/objective.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

FeatureMatrix three_items() {
  FeatureMatrix features({0, 1, 2});
  features.set("aesthetic_affinity", {1, -1, kFeatureUnknown});
  features.set("garment_age_days", {30, 0, kFeatureUnknown});
  features.set("occasion_match", {1, kFeatureUnknown, kFeatureUnknown});
  features.set("season_match", {0.5F, 0, kFeatureUnknown});
  features.set("warmth_match", {kFeatureUnknown, 0.5F, kFeatureUnknown});
  features.set("stock_share", {0.25F, 1, kFeatureUnknown});
  return features;
}

Ranking ranked() { return {{0.8F, 0.4F, 0.6F}, {{"learned", 1, {0.8F, 0.4F, 0.6F}}}, {}}; }

TEST(Objective, IsTheSumOfWhatItShows) {
  const FeatureMatrix features = three_items();
  const std::vector<float> margins{0.5F, kFeatureUnknown, kFeatureUnknown};
  const ObjectiveWeights weights{0.5, 0.25, 0.5, 0.25, 0.5};
  Ranking ranking = ranked();
  add_objective(ranking, features, margins, weights);
  ASSERT_EQ(ranking.terms.size(), 6U);
  for (size_t row = 0; row < 3; ++row) {
    double sum = 0, whole = 0;
    for (const ScoreTerm& term : ranking.terms) {
      ASSERT_GE(term.values[row], 0) << term.feature;
      ASSERT_LE(term.values[row], 1) << term.feature;
      sum += term.weight * static_cast<double>(term.values[row]);
      whole += term.weight;
    }
    EXPECT_NEAR(sum, static_cast<double>(ranking.scores[row]), 1e-6) << row;
    EXPECT_NEAR(whole, 1, 1e-9);
  }
  EXPECT_FLOAT_EQ(ranking.terms[1].values[0], 1) << "an affinity of 1";
  EXPECT_FLOAT_EQ(ranking.terms[2].values[0], 0.4F) << "half of its value after 30 days";
  EXPECT_FLOAT_EQ(ranking.terms[3].values[1], 0.25F)
      << "the mean of season and warmth, the occasion is unknown";
  EXPECT_FLOAT_EQ(ranking.terms[5].values[1], 0.4F) << "an unknown margin is the item's value";
  EXPECT_FLOAT_EQ(ranking.scores[2], 0.6F) << "where nothing is known the score stays";
}

TEST(Objective, WithoutWeightsNothingIsReadOrChanged) {
  EXPECT_TRUE(objective_features({}).empty());
  Ranking ranking = ranked();
  add_objective(ranking, FeatureMatrix({0, 1, 2}), {}, {});
  EXPECT_EQ(ranking.scores, ranked().scores);
  EXPECT_EQ(ranking.terms.size(), 1U);
  EXPECT_EQ(objective_features({.context = 1}).size(), 3U);
}

}  // namespace
}  // namespace modiste
