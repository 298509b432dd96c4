#include "learning/training/tag_precision.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "embedding/towers.h"
#include "learning/training/left_out.h"

namespace modiste {
namespace {

PhotoExample photo(const std::string& source, const std::string& group, const std::string& category) {
  PhotoExample example;
  example.source = source;
  example.group = group;
  example.photo = group;
  example.label = category;
  example.attributes = {{Facet::kCategory, category}};
  example.texts = {category};
  example.features.assign(kImageFeatures, 0.1F);
  const size_t kind = category == "jeans" ? 0 : category == "sneakers" ? 1 : 2;
  for (size_t i = 0; i < 40; ++i)
    example.features[kind * 40 + i] = 1 + 0.01F * static_cast<float>(hash64(group) % 50);
  return example;
}

TextFeatureTable texts() {
  TextFeatureTable table;
  for (const char* word : {"jeans", "sneakers", "umbrella"})
    table.emplace(word, std::vector<float>(kTextFeatures, 0.01F * static_cast<float>(table.size() + 1)));
  return table;
}

FittedHeads fitted_on(const std::vector<PhotoExample>& examples) {
  PhotoExamples training;
  for (const auto& example : examples) training.push_back(&example);
  HeadFittingOptions options;
  options.hidden = 16;
  options.dimension = 40;
  options.kept = 4;
  options.validation_share = 0.25F;
  options.trainer.epochs_max = 25;
  options.trainer.batch = 32;
  options.trainer.learning_rate = 0.01F;
  auto fitted = fit_heads("test", training, texts(), options);
  EXPECT_TRUE(fitted.ok()) << fitted.error().message();
  return std::move(fitted).value();
}

std::vector<PhotoExample> shop(const std::string& source, size_t each) {
  std::vector<PhotoExample> photos;
  for (size_t i = 0; i < each; ++i)
    for (const char* category : {"jeans", "sneakers"})
      photos.push_back(photo(source, source + std::to_string(i) + category, category));
  return photos;
}

TagTrials trials_on(const std::vector<PhotoExample>& unseen) {
  TagTrials trials(Vocabulary::standard());
  PhotoExamples photos;
  for (const auto& example : unseen) photos.push_back(&example);
  trials.add(fitted_on(shop("known", 40)).heads, photos);
  return trials;
}

TEST(TagTrials, KeepsTagsThatAreRightOnAnUnseenShop) {
  const auto chosen = trials_on(shop("unseen", 40)).choose();
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].facet, "category");
  EXPECT_LE(chosen[0].keep_from, 0.99);
  EXPECT_GE(chosen[0].precision, 0.95);
  EXPECT_GE(chosen[0].kept, 40U);
}

TEST(TagTrials, ATermThatTrainingNeverSawIsAWrongAnswer) {
  // A shop of things without a term of their own that look like jeans.
  auto photos = shop("unseen", 20);
  for (auto& one : photos)
    one = photo("unseen", one.group, "jeans"), one.attributes = {{Facet::kCategory, "umbrella"}};
  const auto chosen = trials_on(photos).choose();
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].keep_from, kTagNeverKept);
  EXPECT_EQ(chosen[0].kept, 0U);
  EXPECT_LT(chosen[0].precision, 0.1);
}

TEST(TagTrials, ASetOfAFewPhotosProvesNothing) {
  const auto chosen = trials_on(shop("unseen", 5)).choose();
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].keep_from, kTagNeverKept);
}

TEST(LeaveOutEachSet, OnlyRealPhotosJudge) {
  auto photos = shop("real", 60);
  auto drawn = shop("drawn", 60);
  const auto few = shop("few", 10);
  for (auto& one : drawn) one.photographed = false;
  photos.insert(photos.end(), drawn.begin(), drawn.end());
  photos.insert(photos.end(), few.begin(), few.end());
  PhotoExamples all;
  for (const auto& one : photos) all.push_back(&one);
  const auto splits = leave_out_each_set(all);
  ASSERT_EQ(splits.size(), 1U);
  EXPECT_EQ(splits[0].source, "real");
  EXPECT_EQ(splits[0].unseen.size(), 120U);
  EXPECT_EQ(splits[0].training.size(), 140U);
  EXPECT_TRUE(leave_out_each_set(splits[0].unseen).empty()) << "nothing would be left to train on";
}

}  // namespace
}  // namespace modiste
