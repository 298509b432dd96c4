#include "context/occasion_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

using testing::HasSubstr;

TermId category(std::string_view name) { return Vocabulary::standard().find(Facet::kCategory, name)->id; }

OccasionClues clues_on(int day_of_year, std::optional<TermId> in_hand = {}) {
  OccasionClues clues;
  clues.local = local_date(std::chrono::year_month_day(
      std::chrono::sys_days(std::chrono::year(2025) / 1 / 1) + std::chrono::days(day_of_year)));
  clues.category = in_hand;
  return clues;
}

// Gowns are worn to weddings in the first half of the year and to formal occasions in the second; hoodies at
// leisure. One label in ten is random.
std::vector<OccasionExample> planted_occasions(size_t count, uint64_t seed) {
  Rng rng(seed);
  std::vector<OccasionExample> examples;
  for (size_t i = 0; i < count; ++i) {
    const auto day = static_cast<int>(rng.below(365));
    const bool gown = rng.chance(0.5);
    Occasion said = !gown ? Occasion::kLounge : day < 182 ? Occasion::kWedding : Occasion::kFormal;
    if (rng.chance(0.1)) said = static_cast<Occasion>(rng.below(kOccasionCount));
    examples.push_back({clues_on(day, category(gown ? "gown" : "hoodie")), said, 1});
  }
  return examples;
}

double share_of(const OccasionVector& occasions, Occasion occasion) {
  return occasions[static_cast<size_t>(occasion)];
}

TEST(OccasionModel, WithoutEvidenceIsThePriorTable) {
  const OccasionModel model(Vocabulary::standard());
  const auto fitted = OccasionModel::fit({}, Vocabulary::standard());
  ASSERT_TRUE(fitted.ok());
  for (int day = 0; day < 365; day += 50) {
    EXPECT_EQ(model.predict(clues_on(day)), prior_occasions(clues_on(day)));
    EXPECT_EQ(fitted->predict(clues_on(day)), prior_occasions(clues_on(day)));
  }
}

TEST(OccasionModel, LearnsWhatWasPlanted) {
  const auto model = OccasionModel::fit(planted_occasions(4'000, 1), Vocabulary::standard());
  ASSERT_TRUE(model.ok()) << model.error().message();
  EXPECT_DOUBLE_EQ(model->evidence(), 4'000);
  EXPECT_GT(share_of(model->predict(clues_on(91, category("gown"))), Occasion::kWedding), 0.8);
  EXPECT_GT(share_of(model->predict(clues_on(274, category("gown"))), Occasion::kFormal), 0.8);
  EXPECT_GT(share_of(model->predict(clues_on(91, category("hoodie"))), Occasion::kLounge), 0.8);
}

TEST(OccasionModel, MovesFromTheTableByEvidence) {
  const auto clues = clues_on(91, category("gown"));
  double before = share_of(prior_occasions(clues), Occasion::kWedding);
  for (const size_t count : {10U, 100U, 1'000U}) {
    std::vector<OccasionExample> examples(count, {clues, Occasion::kWedding, 1});
    const double now =
        share_of(OccasionModel::fit(examples, Vocabulary::standard())->predict(clues), Occasion::kWedding);
    EXPECT_GT(now, before) << count;
    before = now;
  }
  EXPECT_GT(before, 0.95);
  const std::vector<OccasionExample> one{{clues, Occasion::kWedding, 1}};
  EXPECT_LT(share_of(OccasionModel::fit(one, Vocabulary::standard())->predict(clues), Occasion::kWedding),
            0.4);
}

TEST(OccasionModel, RecentBehaviourIsRead) {
  Rng rng(4);
  std::vector<OccasionExample> examples;
  for (size_t i = 0; i < 2'000; ++i) {
    const auto said = rng.chance(0.5) ? Occasion::kWork : Occasion::kParty;
    OccasionExample example{clues_on(static_cast<int>(rng.below(365))), said, 1};
    example.clues.recent[static_cast<size_t>(said)] = 1 + static_cast<double>(rng.below(4));
    examples.push_back(example);
  }
  const auto model = OccasionModel::fit(examples, Vocabulary::standard());
  auto clues = clues_on(10);
  clues.recent[static_cast<size_t>(Occasion::kParty)] = 3;
  EXPECT_GT(share_of(model->predict(clues), Occasion::kParty), 0.9);
}

TEST(OccasionModel, SurvivesItsFile) {
  const auto model = OccasionModel::fit(planted_occasions(500, 2), Vocabulary::standard());
  const auto read = OccasionModel::parse(model->serialize(), Vocabulary::standard());
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_DOUBLE_EQ(read->evidence(), 500);
  for (int day = 0; day < 365; day += 20) {
    const auto a = model->predict(clues_on(day, category("gown")));
    const auto b = read->predict(clues_on(day, category("gown")));
    for (size_t o = 0; o < kOccasionCount; ++o) EXPECT_NEAR(a[o], b[o], 1e-9);
  }
}

TEST(OccasionModel, RefusesWhatItDoesNotKnow) {
  std::string good = OccasionModel::fit(planted_occasions(100, 3), Vocabulary::standard())->serialize();
  const auto broken = [&](std::string_view from, std::string_view to) {
    std::string file = good;
    file.replace(file.find(from), from.size(), to);
    const auto read = OccasionModel::parse(file, Vocabulary::standard());
    EXPECT_FALSE(read.ok()) << to;
    return read.ok() ? "" : read.error().message();
  };
  EXPECT_THAT(broken("\"format_version\":1", "\"format_version\":2"), HasSubstr("version 2"));
  EXPECT_THAT(broken("modiste-context-model", "something-else"), HasSubstr("something-else"));
  EXPECT_THAT(broken("category:gown", "category:gowm"), HasSubstr("category:gowm"));
  EXPECT_THAT(broken("\"work\",\"casual\"", "\"casual\",\"work\""), HasSubstr("occasions"));
  EXPECT_THAT(broken("\"bias\":[", "\"bias\":[1e9,"), HasSubstr("bias"));
  for (const std::string_view text : {"", "{}", "[1,2]", "\xff", "{\"format\":1}"})
    EXPECT_FALSE(OccasionModel::parse(text, Vocabulary::standard()).ok()) << text;
}

// A zero gradient is the minimum of the loss: a few seeded small steps do not improve it.
TEST(SoftmaxRegression, EndsInTheMinimum) {
  const OccasionFeatures features(Vocabulary::standard());
  std::vector<SoftmaxRow> rows;
  for (const auto& example : planted_occasions(300, 6))
    rows.push_back({features.row(example.clues), {}, example.said, 1});
  const SoftmaxOptions options{.l2 = 5, .iterations_max = 2'000};
  const auto weights = fit_softmax(rows, features.names().size(), options);
  ASSERT_TRUE(weights.ok());
  const auto loss = [&](const SoftmaxWeights& w) {
    double sum = 0;
    for (const auto& row : rows) sum -= std::log(share_of(softmax(row.features, row.offset, w), row.truth));
    for (const auto& by_class : w)
      for (const double value : by_class) sum += options.l2 / 2 * value * value;
    return sum;
  };
  const double best = loss(*weights);
  Rng rng(9);
  for (int i = 0; i < 40; ++i) {
    SoftmaxWeights moved = *weights;
    for (auto& by_class : moved)
      for (double& value : by_class) value += 0.02 * rng.normal();
    EXPECT_GT(loss(moved), best);
  }
}

RC_GTEST_PROP(OccasionFeatures, StayWithinOneAndInOrder, ()) {
  auto clues = clues_on(*rc::gen::inRange(0, 365));
  if (*rc::gen::arbitrary<bool>()) clues.local.hour = *rc::gen::inRange(0, 24);
  if (*rc::gen::arbitrary<bool>())
    clues.weather =
        Weather{.temperature_c = *rc::gen::inRange(-90, 70), .precipitation_mm = *rc::gen::inRange(0, 9)};
  for (double& count : clues.recent) count = *rc::gen::inRange(0, 5);
  const auto terms = Vocabulary::standard().terms(Facet::kCategory);
  clues.category = terms[static_cast<size_t>(*rc::gen::inRange<int>(0, static_cast<int>(terms.size())))].id;
  const OccasionFeatures features(Vocabulary::standard());
  const auto row = features.row(clues);
  for (size_t i = 0; i < row.size(); ++i) {
    RC_ASSERT(std::abs(row[i].value) <= 1);
    RC_ASSERT(row[i].index < features.names().size());
    if (i > 0) RC_ASSERT(row[i - 1].index < row[i].index);
  }
}

}  // namespace
}  // namespace modiste
