#include "learning/ranker/train_ranker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <csignal>
#include <cstdlib>

#include "base/rng.h"
#include "io/test_directory.h"
#include "learning/ranker/ranker_window.h"

namespace modiste {
namespace {

using testing::HasSubstr;

constexpr TimePoint kFirstShown{std::chrono::days(20'600)};
constexpr size_t kEachAnswer = 6;
enum Planted : size_t { kPlantedHybrid, kPlantedSignals, kPlantedTrait, kPlantedOther };

// Answers an hour apart; a garment is liked the more of `wanted` it has. Nothing else tells.
void add_answers(RankingRows& rows, Rng& rng, size_t answers, Planted wanted) {
  rows.features = {"hybrid", "evidence_n", "discount", "popularity"};
  for (size_t answer = 0; answer < answers; ++answer) {
    rows.shown_at.push_back(rows.shown_at.empty() ? kFirstShown
                                                  : rows.shown_at.back() + std::chrono::hours(1));
    const auto signals = static_cast<float>(rng.below(40));
    for (size_t p = 0; p < kEachAnswer; ++p) {
      std::array<float, 4> values{};
      for (const Planted column : {kPlantedHybrid, kPlantedTrait, kPlantedOther})
        values[column] = static_cast<float>(rng.uniform());
      values[kPlantedSignals] = signals;
      const double likes = std::pow(static_cast<double>(values[wanted]), 4);
      rows.rows.push_back({.position = static_cast<int>(p), .gain = rng.chance(likes) ? 1.0F : 0.0F});
      rows.values.insert(rows.values.end(), values.begin(), values.end());
    }
    rows.ends.push_back(rows.rows.size());
  }
}

// Small enough for a test: thirty trees in three stretches.
TrainRankerOptions small_training() {
  TrainRankerOptions options;
  options.trees.rounds = 30;
  options.trees.stretch = 10;
  options.trees.learning_rate = 0.2F;
  options.debiasing = Debiasing::kWeights;
  options.eta = 0;
  options.resamples = 200;
  return options;
}

std::vector<TreeNode> nodes_of(const TreeEnsemble& trees) {
  return {trees.nodes().begin(), trees.nodes().end()};
}

bool same(const TreeNode& a, const TreeNode& b) {
  return a.value == b.value && a.left == b.left && a.feature == b.feature &&
         a.unknown_right == b.unknown_right;
}

TEST(TrainRanker, GoesOnFromTheRankerBefore) {
  Rng rng(12);
  RankingRows rows;
  add_answers(rows, rng, 500, kPlantedTrait);
  const auto before = train_ranker(rows, small_training());
  ASSERT_TRUE(before.ok()) << before.error().message();
  EXPECT_EQ(before->draft.settings.at("incremental"), 0);
  add_answers(rows, rng, 500, kPlantedOther);  // what is liked has changed

  TrainRankerOptions options = small_training();
  options.begin_from = options.champion = &before->model;
  options.champion_until = *before->draft.data_until;
  const RankingRows since = later_than(rows, *before->draft.data_until);
  const auto trained = train_ranker(since, options);
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(trained->answers, 500U) << "those that it does not know";
  EXPECT_EQ(*trained->draft.data_from, since.shown_at.front());
  EXPECT_EQ(*trained->draft.data_until, since.shown_at.back());
  EXPECT_EQ(trained->draft.settings.at("incremental"), 1);

  // The trees of before stand first and are as they were; the new ones come on top.
  const auto old = nodes_of(before->model.trees), now = nodes_of(trained->model.trees);
  const auto old_roots = before->model.trees.roots(), now_roots = trained->model.trees.roots();
  ASSERT_EQ(now_roots.size(), old_roots.size() + trained->rounds);
  ASSERT_GT(now.size(), old.size());
  EXPECT_TRUE(std::equal(old_roots.begin(), old_roots.end(), now_roots.begin()));
  EXPECT_TRUE(std::equal(old.begin(), old.end(), now.begin(), same));
  EXPECT_EQ(now_roots[old_roots.size()], old.size());
  EXPECT_EQ(trained->model.hybrid_weight, before->model.hybrid_weight);
  EXPECT_EQ(trained->draft.settings.at("trees"), static_cast<double>(now_roots.size()));
  ASSERT_EQ(trained->against_champion.size(), 4U);
  EXPECT_GT(trained->against_champion.back().gain.low, 0) << "and they say what has changed";

  // Learned from the same answers, but without what was known, the sums are others.
  options.begin_from = nullptr;
  const auto alone = train_ranker(since, options);
  ASSERT_TRUE(alone.ok());
  EXPECT_NE(alone->model.sums(since.values), trained->model.sums(since.values));
}

// What serves may read a feature that a newer program no longer logs: the training that mends this must not
// fail on it.
TEST(TrainRanker, AChampionOfAnotherProgramIsLeftOut) {
  Rng rng(13);
  RankingRows rows;
  add_answers(rows, rng, 400, kPlantedTrait);
  LearnedRankerModel champion;
  champion.features = {"a feature of before"};
  champion.trees = TreeEnsemble::create({{0.1F, 0, 0, false}}, {0}, 1).value();
  TrainRankerOptions options = small_training();
  options.champion = &champion;
  const auto trained = train_ranker(rows, options);
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_TRUE(trained->against_champion.empty());
  EXPECT_THAT(trained->not_compared, HasSubstr("'a feature of before'"));
}

TEST(TrainRanker, DoesNotGoOnFromOtherFeatures) {
  Rng rng(13);
  RankingRows rows;
  add_answers(rows, rng, 400, kPlantedTrait);
  LearnedRankerModel before;
  before.features = {"hybrid", "evidence_n", "discount"};
  before.trees = TreeEnsemble::create({{0.1F, 0, 0, false}}, {0}, 3).value();
  TrainRankerOptions options = small_training();
  options.begin_from = &before;
  const auto refused = train_ranker(rows, options);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kConflict);
  EXPECT_EQ(refused.error().expected, "a full training");
}

TEST(TrainRanker, RefusesALogWithoutAnythingNew) {
  RankingRows rows;
  Rng rng(14);
  add_answers(rows, rng, 300, kPlantedTrait);
  for (const Debiasing debiasing : {Debiasing::kWeights, Debiasing::kOffsets, Debiasing::kPairs}) {
    TrainRankerOptions options = small_training();
    options.debiasing = debiasing;
    options.eta.reset();
    const auto refused = train_ranker(later_than(rows, rows.shown_at.back()), options);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Code::kConflict);
    EXPECT_THAT(refused.error().message(), HasSubstr("0 of 0 answers"));
  }
}

// A process that trains with its checkpoints in a folder and kills itself as it is about to keep the one
// after so many: what it had grown since is lost.
[[noreturn]] void train_and_die(const RankingRows& rows, const std::filesystem::path& folder, size_t kept) {
  Checkpoints checkpoints = checkpoints_in(folder, "ranker");
  checkpoints.keep = [kept, keep = checkpoints.keep](std::string_view stage, std::string_view bytes) mutable {
    if (kept == 0) (void)std::raise(SIGKILL);
    --kept;
    keep(stage, bytes);
  };
  TrainRankerOptions options = small_training();
  options.checkpoints = &checkpoints;
  (void)train_ranker(rows, options);
  std::_Exit(0);
}

// The child is this program, started again for one test up to the statement that dies (gtest's "threadsafe"
// style): a fork alone would inherit libraries whose threads are missing. It learns the folder from the
// environment. first_round: where the next run begins to choose the number of trees; SIZE_MAX: that is known.
void expect_the_same_after_a_kill(size_t kept, size_t first_round) {
  constexpr const char* kFolder = "MODISTE_TEST_KILLED_TRAINING";
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Rng rng(15);
  RankingRows rows;
  add_answers(rows, rng, 400, kPlantedTrait);
  std::optional<TestDirectory> directory;
  if (std::getenv(kFolder) == nullptr) {
    directory.emplace();
    ASSERT_EQ(::setenv(kFolder, directory->path().c_str(), 0), 0);
  }
  EXPECT_EXIT(train_and_die(rows, std::getenv(kFolder), kept), testing::KilledBySignal(SIGKILL), "");
  ::unsetenv(kFolder);

  const auto undisturbed = train_ranker(rows, small_training());
  ASSERT_TRUE(undisturbed.ok());
  ASSERT_GE(undisturbed->rounds, 10U) << "several stretches in each stage";
  TrainRankerOptions options = small_training();
  const Checkpoints checkpoints = checkpoints_in(directory->path(), "ranker");
  options.checkpoints = &checkpoints;
  size_t first = SIZE_MAX;
  const auto resumed =
      train_ranker(rows, options, [&](size_t round, double) { first = std::min(first, round); });
  ASSERT_TRUE(resumed.ok());
  EXPECT_EQ(first, first_round) << "what was kept is not grown again";
  EXPECT_EQ(serialize_ranker(resumed->model), serialize_ranker(undisturbed->model));
  remove_checkpoints(directory->path(), "ranker");
  EXPECT_TRUE(std::filesystem::is_empty(directory->path()));
}

TEST(KilledTraining, EndsWithTheSameBytesWhenItChoseTheNumberOfTrees) { expect_the_same_after_a_kill(1, 10); }

// Four stretches choose the number of trees.
TEST(KilledTraining, EndsWithTheSameBytesWhenItLearnedFromEverything) {
  expect_the_same_after_a_kill(5, SIZE_MAX);
}

}  // namespace
}  // namespace modiste
