#include "head_training/head_trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/rng.h"
#include "nn/test_files.h"
#include "nn/threads.h"

namespace modiste {
namespace {

constexpr size_t kImageFeatures = 24, kTextFeatures = 12, kClasses = 6;

// Classes are random directions in both feature spaces; photos and texts are these plus noise.
struct ToyShop {
  std::vector<float> images, texts;
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  std::vector<int32_t> labels, garments, sleeves;

  ToyShop(size_t rows, uint64_t seed) {
    Rng shared(42), rng(seed);
    const auto image_class = random(shared, kClasses * kImageFeatures, 1);
    const auto text_class = random(shared, kClasses * kTextFeatures, 1);
    for (size_t row = 0; row < rows; ++row) {
      const size_t label = row % kClasses;
      append(images, std::span(image_class).subspan(label * kImageFeatures, kImageFeatures), rng);
      append(texts, std::span(text_class).subspan(label * kTextFeatures, kTextFeatures), rng);
      pairs.emplace_back(row, row);
      labels.push_back(static_cast<int32_t>(label));
      garments.push_back(static_cast<int32_t>(row));
      sleeves.push_back(row % 5 == 0 ? -1 : static_cast<int32_t>(label % 2));
    }
  }

  static std::vector<float> random(Rng& rng, size_t count, double scale) {
    std::vector<float> out(count);
    for (auto& value : out) value = static_cast<float>(scale * rng.normal());
    return out;
  }

  static void append(std::vector<float>& to, std::span<const float> centre, Rng& rng) {
    for (const float value : centre) to.push_back(value + static_cast<float>(0.7 * rng.normal()));
  }

  [[nodiscard]] HeadDataset dataset() const {
    return {.image_features = images,
            .text_features = texts,
            .pairs = pairs,
            .garments = garments,
            .labels = labels,
            .attributes = {sleeves}};
  }
};

HeadsInfo toy_info() {
  return {.image_features = kImageFeatures,
          .text_features = kTextFeatures,
          .image_hidden = 16,
          .text_hidden = 16,
          .dimension = 8,
          .colour_terms = {},
          .attributes = {{"sleeve", {"long", "short"}}},
          .conflicts = {},
          .name = "toy",
          .towers = {},
          .trained_on = "toy"};
}

HeadTrainerOptions toy_options() {
  return {.epochs_max = 12, .batch = 60, .learning_rate = 0.01F, .seed = 3};
}

class HeadTrainerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { set_nn_threads(1); }

  ToyShop training_{300, 1}, held_out_{120, 2};
};

TEST_F(HeadTrainerTest, LearnsPairsLabelsAndAttributes) {
  auto trainer = HeadTrainer::create(toy_info(), training_.dataset(), held_out_.dataset(), toy_options());
  ASSERT_TRUE(trainer.ok()) << trainer.error().message();
  const auto before = trainer->evaluate(held_out_.dataset());
  HeadEpoch last;
  do {
    last = trainer->run_epoch();
  } while (!last.stop);
  ASSERT_TRUE(last.validation.has_value());
  EXPECT_LT(last.validation->loss, 0.6 * before.loss);
  EXPECT_GT(last.validation->same_label_precision_1, 0.9);
  EXPECT_GT(last.validation->attribute_accuracy[0], 0.95);

  // Zero-shot: a held-out text is nearest to photos of its own class.
  const auto heads = trainer->heads();
  const auto images = heads.image(held_out_.images), texts = heads.text(held_out_.texts);
  size_t right = 0;
  for (size_t text = 0; text < held_out_.labels.size(); ++text) {
    size_t nearest = 0;
    float best = -2;
    for (size_t image = 0; image < held_out_.labels.size(); ++image) {
      const float cosine =
          dot(std::span(texts).subspan(text * 8, 8), std::span(images).subspan(image * 8, 8));
      if (cosine > best) best = cosine, nearest = image;
    }
    right += held_out_.labels[nearest] == held_out_.labels[text];
  }
  EXPECT_GT(static_cast<double>(right) / static_cast<double>(held_out_.labels.size()), 0.85);
}

TEST_F(HeadTrainerTest, SameSeedSameHeads) {
  const auto train = [&](uint64_t seed) {
    auto options = toy_options();
    options.seed = seed;
    auto trainer = HeadTrainer::create(toy_info(), training_.dataset(), std::nullopt, options).value();
    trainer.run_epoch();
    trainer.run_epoch();
    return trainer.heads().serialize();
  };
  EXPECT_EQ(train(3), train(3));
  EXPECT_NE(train(3), train(4));
}

TEST_F(HeadTrainerTest, StopsWhenPatienceIsOutAndKeepsTheBest) {
  // Validation texts are shuffled against their images, so that learning from pairs only makes them worse.
  auto wrong = held_out_;
  for (size_t i = 0; i < wrong.pairs.size(); ++i)
    wrong.pairs[i].second = static_cast<uint32_t>((i + 1) % wrong.pairs.size());
  auto options = toy_options();
  options.patience = 2;
  options.epochs_max = 50;
  options.supervised_weight = options.attribute_weight = 0;
  auto trainer = HeadTrainer::create(toy_info(), training_.dataset(), wrong.dataset(), options).value();
  double best = std::numeric_limits<double>::infinity();
  HeadEpoch epoch;
  std::vector<std::byte> best_file;
  do {
    epoch = trainer.run_epoch();
    const double loss = epoch.validation.value().loss;
    EXPECT_EQ(epoch.best, loss < best);
    if (epoch.best) best_file = trainer.heads().serialize();
    best = std::min(best, loss);
  } while (!epoch.stop);
  EXPECT_LT(epoch.epoch, 50U);
  EXPECT_FALSE(epoch.best);
  EXPECT_EQ(trainer.heads().serialize(), best_file);
}

TEST_F(HeadTrainerTest, HeadsAgreeWithTheTrainersOwnMeasure) {
  auto trainer = HeadTrainer::create(toy_info(), training_.dataset(), std::nullopt, toy_options()).value();
  HeadEpoch epoch;
  do {
    epoch = trainer.run_epoch();
  } while (!epoch.stop &&
           epoch.best);  // the last epoch is the best one, or the comparison below would be unfair
  const auto accuracy = trainer.evaluate(training_.dataset()).attribute_accuracy[0];
  const auto probabilities = trainer.heads().attribute_probabilities(training_.images)[0];
  size_t right = 0, known = 0;
  for (size_t i = 0; i < training_.sleeves.size(); ++i) {
    if (training_.sleeves[i] < 0) continue;
    ++known;
    right += (probabilities[2 * i + 1] > 0.5F) == (training_.sleeves[i] == 1);
  }
  EXPECT_NEAR(static_cast<double>(right) / static_cast<double>(known), accuracy, 0.03);
}

TEST_F(HeadTrainerTest, TrainsOnImagesWithoutAnyText) {
  auto dataset = training_.dataset();
  dataset.text_features = {};
  dataset.pairs = {};
  auto trainer = HeadTrainer::create(toy_info(), dataset, std::nullopt, toy_options());
  ASSERT_TRUE(trainer.ok()) << trainer.error().message();
  const auto epoch = trainer->run_epoch();
  EXPECT_EQ(epoch.training.contrastive, 0);
  EXPECT_GT(epoch.training.supervised, 0);
}

TEST_F(HeadTrainerTest, TrainsOnNothingKnownWithoutFailing) {
  const HeadDataset dataset{.image_features = training_.images, .attributes = {{}}};
  auto trainer = HeadTrainer::create(toy_info(), dataset, std::nullopt, toy_options());
  ASSERT_TRUE(trainer.ok());
  const auto epoch = trainer->run_epoch();
  EXPECT_EQ(epoch.training.loss, 0);
  EXPECT_EQ(epoch.training.attribute_accuracy[0], -1);
}

TEST_F(HeadTrainerTest, RefusesWhatDoesNotFit) {
  const auto refusal = [&](const HeadDataset& dataset, const HeadTrainerOptions& options = {}) {
    const auto trainer = HeadTrainer::create(toy_info(), dataset, std::nullopt, options);
    return trainer.ok() ? std::string("accepted") : trainer.error().message();
  };
  auto dataset = training_.dataset();
  dataset.labels = dataset.labels.first(7);
  EXPECT_EQ(refusal(dataset), "7 labels (labels); expected none or 300");

  dataset = training_.dataset();
  const std::vector<std::pair<uint32_t, uint32_t>> pairs{{0, 300}};
  dataset.pairs = pairs;
  EXPECT_EQ(refusal(dataset), "pair (0, 300) (pairs); expected rows below (300, 300)");

  dataset = training_.dataset();
  const std::vector<int32_t> sleeves(300, 2);
  dataset.attributes = {sleeves};
  EXPECT_EQ(refusal(dataset), "label 2 of row 0 (sleeve); expected -1 to 1");

  dataset = training_.dataset();
  auto images = training_.images;
  images[5] = NAN;
  dataset.image_features = images;
  EXPECT_EQ(refusal(dataset), "a value is not finite (image_features); expected finite numbers");

  EXPECT_EQ(refusal(training_.dataset(), {.batch = 1}),
            "option is out of its range (batch); expected 2 to 16384");
}

}  // namespace
}  // namespace modiste
