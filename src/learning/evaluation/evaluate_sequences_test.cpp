#include "learning/evaluation/evaluate_sequences.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

// Scores items by a given list.
class FixedModel final : public NextItemModel {
 public:
  explicit FixedModel(std::vector<float> values) : values_(std::move(values)) {}
  [[nodiscard]] std::string_view name() const override { return "fixed"; }
  void fit(const Histories&, const FitProgress&) override {}
  void score(std::span<const ItemNumber>, std::span<float> scores) const override {
    std::copy(values_.begin(), values_.end(), scores.begin());
  }
  [[nodiscard]] size_t bytes() const override { return 0; }

 private:
  std::vector<float> values_;
};

SequencesReport judged(const NextItemTask& task, bool rank_seen) {
  std::vector<std::unique_ptr<NextItemModel>> models;
  models.push_back(std::make_unique<FixedModel>(std::vector<float>{4, 3, 2, 1}));
  models.push_back(std::make_unique<FixedModel>(std::vector<float>{1, 2, 3, 4}));
  EvaluateSequencesOptions options;
  options.cuts = {1, 2};
  options.rank_seen = rank_seen;
  return evaluate_sequences(task, models, options);
}

double mean_of(const SequencesReport& report, size_t model, size_t cut, ListMetric metric) {
  return report.models[model].cuts[cut].metrics[static_cast<size_t>(metric)].mean;
}

TEST(EvaluateSequences, RanksWithOrWithoutSeenItems) {
  const NextItemTask task{{4, {{0, 1}}}, {{{0}, {1}, 0}, {{0}, {1}, 0}}};
  const auto masked = judged(task, false), ranked = judged(task, true);
  EXPECT_EQ(mean_of(masked, 0, 0, ListMetric::kHit), 1);
  EXPECT_EQ(mean_of(ranked, 0, 0, ListMetric::kHit), 0);
  EXPECT_NEAR(mean_of(ranked, 0, 1, ListMetric::kNdcg), 1 / std::log2(3.0), 1e-6);
  EXPECT_NEAR(mean_of(ranked, 0, 1, ListMetric::kReciprocalRank), 0.5, 1e-6);
  EXPECT_EQ(mean_of(masked, 1, 1, ListMetric::kHit), 0);  // rank 3
  const Interval& difference = masked.models[1].cuts[0].difference[0];
  EXPECT_EQ(difference.mean, -1);
  EXPECT_EQ(difference.high, -1);
}

TEST(EvaluateSequences, WhatTrainingDoesNotKnowIsMissed) {
  const NextItemTask task{{4, {{0, 1}}}, {{{0}, {}, 1}, {{0}, {1}, 0}}};
  const auto report = judged(task, false);
  EXPECT_EQ(report.unknown, 1U);
  EXPECT_EQ(mean_of(report, 0, 0, ListMetric::kHit), 0.5);
  const auto& segments = report.models[0].segments;
  EXPECT_EQ(segments[3].queries, 2U);  // both are new items
  EXPECT_EQ(segments[4].queries, 1U);  // training knows one
  EXPECT_EQ(segments[4].hit.mean, 1);
  EXPECT_EQ(segments[4].mrr.mean, 1);
}

TEST(EvaluateSequences, ASeenItemThatIsHeldOutIsCounted) {
  const NextItemTask task{{4, {{0, 1}}}, {{{0, 1}, {1}, 0}}};
  EXPECT_EQ(judged(task, false).seen, 1U);
  EXPECT_EQ(mean_of(judged(task, false), 0, 1, ListMetric::kHit), 0);
  EXPECT_EQ(mean_of(judged(task, true), 0, 1, ListMetric::kHit), 1);
}

TEST(EvaluateSequences, CoverageAndNoveltyAreOfTheFirstPlaces) {
  const NextItemTask task{{4, {{0, 1, 2, 3}}}, {{{}, {1}, 0}}};
  const auto report = judged(task, false);
  EXPECT_EQ(report.models[0].cuts[0].coverage, 0.25);
  EXPECT_EQ(report.models[0].cuts[1].coverage, 0.5);
  EXPECT_NEAR(report.models[0].cuts[0].novelty, 2, 1e-9);  // one of four choices: two bits
}

// Two of three queries get {1, 2}; the third lacks 1 and gets {2, 3}: pairs share 2, 1 and 1 of 2 items.
TEST(EvaluateSequences, DiversityIsWhatListsDoNotShare) {
  std::vector<std::unique_ptr<NextItemModel>> models;
  models.push_back(std::make_unique<FixedModel>(std::vector<float>{0, 3, 2, 1}));
  EvaluateSequencesOptions options;
  options.cuts = {2};
  const NextItemTask task{{4, {{0, 1, 2, 3}}}, {{{0}, {1}, 0}, {{0}, {2}, 0}, {{1}, {2}, 0}}};
  const auto report = evaluate_sequences(task, models, options);
  EXPECT_NEAR(report.models[0].cuts[0].diversity, 1 - (2 + 1 + 1) / 3.0 / 2, 1e-9);
}

TEST(EvaluateSequences, TheReportNamesTheBestModel) {
  const NextItemTask task{{4, {{0, 1}}}, {{{0}, {3}, 0}, {{0}, {3}, 0}}};
  const auto text = to_report_text(judged(task, true));  // the second model ranks item 3 first
  EXPECT_NE(text.find("best: fixed, by NDCG at 2; ahead of fixed by 1.0000"), std::string::npos) << text;
  EXPECT_EQ(text.find("not significant"), std::string::npos) << text;
}

// Most of the scores are 0: the first places are those that are not.
TEST(EvaluateSequences, ItemsWithoutAScoreFillTheListOnlyWhereOthersDoNot) {
  std::vector<std::unique_ptr<NextItemModel>> models;
  models.push_back(std::make_unique<FixedModel>(std::vector<float>{0, 0, 2, 0, 0, 0}));
  EvaluateSequencesOptions options;
  options.cuts = {1, 3};
  const NextItemTask task{{6, {{0, 1, 2, 3, 4, 5}}}, {{{}, {2}, 0}}};
  const auto report = evaluate_sequences(task, models, options);
  EXPECT_NEAR(report.models[0].cuts[0].coverage, 1 / 6.0, 1e-9);
  EXPECT_NEAR(report.models[0].cuts[1].coverage, 3 / 6.0, 1e-9);
}

}  // namespace
}  // namespace modiste
