#include "learning/training/head_fitting.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "embedding/towers.h"
#include "learning/training/head_rows.h"

namespace modiste {
namespace {

constexpr std::array kWords{"t-shirt", "jeans", "sneakers"};

// Features in which each class is a direction, with noise; each sender takes photos of every class.
std::vector<PhotoExample> make_examples(size_t senders, uint64_t seed) {
  Rng rng(seed);
  std::vector<PhotoExample> examples;
  for (size_t sender = 0; sender < senders; ++sender)
    for (size_t k = 0; k < kWords.size() * 2; ++k) {
      const size_t kind = k % kWords.size();
      PhotoExample example;
      example.source = "test";
      example.group = std::to_string(sender);
      example.photo = example.group + "-" + std::to_string(k);
      example.label = kWords[kind];
      example.attributes = {{Facet::kCategory, kWords[kind]}};
      example.texts = {kWords[kind]};
      example.features.resize(kImageFeatures);
      for (auto& value : example.features) value = static_cast<float>(rng.normal() * 0.5);
      for (size_t i = 0; i < 40; ++i) example.features[kind * 40 + i] += 2;
      examples.push_back(std::move(example));
    }
  return examples;
}

TextFeatureTable make_texts() {
  TextFeatureTable table;
  for (size_t kind = 0; kind < kWords.size(); ++kind) {
    std::vector<float> features(kTextFeatures, 0.01F);
    for (size_t i = 0; i < 20; ++i) features[kind * 20 + i] = 0.2F;
    table.emplace(kWords[kind], std::move(features));
  }
  return table;
}

std::vector<const PhotoExample*> pointers(const std::vector<PhotoExample>& examples) {
  std::vector<const PhotoExample*> out;
  for (const auto& example : examples) out.push_back(&example);
  return out;
}

HeadFittingOptions quick() {
  HeadFittingOptions options;
  options.hidden = 32;
  options.dimension = 48;
  options.kept = 8;
  options.validation_share = 0.25F;
  options.trainer.epochs_max = 12;
  options.trainer.batch = 32;
  options.trainer.learning_rate = 3e-3F;
  return options;
}

TEST(FitHeads, WordsFindUnseenPhotosOfTheirKind) {
  const auto examples = make_examples(16, 1);
  const auto texts = make_texts();
  const auto fitted = fit_heads("test", pointers(examples), texts, quick());
  ASSERT_TRUE(fitted.ok()) << fitted.error().message();
  EXPECT_EQ(fitted->photos_training + fitted->photos_validation, examples.size());
  EXPECT_EQ(fitted->heads.info().name, "test");

  size_t right = 0;
  const auto unseen = make_examples(5, 99);
  for (const auto& photo : unseen) {
    const auto image = fitted->heads.image(photo.features);
    std::string best;
    float best_score = -2;
    for (const auto& [word, features] : texts)
      if (const float score = dot(image, fitted->heads.text(features)); score > best_score)
        best_score = score, best = word;
    right += best == photo.label ? 1 : 0;
  }
  EXPECT_GE(right, unseen.size() * 9 / 10);
}

TEST(FitHeads, NamesColoursAsTheOwnersDo) {
  // A shop that calls navy "blue" and burgundy "red", which the vocabulary's anchors would not.
  auto examples = make_examples(16, 1);
  const Lab navy{15.8F, 10.4F, -29.6F}, burgundy{22.2F, 38.6F, 13.1F};
  for (size_t i = 0; i < examples.size(); ++i) {
    examples[i].colour = i % 2 == 0 ? "blue" : "red";
    examples[i].palette = {{i % 2 == 0 ? navy : burgundy, 1}};
  }
  HeadFittingOptions options = quick();
  options.colour_words_min = 2;
  const auto fitted = fit_heads("test", pointers(examples), make_texts(), options);
  ASSERT_TRUE(fitted.ok()) << fitted.error().message();
  const auto scores = score_colours(fitted->heads, pointers(examples), Vocabulary::standard());
  EXPECT_EQ(scores.photos, examples.size());
  EXPECT_EQ(scores.learned, 1);
  EXPECT_EQ(scores.anchors, 0);
  const auto of_few_words = fit_heads("test", pointers(examples), make_texts(), quick());
  ASSERT_TRUE(of_few_words.ok());
  EXPECT_TRUE(of_few_words->heads.info().colour_terms.empty()) << "its blue is not everybody's";
  const auto without = fit_heads("test", pointers(make_examples(16, 1)), make_texts(), quick());
  ASSERT_TRUE(without.ok());
  EXPECT_TRUE(without->heads.info().colour_terms.empty());
}

TEST(FitHeads, CalibratesOnHeldOutSenders) {
  const auto examples = make_examples(20, 2);
  const auto fitted = fit_heads("test", pointers(examples), make_texts(), quick());
  ASSERT_TRUE(fitted.ok());
  ASSERT_EQ(fitted->calibration.size(), 1U);
  EXPECT_EQ(fitted->calibration[0].facet, "category");
  EXPECT_EQ(static_cast<size_t>(fitted->calibration[0].examples), fitted->photos_validation);
  EXPECT_GT(fitted->calibration[0].accuracy, 0.8);
  EXPECT_GT(fitted->calibration[0].temperature, 0.19);
  EXPECT_EQ(fitted->heads.info().attributes[0].temperature, fitted->calibration[0].temperature);
}

TEST(FitHeads, IsTheSameForASeed) {
  const auto examples = make_examples(12, 3);
  const auto a = fit_heads("test", pointers(examples), make_texts(), quick());
  const auto b = fit_heads("test", pointers(examples), make_texts(), quick());
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(a->heads.serialize(), b->heads.serialize());
}

TEST(FitHeads, StopsWhenTold) {
  const auto examples = make_examples(12, 3);
  const auto fitted =
      fit_heads("test", pointers(examples), make_texts(), quick(), [](const HeadEpoch&) { return false; });
  ASSERT_TRUE(fitted.ok());
  EXPECT_EQ(fitted->epochs.size(), 1U);
}

TEST(FitHeads, RefusesWhatCannotBeLearned) {
  EXPECT_EQ(fit_heads("test", {}, {}, quick()).error().code, Code::kInvalid);
  auto examples = make_examples(12, 4);
  EXPECT_EQ(fit_heads("test", pointers(examples), {}, quick()).error().where, "0-0");
  examples[3].features.pop_back();
  EXPECT_FALSE(fit_heads("test", pointers(examples), make_texts(), quick()).ok());
}

TEST(HeadRowLabels, GarmentsKeepApartUnlessLabelled) {
  auto examples = make_examples(1, 5);
  examples[0].garment = "G1";
  const auto photos = pointers(examples);
  EXPECT_EQ(HeadRowLabels(photos, false).label(examples[0]), -1);
  EXPECT_EQ(HeadRowLabels(photos, true).label(examples[0]), HeadRowLabels(photos, true).label(examples[3]));
  EXPECT_GE(HeadRowLabels(photos, false).garment(examples[0]), 0);
  EXPECT_EQ(HeadRowLabels(photos, false).garment(examples[1]), -1);
}

}  // namespace
}  // namespace modiste
