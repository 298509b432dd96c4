#include "learning/models/outfit_models.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "base/rng.h"
#include "learning/evaluation/evaluate_outfits.h"
#include "learning/models/outfit_statistics.h"
#include "learning/models/outfit_transformer.h"

namespace modiste {
namespace {

OutfitItemNumber add_item(OutfitItems& items, OutfitCategory category) {
  items.items.push_back({category, "", -1, {}, {}, {}});
  return static_cast<OutfitItemNumber>(items.items.size() - 1);
}

// Dresses (0) are worn with heels (1), jeans (2) with trainers (3), a bag (4) with either.
OutfitTask planted_task(size_t outfits, uint64_t seed) {
  OutfitTask task;
  task.items.categories = {"dress", "heels", "jeans", "trainers", "bag"};
  Rng rng(seed);
  std::vector<ItemList> tested;
  for (size_t o = 0; o < 2 * outfits; ++o) {
    const OutfitCategory first = rng.chance(0.5) ? 0 : 2;
    ItemList outfit;
    for (const OutfitCategory category : {first, first + 1, OutfitCategory{4}})
      outfit.push_back(add_item(task.items, category));
    (o < outfits ? task.train : tested).push_back(outfit);
  }
  task.questions.push_back(make_outfit_questions(task.items, tested, false, seed));
  task.compatibility.push_back(make_outfit_lines(task.items, tested, false, seed));
  return task;
}

// Five pairs of the outfits (0, 1), (0, 1), (0, 2): p(1 | 0) = 2 of 3 pairs of 0; q(1) = 2 of 6 items.
TEST(OutfitPairs, CountsByHand) {
  OutfitTask task;
  task.items.categories = {"0", "1", "2"};
  for (const auto& pair : {std::array{0U, 1U}, std::array{0U, 1U}, std::array{0U, 2U}})
    task.train.push_back({add_item(task.items, pair[0]), add_item(task.items, pair[1])});
  OutfitPairs model;
  model.fit({task.items, task.train, 1, {}});
  const double k = OutfitPairs::kPrior;
  const double of_1_beside_0 = std::log((2 / (2.0 / 6) + k) / (3 + k)),
               of_0_beside_1 = std::log((2 / (3.0 / 6) + k) / (2 + k));
  EXPECT_NEAR(model.score_set(std::vector<OutfitItemNumber>{0, 1}), (of_1_beside_0 + of_0_beside_1) / 2,
              1e-12);
  OutfitQuestion question;
  question.rest = {0};
  question.answers = {1, 5};
  EXPECT_NEAR(model.score_answers(question)[0], of_1_beside_0, 1e-12);
  EXPECT_EQ(model.score_set(std::vector<OutfitItemNumber>{0}), 0);
}

TEST(OutfitModels, EachIsMadeByItsNameAndOthersAreRefused) {
  for (const std::string& name : outfit_model_names()) {
    const auto model = make_outfit_model(name);
    ASSERT_TRUE(model.ok());
    EXPECT_EQ((*model)->name(), name);
  }
  EXPECT_FALSE(make_outfit_model("oracle").ok());
}

TEST(EvaluateOutfits, FloorsAndWhatIsLearned) {
  const OutfitTask task = planted_task(200, 3);
  std::vector<std::unique_ptr<OutfitModel>> models;
  models.push_back(std::make_unique<OutfitChance>());
  models.push_back(std::make_unique<OutfitPairs>());
  OutfitTransformerOptions options;
  options.training.epochs_max = 12;
  options.training.batch = 32;
  options.steps_min = 0;
  options.width = 16;
  options.hidden = 16;
  options.layers = 1;
  models.push_back(std::make_unique<OutfitTransformer>("transformer", options));
  size_t lines = 0;
  EvaluateOutfitsOptions evaluation;
  evaluation.resamples = 100;
  evaluation.seeds = 2;
  const auto report = evaluate_outfits(task, models, evaluation, [&](const std::string&) { ++lines; });
  ASSERT_EQ(report.models.size(), 3U);
  EXPECT_EQ(report.models[0].filled[0].score.mean, 0.25);
  EXPECT_EQ(report.models[0].areas[0].score.mean, 0.5);
  for (const size_t learned : {size_t{1}, size_t{2}}) {
    EXPECT_GT(report.models[learned].filled[0].score.low, 0.35) << learned;
    EXPECT_GT(report.models[learned].areas[0].score.low, 0.85) << learned;
  }
  EXPECT_EQ(report.models[2].seeds, 2U);
  EXPECT_GE(lines, 2U);
  const std::string text = to_report_text(report);
  EXPECT_NE(text.find("learned from 200 outfits of 600 items, 0 with a name; 5 categories"),
            std::string::npos);
  EXPECT_NE(text.find("2 seeds"), std::string::npos);
  EXPECT_EQ(to_report_json(report).at("models").as_array().size(), 3U);
}

// Words and vectors that no training item has leave the category to decide.
TEST(OutfitTransformer, UnknownItemsAreScored) {
  OutfitTask task = planted_task(60, 4);
  const OutfitItemNumber unknown = static_cast<OutfitItemNumber>(task.items.items.size());
  task.items.items.emplace_back();
  OutfitTransformerOptions options;
  options.reads = {true, true, true};
  options.training.epochs_max = 1;
  options.steps_min = 0;
  OutfitTransformer model("transformer", options);
  model.fit({task.items, task.train, 1, {}});
  OutfitQuestion question = task.questions[0].questions[0];
  question.answers.push_back(unknown);
  question.rest.push_back(unknown);
  const auto scores = model.score_answers(question);
  ASSERT_EQ(scores.size(), 5U);
  EXPECT_TRUE(std::isfinite(scores.back())) << "the set head judges it as an item of no category";
  EXPECT_TRUE(std::isfinite(model.score_set(question.rest)));
}

}  // namespace
}  // namespace modiste
