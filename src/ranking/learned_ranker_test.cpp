#include "ranking/learned_ranker.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

// One tree: hybrid below .5 -> -1; else like_rate below .2, or unknown, -> 0, else 2.
LearnedRankerModel small_model() {
  LearnedRankerModel model;
  model.features = {"hybrid", "like_rate"};
  model.trees =
      TreeEnsemble::create(
          {{0.5F, 1, 0, false}, {-1, 0, 0, false}, {0.2F, 3, 1, false}, {0, 0, 0, false}, {2, 0, 0, false}},
          {0}, 2)
          .value();
  model.hybrid_weight = 2;
  model.slope = 1.5;
  model.offset = -1;
  return model;
}

TEST(TreeEnsemble, SendsEachRowToItsLeaf) {
  const std::vector<float> rows{0.4F, 1, 0.5F, 0.1F, 0.9F, 0.2F, 0.9F, kFeatureUnknown, kFeatureUnknown,
                                0.9F};
  EXPECT_EQ(small_model().trees.values(rows), (std::vector<float>{-1, 0, 2, 0, -1}));
}

TEST(TreeEnsemble, RefusesWhatWouldNotEndOrReadsBeyondARow) {
  EXPECT_FALSE(TreeEnsemble::create({{0, 1, 0, false}, {0, 0, 0, false}}, {0}, 1).ok()) << "one child only";
  EXPECT_FALSE(TreeEnsemble::create({{0, 1, 1, false}, {0, 0, 0, false}, {0, 0, 0, false}}, {0}, 1).ok())
      << "a feature beyond the row";
  EXPECT_FALSE(TreeEnsemble::create({{0, 1, 0, false}, {0, 1, 0, false}, {0, 0, 0, false}}, {0}, 1).ok())
      << "a loop";
  EXPECT_FALSE(TreeEnsemble::create({{std::nanf(""), 0, 0, false}}, {0}, 1).ok());
  EXPECT_TRUE(TreeEnsemble::create({{1, 0, 0, false}}, {0}, 1).ok());
}

TEST(LearnedRanker, IsReadAsItWasWritten) {
  const LearnedRankerModel model = small_model();
  const auto read = parse_ranker(serialize_ranker(model));
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(read->features, model.features);
  EXPECT_EQ(read->slope, model.slope);
  EXPECT_EQ(read->offset, model.offset);
  const std::vector<float> rows{0.4F, 1, 0.5F, 0.1F, 0.9F, 0.2F};
  EXPECT_EQ(read->sums(rows), model.sums(rows));
  EXPECT_FLOAT_EQ(model.sums(rows)[2], 2 * 0.9F + 2) << "twice the hybrid's score and the leaf";
}

TEST(LearnedRanker, RefusesAnotherFormatAndFeaturesThatAreNotComputed) {
  const auto refused = [](const LearnedRankerModel& model, std::string_view from, std::string_view to) {
    std::string text = serialize_ranker(model);
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto read = parse_ranker(text);
    EXPECT_FALSE(read.ok()) << to;
    return read.ok() ? "" : read.error().message();
  };
  EXPECT_NE(refused(small_model(), "\"format_version\":1", "\"format_version\":2").find("version 2"),
            std::string::npos);
  EXPECT_NE(refused(small_model(), "like_rate", "moon_phase").find("moon_phase"), std::string::npos);
  EXPECT_NE(refused(small_model(), "\"hybrid\",", "\"visual\",").find("hybrid"), std::string::npos);
  EXPECT_FALSE(parse_ranker("{}").ok());
  EXPECT_FALSE(parse_ranker("").ok());
}

}  // namespace
}  // namespace modiste
