#include "learning/evaluation/embedding_report.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "embedding/label_text.h"
#include "embedding/towers.h"

namespace modiste {
namespace {

// Three labels whose photos differ in a few features, drowned in what each sender's room looks like.
std::vector<PhotoExample> make_examples(size_t senders) {
  Rng rng(5);
  std::vector<PhotoExample> examples;
  const std::array<const char*, 3> terms{"t-shirt", "jeans", "sneakers"};
  for (size_t sender = 0; sender < senders; ++sender) {
    std::vector<float> room(kImageFeatures);
    for (auto& value : room) value = static_cast<float>(std::abs(rng.normal()));
    for (size_t k = 0; k < 9; ++k) {
      PhotoExample example;
      example.source = "clothing_cc0";
      example.group = std::to_string(sender);
      example.photo = example.group + "/" + std::to_string(k);
      example.label = terms[k % 3];
      example.attributes = {{Facet::kCategory, terms[k % 3]}};
      example.texts = {terms[k % 3]};
      example.features = room;
      for (auto& value : example.features) value += static_cast<float>(rng.normal() * 0.9);
      for (size_t i = 0; i < 30; ++i) example.features[(k % 3) * 30 + i] += 1.2F;
      examples.push_back(std::move(example));
    }
  }
  return examples;
}

TextFeatureTable make_texts(const std::vector<PhotoExample>& examples) {
  TextFeatureTable table;
  const auto add = [&](const std::string& text, uint64_t kind) {
    std::vector<float> features(kTextFeatures, 0.01F);
    for (size_t i = 0; i < 20; ++i) features[kind * 20 + i] = 0.2F;
    table.emplace(text, std::move(features));
  };
  const auto& vocabulary = Vocabulary::standard();
  for (size_t i = 0; i < 3; ++i) {
    add(examples[i].texts[0], i);
    for (const auto& prompt : category_prompts(*vocabulary.find(Facet::kCategory, examples[i].label)))
      add(prompt, i);
  }
  return table;
}

EmbeddingReport evaluated() {
  const auto examples = make_examples(24);
  EvaluateEmbeddingOptions options;
  options.folds = 3;
  options.fitting.hidden = 32;
  options.fitting.dimension = 48;
  options.fitting.kept = 8;
  options.fitting.trainer.epochs_max = 12;
  options.fitting.trainer.batch = 48;
  options.fitting.trainer.learning_rate = 3e-3F;
  auto report = evaluate_embedding(examples, make_texts(examples), Vocabulary::standard(), options);
  EXPECT_TRUE(report.ok()) << report.error().message();
  return std::move(report).value();
}

TEST(EvaluateEmbedding, TestsEveryPhotoOnceAndBeatsRawFeatures) {
  const auto report = evaluated();
  EXPECT_EQ(report.photos, 24U * 9);
  EXPECT_EQ(report.senders, 24U);
  EXPECT_EQ(report.labels, 3U);
  ASSERT_EQ(report.retrieval.size(), 4U);
  for (const auto& scores : report.retrieval) EXPECT_EQ(scores.precision.count(), report.photos);
  EXPECT_GT(report.retrieval[0].precision.micro(), report.retrieval[2].precision.micro() + 0.1);
  EXPECT_GT(report.zero_shot.micro(), 0.8);
  EXPECT_GE(report.calibration_error, 0);
}

TEST(EvaluateEmbedding, RefusesFewerSendersThanFolds) {
  const auto examples = make_examples(1);
  EvaluateEmbeddingOptions options;
  const auto report = evaluate_embedding(examples, make_texts(examples), Vocabulary::standard(), options);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::kInvalid);
}

EmbeddingReport small_report() {
  EmbeddingReport report;
  report.k = 10;
  report.photos = 2;
  for (const char* encoder : {"modiste", "resnet50"})
    for (const char* gallery : {"training senders", "held-out senders"}) {
      RetrievalScores scores{encoder, gallery, {}};
      scores.precision.add("<Hat>", std::string_view(encoder) == "modiste" ? 0.75 : 0.5);
      report.retrieval.push_back(std::move(scores));
    }
  report.zero_shot.add("<Hat>", 1);
  report.category_tags.push_back({0.8, 0.9, 4, 0.85, 0.75});
  return report;
}

TEST(EmbeddingReport, JsonHoldsTheFigures) {
  const auto value = to_report_json(small_report());
  EXPECT_EQ(value.at("report").as_string(), "embedding");
  EXPECT_DOUBLE_EQ(value.at("retrieval").at(0).at("micro").as_double(), 0.75);
  EXPECT_EQ(value.at("retrieval").at(2).at("encoder").as_string(), "resnet50");
  EXPECT_DOUBLE_EQ(value.at("zero_shot").at("macro").as_double(), 1);
}

}  // namespace
}  // namespace modiste
