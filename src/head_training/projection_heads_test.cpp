#include "nn/projection_heads.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "base/rng.h"
#include "head_training/head_trainer.h"
#include "nn/test_files.h"

namespace modiste {
namespace {

using namespace nn_testing;

HeadsInfo small_info() {
  return {.image_features = 6,
          .text_features = 4,
          .image_hidden = 5,
          .text_hidden = 3,
          .dimension = 4,
          .colour_terms = {},
          .attributes = {{"sleeve", {"long", "short"}}, {"pattern", {"plain", "striped", "checked"}}},
          .conflicts = {},
          .name = "small",
          .towers = {},
          .trained_on = "nothing \"real\""};
}

std::vector<float> random_rows(size_t count, uint64_t seed) {
  Rng rng(seed);
  std::vector<float> out(count);
  for (auto& value : out) value = static_cast<float>(rng.normal());
  return out;
}

// Untrained heads of small_info().
ProjectionHeads small_heads() {
  const auto images = random_rows(6 * 8, 1), texts = random_rows(4 * 8, 2);
  const HeadDataset dataset{.image_features = images, .text_features = texts, .attributes = {{}, {}}};
  return HeadTrainer::create(small_info(), dataset, std::nullopt, {}).value().heads();
}

double length(std::span<const float> row) { return std::sqrt(double{dot_scalar(row, row)}); }

TEST(ProjectionHeadsTest, AnswersUnitRowsAndProbabilities) {
  const auto heads = small_heads();
  const auto images = heads.image(random_rows(6 * 3, 5));
  const auto texts = heads.text(random_rows(4 * 2, 6));
  ASSERT_EQ(images.size(), 12U);
  ASSERT_EQ(texts.size(), 8U);
  EXPECT_NEAR(length(std::span(images).first(4)), 1, 1e-6);
  EXPECT_NEAR(length(std::span(texts).last(4)), 1, 1e-6);
  const auto probabilities = heads.attribute_probabilities(random_rows(6 * 3, 5));
  ASSERT_EQ(probabilities.size(), 2U);
  ASSERT_EQ(probabilities[1].size(), 9U);
  EXPECT_NEAR(std::accumulate(probabilities[1].begin(), probabilities[1].begin() + 3, 0.0), 1, 1e-6);
  EXPECT_TRUE(heads.image({}).empty());
}

// Heads whose vectors are half learned, a third kept and a sixth colour.
ProjectionHeads heads_of_three_blocks() {
  HeadsInfo info = small_info();
  info.dimension = 9;
  info.kept = 3;
  info.colours = 2;
  info.kept_share = 1.0 / 3;
  info.colour_share = 1.0 / 6;
  auto images = random_rows(6 * 40, 1);
  const auto texts = random_rows(4 * 8, 2);
  for (size_t at = 0; at < images.size(); ++at)
    if (at % 6 >= 4) images[at] = std::abs(images[at]);
  const HeadDataset dataset{.image_features = images, .text_features = texts, .attributes = {{}, {}}};
  return HeadTrainer::create(info, dataset, std::nullopt, {}).value().heads();
}

TEST(ProjectionHeadsTest, ABlockHasItsShareOfTheVector) {
  const auto heads = heads_of_three_blocks();
  auto features = random_rows(6, 5);
  features[4] = 0.25F, features[5] = 0.75F;
  const auto vector = heads.image(features);
  ASSERT_EQ(vector.size(), 9U);
  const std::span row(vector);
  EXPECT_NEAR(length(row), 1, 1e-6);
  EXPECT_NEAR(length(row.subspan(4, 3)), std::sqrt(1.0 / 3), 1e-5);
  EXPECT_NEAR(row[7], std::sqrt(0.25 / 6), 1e-5) << "the root of the colour's share";
  EXPECT_NEAR(row[8], std::sqrt(0.75 / 6), 1e-5);
  const auto parsed = ProjectionHeads::parse(heads.serialize());
  ASSERT_TRUE(parsed.ok()) << parsed.error().message();
  EXPECT_EQ(parsed->image(features), vector);
  EXPECT_EQ(heads.text(random_rows(4, 1)).size(), 9U) << "texts search the whole vector";
}

TEST(ProjectionHeadsTest, KeepsTheMainDirectionsOfWhatTrainingSaw) {
  // The first two features vary; the third is noise, and a kept block of two directions leaves it out.
  HeadsInfo info = small_info();
  info.image_features = 3;
  info.dimension = 6;
  info.kept = 2;
  info.kept_share = 0.5;
  Rng rng(4);
  std::vector<float> images;
  for (int row = 0; row < 60; ++row)
    for (const double spread : {5.0, 3.0, 0.01}) images.push_back(static_cast<float>(spread * rng.normal()));
  const HeadDataset dataset{.image_features = images, .attributes = {{}, {}}};
  const auto heads = HeadTrainer::create(info, dataset, std::nullopt, {}).value().heads();
  const auto kept = [&](std::vector<float> features) {
    const auto vector = heads.image(features);
    return std::vector<float>(vector.begin() + 4, vector.end());
  };
  const auto here = kept({4, 2, 0}), noisy = kept({4, 2, 0.05F}), other = kept({-4, 2, 0});
  EXPECT_NEAR(dot(here, noisy), 0.5, 1e-3);
  EXPECT_LT(dot(here, other), 0.3);
}

TEST(ProjectionHeadsTest, ReadsBackExactlyWhatItWrote) {
  const auto heads = small_heads();
  const auto file = heads.serialize();
  const auto parsed = ProjectionHeads::parse(file);
  ASSERT_TRUE(parsed.ok()) << parsed.error().message();
  const auto& info = parsed->info();
  EXPECT_EQ(info.name, "small");
  EXPECT_EQ(info.trained_on, "nothing \"real\"");
  EXPECT_EQ(info.attributes[1].terms, small_info().attributes[1].terms);
  EXPECT_NEAR(info.temperature, heads.info().temperature, 1e-6);
  const auto features = random_rows(6 * 4, 7);
  EXPECT_EQ(parsed->image(features), heads.image(features));
  EXPECT_EQ(parsed->attribute_probabilities(features), heads.attribute_probabilities(features));
  EXPECT_EQ(parsed->serialize(), file);
}

TEST(ProjectionHeadsTest, ADescriptionIsReplacedAndTheWeightsStay) {
  const auto heads = small_heads();
  HeadsInfo info = heads.info();
  info.name = "calibrated";
  info.towers = "towers-1";
  info.attributes[1].temperature = 0.69209930946364;
  const auto described = heads.described_as(info);
  const auto parsed = ProjectionHeads::parse(described.serialize());
  ASSERT_TRUE(parsed.ok()) << parsed.error().message();
  EXPECT_EQ(parsed->info().name, "calibrated");
  EXPECT_EQ(parsed->info().towers, "towers-1");
  EXPECT_EQ(parsed->info().attributes[0].temperature, 1);
  EXPECT_EQ(parsed->info().attributes[1].temperature, 0.69209930946364) << "to the last digit";
  EXPECT_EQ(heads.info().name, "small");
  const auto features = random_rows(6 * 4, 7);
  EXPECT_EQ(parsed->image(features), heads.image(features));
}

TEST(ProjectionHeadsTest, FullSizeStaysBelowTwoMegabytes) {
  HeadsInfo info;
  for (int facet = 0; facet < 12; ++facet) {
    auto& head = info.attributes.emplace_back();
    head.facet = "facet" + std::to_string(facet);
    for (int term = 0; term < 20; ++term) head.terms.push_back(std::to_string(term));
  }
  const auto images = random_rows(info.image_features * 2, 1), texts = random_rows(info.text_features * 2, 2);
  const HeadDataset dataset{.image_features = images,
                            .text_features = texts,
                            .attributes = std::vector<std::span<const int32_t>>(12)};
  const auto trainer = HeadTrainer::create(info, dataset, std::nullopt, {});
  ASSERT_TRUE(trainer.ok()) << trainer.error().message();
  EXPECT_LT(trainer->heads().serialize().size(), size_t{2} << 20);
}

// The file with one edit of its parts.
template <class Edit>
std::string refusal_after(const Edit& edit) {
  const auto file = small_heads().serialize();
  auto parts = Safetensors::parse(file).value();
  edit(parts);
  const auto parsed = ProjectionHeads::parse(write_safetensors(parts.tensors, parts.metadata));
  if (parsed.ok()) return "accepted";
  EXPECT_EQ(parsed.error().code, Code::kCorrupt);
  return parsed.error().message();
}

TEST(ProjectionHeadsTest, RefusesFilesThatDoNotMatchTheirDescription) {
  EXPECT_EQ(refusal_after([](Safetensors& file) { file.tensors.erase("text.output.bias"); }),
            "tensor is absent (text.output.bias); expected a float tensor of shape [4]");
  EXPECT_EQ(refusal_after([](Safetensors& file) {
              file.tensors.emplace("extra.bias", file.tensors.find("text.output.bias")->second);
            }),
            "tensor is unknown to this network (extra.bias); expected no such tensor");
  EXPECT_EQ(refusal_after([](Safetensors& file) {
              file.tensors.find("image.output.bias")->second.shape = {2, 2};
            }),
            "tensor has shape [2, 2] (image.output.bias); expected a float tensor of shape [4]");
  EXPECT_EQ(refusal_after([](Safetensors& file) { file.metadata["format_version"] = "1"; }),
            "version is 1 (format_version); expected 3");
  EXPECT_EQ(refusal_after([](Safetensors& file) { file.metadata.clear(); }),
            "file holds no projection heads (format); expected modiste-heads");
  EXPECT_NE(refusal_after([](Safetensors& file) { file.metadata["heads"] = "{}"; }), "accepted");
}

TEST(ProjectionHeadsTest, ReadsVersion2WhichHasNoBlocksAndNamesNoColours) {
  EXPECT_EQ(refusal_after([](Safetensors& file) { file.metadata["format_version"] = "2"; }), "accepted");
}

TEST(ProjectionHeadsTest, NamesColoursByTheClassifierItWasGiven) {
  const auto plain = small_heads();
  EXPECT_TRUE(plain.colour_probabilities(random_rows(6, 1)).empty());
  const LinearClassifier classifier{3, 2, {4, 0, 0, 0, 4, 0}, {0, 0}};
  const auto heads = plain.with_colour_names({"red", "navy"}, classifier);
  const auto parsed = ProjectionHeads::parse(heads.serialize());
  ASSERT_TRUE(parsed.ok()) << parsed.error().message();
  EXPECT_EQ(parsed->info().colour_terms, (std::vector<std::string>{"red", "navy"}));
  const std::vector<float> shares{1, 0, 0, 0, 1, 0};
  const auto likely = parsed->colour_probabilities(shares);
  ASSERT_EQ(likely.size(), 4U);
  EXPECT_NEAR(likely[0], 1 / (1 + std::exp(-4.0)), 1e-3);
  EXPECT_NEAR(likely[3], likely[0], 1e-6);
  EXPECT_EQ(likely, heads.colour_probabilities(shares));
}

TEST(ProjectionHeadsTest, RefusesNotANumber) {
  const Bytes nan(16, std::byte{0xff});
  EXPECT_EQ(
      refusal_after([&](Safetensors& file) { file.tensors.find("image.output.bias")->second.bytes = nan; }),
      "tensor holds values that are not finite (image.output.bias); expected a float tensor of shape [4]");
}

RC_GTEST_PROP(ProjectionHeadsTest, ADamagedByteNeverCrashes, (uint32_t at, uint8_t value)) {
  static const auto file = small_heads().serialize();
  auto damaged = file;
  damaged[at % damaged.size()] = std::byte{value};
  const auto parsed = ProjectionHeads::parse(damaged);
  if (parsed.ok()) RC_ASSERT(parsed->image(random_rows(6, 1)).size() == parsed->info().dimension);
}

}  // namespace
}  // namespace modiste
