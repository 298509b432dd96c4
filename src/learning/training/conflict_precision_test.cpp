#include "learning/training/conflict_precision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "embedding/lab.h"
#include "embedding/towers.h"
#include "io/test_directory.h"

namespace modiste {
namespace {

// A photo of one colour that its owner calls `colour`.
PhotoExample photo(const std::string& name, const std::string& colour, Rgb shown) {
  PhotoExample example;
  example.source = "shop";
  example.photo = example.group = example.garment = name;
  example.colour = colour;
  example.attributes = {{Facet::kCategory, name.back() % 2 == 0 ? "jeans" : "t-shirt"}};
  example.texts = {"a text"};
  example.features.assign(kImageFeatures, 0.1F);
  example.features[static_cast<size_t>(name.back()) % 2] = 1;
  example.palette = {{to_lab(shown), 1}};
  return example;
}

// Sixty blue and sixty white garments; thirty black ones where `odd` others are called blue and are black.
std::vector<PhotoExample> shop(size_t odd) {
  std::vector<PhotoExample> photos;
  for (int i = 0; i < 60; ++i) {
    photos.push_back(photo("blue" + std::to_string(i), "blue", {28, 63, 168}));
    photos.push_back(photo("white" + std::to_string(i), "white", {240, 240, 240}));
  }
  for (int i = 0; odd > 0 && i < 30; ++i)
    photos.push_back(photo("black" + std::to_string(i), "black", {20, 20, 22}));
  for (size_t i = 0; i < odd; ++i) photos.push_back(photo("odd" + std::to_string(i), "blue", {20, 20, 22}));
  return photos;
}

KindPrecision judged(const std::vector<PhotoExample>& photos, LookedAt looked_at, ConflictKind kind) {
  std::vector<const PhotoExample*> unseen;
  for (const auto& one : photos) unseen.push_back(&one);
  HeadFittingOptions options;
  options.hidden = 8;
  options.dimension = 32;
  options.kept = 2;
  options.trainer.epochs_max = 1;
  TextFeatureTable texts;
  texts.emplace("a text", std::vector<float>(kTextFeatures, 0.01F));
  const auto fitted = fit_heads("test", unseen, texts, options);
  EXPECT_TRUE(fitted.ok());
  ConflictTrials trials(Vocabulary::standard(), std::move(looked_at));
  trials.add(fitted->heads, unseen);
  for (const auto& row : trials.choose())
    if (row.kind == kind) return row;
  return {};
}

TEST(ConflictPrecision, ExchangedPhotosProveAKind) {
  const auto row = judged(shop(0), {}, ConflictKind::kHue);
  EXPECT_TRUE(row.reported) << "white words of blue photos are found, and nothing else";
  EXPECT_EQ(row.doubted, 0U);
  EXPECT_EQ(row.photos, 120U);
  EXPECT_NEAR(row.caught, 0.25, 0.08) << "half the photos are blue, and half of them get white words";
  EXPECT_DOUBLE_EQ(row.precision, 0.95) << "so few photos cannot tell more";
}

TEST(ConflictPrecision, OwnWordsCountAsRightUntilSomebodyLooked) {
  const auto unseen = judged(shop(5), {}, ConflictKind::kNoHue);
  EXPECT_EQ(unseen.doubted, 5U);
  EXPECT_FALSE(unseen.reported);
  EXPECT_LT(unseen.precision, 0.3);
  LookedAt right;
  for (int i = 0; i < 5; ++i) right.emplace("shop", "odd" + std::to_string(i), ConflictKind::kNoHue);
  const auto seen = judged(shop(5), right, ConflictKind::kNoHue);
  EXPECT_EQ(seen.looked_right, 5U);
  EXPECT_TRUE(seen.reported);
}

TEST(ConflictPrecision, ReadsWhatPeopleLookedAt) {
  const TestDirectory directory;
  const auto file = directory.path() / "looked_at.csv";
  const auto write = [&](const std::string& text) { std::ofstream(file) << text; };
  write("set,photo,kind,right\nluma,a.jpg,no_hue,yes\nluma,b.jpg,no_hue,no\n");
  const auto read = read_looked_at(file);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, (LookedAt{{"luma", "a.jpg", ConflictKind::kNoHue}}));
  EXPECT_TRUE(read_looked_at("")->empty());
  write("set,photo,kind,right\nluma,a.jpg,no_such_kind,yes\n");
  EXPECT_EQ(read_looked_at(file).error().where, "line 2");
  write("photo,right\n");
  EXPECT_FALSE(read_looked_at(file).ok());
}

}  // namespace
}  // namespace modiste
