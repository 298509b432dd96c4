#include "ranking/wardrobe_term.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TEST(WardrobeTerm, SaysNothingOfWhatNoOutfitHas) {
  Ranking ranking;
  ranking.scores = {0.95F, 0.86F, 0.5F};
  ranking.terms = {{"content", 1, {0.95F, 0.86F, 0.5F}}};
  const std::vector<float> wardrobe{kFeatureUnknown, 0.4F, kFeatureUnknown};
  const std::vector<size_t> ahead{0, 1};
  add_wardrobe_term(ranking, wardrobe, ahead);
  EXPECT_FLOAT_EQ(ranking.scores[0], 0.95F) << "a bikini is not behind because jeans complete an outfit";
  EXPECT_FLOAT_EQ(ranking.scores[1], 0.9F * 0.86F + 0.1F * 0.4F);
  EXPECT_FLOAT_EQ(ranking.scores[2], 0.45F) << "what is not ahead stays behind";
  for (size_t row = 0; row < ranking.scores.size(); ++row) {
    double sum = 0;
    for (const ScoreTerm& term : ranking.terms) sum += term.weight * static_cast<double>(term.values[row]);
    EXPECT_NEAR(sum, static_cast<double>(ranking.scores[row]), 1e-6) << "the parts add up";
  }
}

}  // namespace
}  // namespace modiste
