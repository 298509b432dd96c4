#include "learning/ranker/ranker_window.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

constexpr TimePoint kTrainedUntil{std::chrono::days(20'600)};

// Adds answers of ten garments, an hour apart, the first an hour after `from`. shift: of the discounts; the
// popularity is drawn alike.
void add_answers(RankingRows& rows, Rng& rng, TimePoint from, size_t answers, double shift) {
  rows.features = {"discount", "popularity"};
  for (size_t answer = 1; answer <= answers; ++answer) {
    rows.shown_at.push_back(from + std::chrono::hours(answer));
    for (int p = 0; p < 10; ++p) {
      rows.rows.push_back({.position = p});
      rows.values.push_back(static_cast<float>(rng.normal() + shift));
      rows.values.push_back(rng.chance(0.1) ? kFeatureUnknown : static_cast<float>(rng.uniform()));
    }
    rows.ends.push_back(rows.rows.size());
  }
}

// A hundred answers of the days before the ranker had learned.
RankingRows learned_from(Rng& rng) {
  RankingRows rows;
  add_answers(rows, rng, kTrainedUntil - std::chrono::hours(100), 100, 0);
  return rows;
}

TEST(DriftSince, SeesTheFeatureThatMovedAndNoOther) {
  Rng rng(8);
  RankingRows rows = learned_from(rng);
  add_answers(rows, rng, kTrainedUntil, 60, 1.5);
  const auto drifts = drift_since(rows, kTrainedUntil);
  ASSERT_EQ(drifts.size(), 2U);
  EXPECT_EQ(drifts[0].feature, "discount");
  EXPECT_EQ(drifts[0].verdict, DriftVerdict::kAct);
  EXPECT_EQ(drifts[0].reference, 1'000U);
  EXPECT_EQ(drifts[0].latest, 600U);
  EXPECT_GT(drifts[0].psi.value_or(0), 1) << "one and a half deviations";
  EXPECT_EQ(drifts[1].verdict, DriftVerdict::kStable);
  EXPECT_NEAR(drifts[1].unknown_share, 0.1, 0.05) << "unknown is a value of its own, not the number for it";
  EXPECT_EQ(furthest_of(drifts)->feature, "discount");
}

TEST(DriftSince, SeesNothingWhereNothingMoved) {
  Rng rng(8);
  RankingRows rows = learned_from(rng);
  add_answers(rows, rng, kTrainedUntil, 60, 0);
  for (const FeatureDrift& drift : drift_since(rows, kTrainedUntil)) {
    EXPECT_EQ(drift.verdict, DriftVerdict::kStable) << drift.feature;
    EXPECT_LT(drift.psi.value_or(1), DriftOptions().watch) << drift.feature;
  }
}

TEST(DriftSince, SaysNothingOfTooFewAnswers) {
  Rng rng(8);
  RankingRows rows = learned_from(rng);
  add_answers(rows, rng, kTrainedUntil, 49, 1.5);
  auto drifts = drift_since(rows, kTrainedUntil);
  EXPECT_EQ(drifts[0].psi, std::nullopt) << "490 values of the latest";
  EXPECT_EQ(furthest_of(drifts), std::nullopt);
  // Enough since, but too few before.
  drifts = drift_since(rows, rows.shown_at[48]);
  EXPECT_EQ(drifts[0].reference, 490U);
  EXPECT_EQ(furthest_of(drifts), std::nullopt);
  EXPECT_EQ(furthest_of(drift_since({}, kTrainedUntil)), std::nullopt) << "an empty log";
}

// Adds answers of twenty garments to the shoppers of one morning, or of whole weeks.
void add_visits(RankingRows& rows, Rng& rng, TimePoint from, size_t answers, bool one_morning) {
  rows.features = {"day_part", "evidence_n", "discount"};
  for (size_t answer = 1; answer <= answers; ++answer) {
    rows.shown_at.push_back(from + std::chrono::minutes(answer));
    const auto part = one_morning ? 1.0F : static_cast<float>(rng.below(4));
    const auto signals = static_cast<float>(rng.below(10));
    for (int p = 0; p < 20; ++p) {
      rows.rows.push_back({.position = p});
      rows.values.insert(rows.values.end(), {part, signals, static_cast<float>(rng.uniform())});
    }
    rows.ends.push_back(rows.rows.size());
  }
}

TEST(DriftSince, AMorningIsNoDriftThoughItIsOnePartOfTheDay) {
  Rng rng(8);
  RankingRows rows;
  add_visits(rows, rng, kTrainedUntil - std::chrono::days(2), 2'000, false);
  add_visits(rows, rng, kTrainedUntil, 600, true);
  const auto drifts = drift_since(rows, kTrainedUntil);
  ASSERT_EQ(drifts.size(), 3U);
  EXPECT_GT(drifts[0].psi.value_or(0), 1) << "it is told, and decides nothing";
  EXPECT_LT(furthest_of(drifts)->psi.value_or(1), DriftOptions().watch);
}

TEST(DriftSince, AShoppersFeatureCountsOnceAnAnswer) {
  Rng rng(8);
  RankingRows rows;
  add_visits(rows, rng, kTrainedUntil - std::chrono::days(2), 2'000, false);
  add_visits(rows, rng, kTrainedUntil, 25, false);
  const auto drifts = drift_since(rows, kTrainedUntil);
  EXPECT_EQ(drifts[1].reference, 2'000U);
  EXPECT_EQ(drifts[1].latest, 25U);
  EXPECT_EQ(drifts[1].psi, std::nullopt) << "25 values, each twenty times";
  EXPECT_EQ(drifts[2].latest, 500U) << "garments are another each";
  EXPECT_EQ(furthest_of(drifts)->feature, "discount");
}

TEST(DriftSince, ComparesWithTheFourWeeksBefore) {
  Rng rng(8);
  RankingRows rows;
  add_answers(rows, rng, kTrainedUntil - std::chrono::days(40), 100, 4);  // as it was in another season
  add_answers(rows, rng, kTrainedUntil - std::chrono::hours(100), 100, 0);
  add_answers(rows, rng, kTrainedUntil, 60, 0);
  const auto drifts = drift_since(rows, kTrainedUntil);
  EXPECT_EQ(drifts[0].reference, 1'000U);
  EXPECT_EQ(drifts[0].verdict, DriftVerdict::kStable);
}

TEST(LaterThan, KeepsWholeAnswersAndTheirRows) {
  Rng rng(8);
  RankingRows rows = learned_from(rng);
  rows.rows[970].gain = 2;
  const RankingRows later = later_than(rows, rows.shown_at[96]);
  ASSERT_EQ(later.shown_at, std::vector<TimePoint>(rows.shown_at.begin() + 97, rows.shown_at.end()));
  EXPECT_EQ(later.ends, (std::vector<size_t>{10, 20, 30}));
  EXPECT_EQ(later.features, rows.features);
  EXPECT_EQ(later.rows[0].gain, 2);
  for (size_t row = 0; row < 30; ++row) EXPECT_EQ(later.value(row, 0), rows.value(970 + row, 0)) << row;
  EXPECT_EQ(later_than(rows, TimePoint::min()).ends, rows.ends);
  EXPECT_TRUE(later_than(rows, rows.shown_at.back()).rows.empty()) << "that answer is known";
  EXPECT_TRUE(later_than({}, kTrainedUntil).rows.empty());
}

}  // namespace
}  // namespace modiste
