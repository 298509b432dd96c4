#include "learning/evaluation/word_profiles.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

Garment titled(std::string id, std::string title) {
  Garment garment;
  garment.id = std::move(id);
  garment.title = std::move(title);
  return garment;
}

TEST(WordProfiles, AreThoseOfTheTextbook) {
  const std::vector<Garment> garments{titled("a", "red dress"), titled("b", "red red shirt"),
                                      titled("c", "blue shirt"), titled("left out", "red dress")};
  const WordProfiles profiles(garments, {{"a", 0}, {"b", 1}, {"c", 2}}, 3);
  const double red = std::log(4.0 / 2), dress = std::log(4.0 / 1), shirt = std::log(4.0 / 2);
  const double twice = (1 + std::log(2.0)) * red;
  const double cosine = red * twice / std::hypot(red, dress) / std::hypot(twice, shirt);
  const auto scores = profiles.scores(std::vector<uint32_t>{0});
  EXPECT_NEAR(scores[0], 1, 1e-6);
  EXPECT_NEAR(scores[1], cosine, 1e-6);
  EXPECT_EQ(scores[2], 0);
  const auto of_both = profiles.scores(std::vector<uint32_t>{0, 2});
  EXPECT_NEAR(of_both[1], cosine + profiles.scores(std::vector<uint32_t>{2})[1], 1e-6);
}

TEST(WordProfiles, KnowNothingWithoutWords) {
  const WordProfiles profiles({}, {}, 2);
  EXPECT_EQ(profiles.scores(std::vector<uint32_t>{0, 1}), (std::vector<float>{0, 0}));
}

}  // namespace
}  // namespace modiste
