#include "learning/evaluation/neighbour_metrics.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

struct Photo {
  Vector vector;
  std::string label, group;
};

std::vector<Seen> seen(const std::vector<Photo>& photos) {
  std::vector<Seen> out;
  for (const auto& photo : photos) out.push_back({photo.vector, photo.label, photo.group});
  return out;
}

TEST(PrecisionAtK, CountsOnlyOtherSenders) {
  // The nearest photo is the sender's own: finding it would prove nothing.
  const std::vector<Photo> queries{{{1, 0}, "tee", "ada"}};
  const std::vector<Photo> gallery{
      {{1, 0}, "tee", "ada"}, {{0.9F, 0}, "hat", "bob"}, {{0.8F, 0}, "tee", "eve"}};
  ScoreByLabel scores;
  add_precision_at_k(seen(queries), seen(gallery), 2, scores);
  EXPECT_DOUBLE_EQ(scores.micro(), 0.5);
}

TEST(PrecisionAtK, MissingNeighboursAreWrong) {
  const std::vector<Photo> queries{{{1, 0}, "tee", "ada"}}, gallery{{{1, 0}, "tee", "bob"}};
  ScoreByLabel scores;
  add_precision_at_k(seen(queries), seen(gallery), 4, scores);
  EXPECT_DOUBLE_EQ(scores.micro(), 0.25);
}

TEST(ScoreByLabel, TellsBothMeansApart) {
  ScoreByLabel scores;
  for (int i = 0; i < 9; ++i) scores.add("tee", 1);
  scores.add("hat", 0);
  EXPECT_DOUBLE_EQ(scores.micro(), 0.9);
  EXPECT_DOUBLE_EQ(scores.macro(), 0.5);
  EXPECT_EQ(scores.count(), 10U);
  EXPECT_EQ(ScoreByLabel{}.micro(), 0);
}

TEST(ZeroShot, TakesTheNearestPrompt) {
  const std::vector<Photo> queries{{{1, 0.1F}, "tee", "ada"}, {{0.2F, 1}, "tee", "ada"}};
  ScoreByLabel scores;
  add_zero_shot_accuracy(seen(queries), {{"tee", {1, 0}}, {"hat", {0, 1}}}, scores);
  EXPECT_DOUBLE_EQ(scores.micro(), 0.5);
}

}  // namespace
}  // namespace modiste
