#include "learning/ranker/compare_rankers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "base/rng.h"

namespace modiste {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr TimePoint kLearnedUntil{std::chrono::days(20'600)};
constexpr size_t kGarments = 8;

// Garments with two traits and a score of the hybrid, all drawn and independent.
enum Column : size_t { kHybrid, kSignals, kTrait, kOther };
RankingRows no_answers() {
  RankingRows rows;
  rows.features = {"hybrid", "evidence_n", "discount", "popularity"};
  return rows;
}

// Adds answers, an hour apart, to shoppers of so many signals, who like a garment the more of `wanted` it
// has.
void add_answers(RankingRows& rows, Rng& rng, TimePoint from, size_t answers, float signals, Column wanted) {
  for (size_t answer = 1; answer <= answers; ++answer) {
    rows.shown_at.push_back(from + std::chrono::hours(answer));
    for (size_t p = 0; p < kGarments; ++p) {
      std::array<float, 4> values{};
      for (const Column column : {kHybrid, kTrait, kOther})
        values[column] = static_cast<float>(rng.uniform());
      values[kSignals] = signals;
      const double likes = std::pow(static_cast<double>(values[wanted]), 6);
      rows.rows.push_back({.position = static_cast<int>(p), .gain = rng.chance(likes) ? 1.0F : 0.0F});
      rows.values.insert(rows.values.end(), values.begin(), values.end());
    }
    rows.ends.push_back(rows.rows.size());
  }
}

// Orders by one feature alone: a stair that rises with it.
LearnedRankerModel ranker_of(std::string feature) {
  LearnedRankerModel model;
  model.features = {std::move(feature)};
  std::vector<TreeNode> nodes;
  std::vector<uint32_t> roots;
  for (int step = 1; step < 50; ++step) {
    const auto root = static_cast<uint32_t>(nodes.size());
    roots.push_back(root);
    nodes.push_back({static_cast<float>(step) / 50, root + 1, 0, false});
    nodes.push_back({0, 0, 0, false});
    nodes.push_back({1, 0, 0, false});
  }
  model.trees = TreeEnsemble::create(std::move(nodes), std::move(roots), 1).value();
  return model;
}

// Every place is looked at alike.
CompareRankersOptions without_bias() {
  CompareRankersOptions options;
  options.eta = 0;
  return options;
}

TEST(CompareRankers, AcceptsWhatIsSurelyBetter) {
  Rng rng(2);
  RankingRows rows = no_answers();
  add_answers(rows, rng, kLearnedUntil, 400, 8, kTrait);
  const LearnedRankerModel champion = ranker_of("popularity");
  for (const LearnedRankerModel* other : {static_cast<const LearnedRankerModel*>(nullptr), &champion}) {
    const auto compared = compare_rankers(rows, kLearnedUntil, ranker_of("discount"), other, without_bias());
    ASSERT_TRUE(compared.ok()) << compared.error().message();
    EXPECT_EQ(compared->refusal, "");
    ASSERT_EQ(compared->segments.size(), 4U);
    EXPECT_EQ(compared->segments[0].answers, 0U) << "nobody is cold";
    EXPECT_EQ(compared->segments[1].answers, compared->segments[3].answers) << "all are warm";
    EXPECT_GT(compared->segments[3].gain.low, 0.1);
    EXPECT_GT(compared->segments[3].ranker.mean, 0.75) << "of what the best order would have given";
    EXPECT_LT(compared->segments[3].ranker.mean, 1);
  }
}

TEST(CompareRankers, RefusesWhatIsWorseForASegmentAndNamesIt) {
  Rng rng(3);
  RankingRows rows = no_answers();
  add_answers(rows, rng, kLearnedUntil, 700, 30, kTrait);
  add_answers(rows, rng, rows.shown_at.back(), 200, 2, kOther);
  const LearnedRankerModel champion = ranker_of("popularity");
  const auto compared =
      compare_rankers(rows, kLearnedUntil, ranker_of("discount"), &champion, without_bias());
  ASSERT_TRUE(compared.ok()) << compared.error().message();
  EXPECT_GT(compared->segments[3].gain.low, 0) << "better for all of them together";
  EXPECT_THAT(compared->refusal, HasSubstr("it is worse for cold shoppers: NDCG 0."));
  EXPECT_THAT(compared->refusal, Not(HasSubstr("engaged")));
  EXPECT_THAT(compared->refusal, Not(HasSubstr("for all")));

  // Turned round, it is worse for most, which is said of all too.
  const LearnedRankerModel better = ranker_of("discount");
  const auto turned = compare_rankers(rows, kLearnedUntil, ranker_of("popularity"), &better, without_bias());
  ASSERT_TRUE(turned.ok());
  EXPECT_THAT(turned->refusal, HasSubstr("it is worse for engaged shoppers"));
  EXPECT_THAT(turned->refusal, HasSubstr("; it is worse for all shoppers"));
  EXPECT_THAT(turned->refusal, Not(HasSubstr("cold")));
}

// Of ten answers to two shoppers an interval says nothing, though all ten speak against the challenger.
TEST(CompareRankers, FewShoppersOfASegmentRefuseNothing) {
  Rng rng(3);
  RankingRows rows = no_answers();
  add_answers(rows, rng, kLearnedUntil, 700, 30, kTrait);
  add_answers(rows, rng, rows.shown_at.back(), 20, 2, kOther);
  for (uint32_t answer = 0; answer < 720; ++answer) rows.shoppers.push_back(answer < 700 ? answer : 700);
  const LearnedRankerModel champion = ranker_of("popularity");
  const auto compared =
      compare_rankers(rows, kLearnedUntil, ranker_of("discount"), &champion, without_bias());
  ASSERT_TRUE(compared.ok()) << compared.error().message();
  const RankerSegment& cold = compared->segments[0];
  EXPECT_GT(cold.answers, 5U);
  EXPECT_EQ(cold.shoppers, 1U);
  EXPECT_LT(cold.gain.high, 0) << "an interval without width";
  EXPECT_EQ(compared->refusal, "");
  EXPECT_EQ(no_verdict_of(cold), ", of 1 shoppers: too few to judge");
  EXPECT_EQ(no_verdict_of(compared->segments[3]), "");
}

// A tester who likes the same trait on every page is one shopper.
TEST(CompareRankers, AHeavyShopperDecidesNothingAlone) {
  Rng rng(9);
  RankingRows rows = no_answers();
  add_answers(rows, rng, kLearnedUntil, 300, 8, kTrait);  // the tester
  add_answers(rows, rng, rows.shown_at.back(), 300, 8, kHybrid);
  const LearnedRankerModel champion = ranker_of("popularity");
  const auto compared = [&] {
    return compare_rankers(rows, kLearnedUntil, ranker_of("discount"), &champion, without_bias()).value();
  };
  EXPECT_EQ(compared().refusal, "") << "six hundred shoppers";
  for (uint32_t answer = 0; answer < 600; ++answer) rows.shoppers.push_back(answer < 300 ? 0 : answer);
  EXPECT_THAT(compared().refusal, HasSubstr("it is not surely better for all shoppers"));
  EXPECT_LE(compared().segments[3].shoppers, 301U) << "the tester, and who had an outcome of the others";
}

TEST(CompareRankers, RefusesWhatIsNotSurelyBetterAndSaysSo) {
  Rng rng(4);
  RankingRows rows = no_answers();
  add_answers(rows, rng, kLearnedUntil, 400, 8, kTrait);
  // Neither has anything to do with what is liked; and the champion itself.
  for (const char* feature : {"popularity", "hybrid"}) {
    const LearnedRankerModel champion = ranker_of("hybrid");
    const auto compared = compare_rankers(rows, kLearnedUntil, ranker_of(feature), &champion, without_bias());
    ASSERT_TRUE(compared.ok()) << compared.error().message();
    EXPECT_THAT(compared->refusal, HasSubstr("it is not surely better for all shoppers: NDCG 0.")) << feature;
    EXPECT_THAT(compared->refusal, Not(HasSubstr("worse"))) << feature;
  }
}

TEST(CompareRankers, NeedsAnswersThatNeitherLearnedFrom) {
  Rng rng(5);
  RankingRows rows = no_answers();
  add_answers(rows, rng, kLearnedUntil - std::chrono::hours(800), 800, 8, kOther);  // both know these
  add_answers(rows, rng, kLearnedUntil, 400, 8, kTrait);
  const LearnedRankerModel challenger = ranker_of("discount"), champion = ranker_of("popularity");
  const auto since = compare_rankers(rows, kLearnedUntil, challenger, &champion, without_bias());
  ASSERT_TRUE(since.ok()) << since.error().message();
  EXPECT_EQ(since->refusal, "") << "before, the champion was right";
  EXPECT_LE(since->segments[3].answers, 400U);
  EXPECT_EQ(since->from, kLearnedUntil + std::chrono::hours(1));
  EXPECT_EQ(since->until, rows.shown_at.back());
  const auto with_known = compare_rankers(rows, TimePoint::min(), challenger, &champion, without_bias());
  ASSERT_TRUE(with_known.ok());
  EXPECT_THAT(with_known->refusal, HasSubstr("it is worse for all shoppers"));

  CompareRankersOptions options = without_bias();
  options.answers_min = since->segments[3].answers;
  EXPECT_TRUE(compare_rankers(rows, kLearnedUntil, challenger, &champion, options).ok()) << "as many";
  ++options.answers_min;
  for (const TimePoint after : {kLearnedUntil, rows.shown_at.back()}) {
    const auto few = compare_rankers(rows, after, challenger, &champion, options);
    ASSERT_FALSE(few.ok());
    EXPECT_EQ(few.error().code, Code::kConflict);
    EXPECT_THAT(few.error().message(), HasSubstr("answers with an outcome were shown after 2026-"));
  }
  EXPECT_EQ(compare_rankers(no_answers(), kLearnedUntil, challenger, &champion, options).error().code,
            Code::kConflict)
      << "an empty log";
}

TEST(CompareRankers, RefusesARankerOfFeaturesThatAreNotLogged) {
  Rng rng(6);
  RankingRows rows = no_answers();
  add_answers(rows, rng, kLearnedUntil, 400, 8, kTrait);
  const auto compared = compare_rankers(rows, kLearnedUntil, ranker_of("like_rate"), nullptr, without_bias());
  ASSERT_FALSE(compared.ok());
  EXPECT_EQ(compared.error().code, Code::kConflict);
  EXPECT_THAT(compared.error().message(), HasSubstr("'like_rate'"));
}

}  // namespace
}  // namespace modiste
