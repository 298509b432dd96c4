// The trained ranker in the request path: it answers in place of the hybrid, is swapped while requests run,
// and gives way to the hybrid where there is none.
#include "ranking/learned_ranker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <thread>

#include "small_shop.h"

namespace modiste {
namespace {

// Orders by one feature alone, the larger the better or the other way round.
std::shared_ptr<const Ranker> ranker_by(std::string feature, float below, float above, int version) {
  LearnedRankerModel model;
  model.features = {std::move(feature)};
  model.trees =
      TreeEnsemble::create({{1e-3F, 1, 0, false}, {below, 0, 0, false}, {above, 0, 0, false}}, {0}, 1)
          .value();
  return std::make_shared<const LearnedRanker>(std::move(model), version);
}

// The order of the hybrid turned round.
LearnedRankerModel reversed_hybrid() {
  LearnedRankerModel model;
  model.features = {"hybrid"};
  std::vector<TreeNode> nodes;
  std::vector<uint32_t> roots;
  for (int step = 1; step < 100; ++step) {  // a stair that falls with the score
    const auto root = static_cast<uint32_t>(nodes.size());
    roots.push_back(root);
    nodes.push_back({static_cast<float>(step) / 100, root + 1, 0, false});
    nodes.push_back({1, 0, 0, false});
    nodes.push_back({0, 0, 0, false});
  }
  model.trees = TreeEnsemble::create(std::move(nodes), std::move(roots), 1).value();
  return model;
}

std::string answered_by(Shop& shop) {
  RecommendRequest request;
  request.shopper_id = "ada";
  const auto answer = shop.recommender().recommend(request);
  EXPECT_TRUE(answer.ok());
  EXPECT_FALSE(answer.ok() && answer->items.empty());
  return answer.ok() && answer->debug ? answer->debug->ranker : "";
}

TEST(LearnedRankerPath, AnswersWhileItIsThereAndTheHybridElse) {
  SmallShop small;
  const auto shop = small.open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(30)).ok());
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  EXPECT_EQ(answered_by(*shop), "hybrid");
  shop->recommender().use_ranker(ranker_by("discount", 0, 1, 3), 3);
  EXPECT_EQ(answered_by(*shop), "learned 3");
  shop->recommender().use_ranker(nullptr, 0);
  EXPECT_EQ(answered_by(*shop), "hybrid");
}

TEST(LearnedRankerPath, ScoresAreSharesOfTheBestCandidates) {
  SmallShop small;
  const auto shop = small.open();
  ASSERT_TRUE(shop->catalog().upsert(make_garments(30)).ok());
  shop->recommender().use_ranker(ranker_by("stock_share", -1, 1, 1), 1);
  RecommendRequest request;
  request.shopper_id = "ada";
  const auto answer = shop->recommender().recommend(request);
  ASSERT_TRUE(answer.ok());
  ASSERT_FALSE(answer->items.empty());
  for (const auto& item : answer->items) {
    EXPECT_GT(item.score, 0);
    EXPECT_LE(item.score, 1);
    ASSERT_EQ(item.score_breakdown.size(), 1U);
    EXPECT_EQ(item.score_breakdown[0].name, "learned");
    EXPECT_NEAR(item.score_breakdown[0].weight * item.score_breakdown[0].value, item.score, 1e-6);
  }
}

// The policy's objective: half the score is the stock of sizes, and the parts add up.
TEST(LearnedRankerPath, AnObjectiveIsShownInParts) {
  SmallShop small;
  ShopOptions options;
  Policy policy;
  policy.objective.stock = 1;
  options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
  Shop shop(ShopPorts{small.clock, small.log, small.store, small.store, &small.encoder},
            Vocabulary::standard(), options);
  ASSERT_TRUE(shop.load().ok());
  ASSERT_TRUE(shop.catalog().upsert(make_garments(30)).ok());
  shop.recommender().use_ranker(ranker_by("stock_share", -1, 1, 1), 1);
  RecommendRequest request;
  request.shopper_id = "ada";
  const auto answer = shop.recommender().recommend(request);
  ASSERT_TRUE(answer.ok());
  ASSERT_FALSE(answer->items.empty());
  for (const auto& item : answer->items) {
    ASSERT_EQ(item.score_breakdown.size(), 2U);
    EXPECT_EQ(item.score_breakdown[1].name, "stock");
    double sum = 0;
    for (const ScorePart& part : item.score_breakdown) sum += part.weight * part.value;
    EXPECT_NEAR(sum, item.score, 1e-6);
  }
}

TEST(LearnedRankerPath, ARankerThatNobodyKnowsIsStoodInForByTheHybrid) {
  SmallShop small;
  ShopOptions options;
  Policy policy;
  policy.ranker = "lerned";
  options.recommender.policy = std::make_shared<const Policy>(policy);
  const auto shop = small.open(options);
  ASSERT_TRUE(shop->catalog().upsert(make_garments(30)).ok());
  RecommendRequest request;
  request.shopper_id = "ada";
  const auto answer = shop->recommender().recommend(request);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->debug->ranker, "hybrid");
  EXPECT_EQ(answer->degraded, std::vector<std::string>{"ranker"});
}

// Champion and challenger change at once, and every answer is handed to the challenger.
TEST(LearnedRankerPath, IsSwappedUnderLoadWithoutAFailedRequest) {
  SmallShop small;
  ShopOptions options;
  options.recommender.shadow.share = 1;
  const auto shop = small.open(options);
  ASSERT_TRUE(shop->catalog().upsert(make_garments(30)).ok());
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  std::atomic<bool> stop = false;
  std::atomic<int> answered = 0, failed = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader)
    readers.emplace_back([&] {
      while (!stop) {
        RecommendRequest request;
        request.shopper_id = "ada";
        const auto answer = shop->recommender().recommend(request);
        const bool good =
            answer.ok() && !answer->items.empty() && answer->debug &&
            (answer->debug->ranker == "hybrid" || answer->debug->ranker.starts_with("learned "));
        if (!good) ++failed;
        ++answered;
      }
    });
  for (int version = 1; version <= 200 || answered < 300; ++version) {
    shop->recommender().use_ranker(version % 3 == 0 ? nullptr : ranker_by("hybrid", -1, 1, version), version);
    shop->recommender().use_challenger(version % 2 == 0 ? nullptr : ranker_by("discount", 0, 1, version),
                                       version);
    std::this_thread::yield();
  }
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GE(answered, 300);
}

RecommenderOptions every_answer_shadowed() {
  RecommenderOptions options;
  options.shadow.share = 1;
  return options;
}

std::vector<std::string> shown_to_ada(Shop& shop) {
  RecommendRequest request;
  request.shopper_id = "ada";
  request.seed = 5;
  std::vector<std::string> shown;
  const auto answer = shop.recommender().recommend(request);
  EXPECT_TRUE(answer.ok());
  if (answer.ok())
    for (const auto& item : answer->items) shown.push_back(item.garment_id);
  return shown;
}

// The hybrid answers, and the challenger turns its order round: nothing of it reaches the shopper.
TEST(Shadow, AChallengerIsComparedAndChangesNoAnswer) {
  SmallShop small;
  ShopOptions options;
  options.recommender = every_answer_shadowed();
  const auto shop = small.open(options);
  ASSERT_TRUE(shop->catalog().upsert(make_garments(30)).ok());
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  const auto before = shown_to_ada(*shop);
  EXPECT_EQ(shop->recommender().shadow().counts().challenger, "");

  shop->recommender().use_challenger(std::make_shared<const LearnedRanker>(reversed_hybrid(), 4), 4);
  EXPECT_EQ(shown_to_ada(*shop), before);
  shop->recommender().shadow().drain();
  ShadowCounts counts = shop->recommender().shadow().counts();
  EXPECT_EQ(counts.champion, "hybrid");
  EXPECT_EQ(counts.challenger, "learned 4");
  EXPECT_EQ(counts.compared, 1U);
  EXPECT_LT(counts.correlation, 0) << "the order turned round";
  EXPECT_GT(counts.score_ms, 0);

  // The same ranker beside itself agrees; the pair is another, so counting begins again.
  shop->recommender().use_ranker(ranker_by("stock_share", -1, 1, 1), 1);
  shop->recommender().use_challenger(ranker_by("stock_share", -1, 1, 1), 1);
  for (int i = 0; i < 3; ++i) {
    (void)shown_to_ada(*shop);
    shop->recommender().shadow().drain();
  }
  counts = shop->recommender().shadow().counts();
  EXPECT_EQ(counts.champion, "learned 1");
  EXPECT_EQ(counts.compared, 3U);
  EXPECT_EQ(counts.first_common, 1);

  shop->recommender().use_challenger(nullptr, 0);
  (void)shown_to_ada(*shop);
  shop->recommender().shadow().drain();
  EXPECT_EQ(shop->recommender().shadow().counts().compared, 0U);
}

// What the shop wants of an order besides is the same for both rankers, and says nothing of either.
TEST(Shadow, TheObjectiveIsNotCompared) {
  SmallShop small;
  ShopOptions options;
  options.recommender = every_answer_shadowed();
  auto policy = std::make_shared<Policy>();
  policy->objective.stock = 10;
  options.recommender.choose_policy = [policy](const RecommendRequest&) { return policy; };
  const auto shop = small.open(options);
  auto garments = make_garments(30);
  for (size_t i = 0; i < garments.size(); i += 2) {
    garments[i].variants.push_back(garments[i].variants.front());
    garments[i].variants.back().sku += "-none";
    garments[i].variants.back().size = "XL";
    garments[i].variants.back().stock = 0;
  }
  ASSERT_TRUE(shop->catalog().upsert(std::move(garments)).ok());
  send(*shop, make_event(EventType::kLike, "ada", "G0"));
  const auto ranker = std::make_shared<const LearnedRanker>(reversed_hybrid(), 1);
  shop->recommender().use_ranker(ranker, 1);
  shop->recommender().use_challenger(ranker, 1);
  EXPECT_FALSE(shown_to_ada(*shop).empty());
  shop->recommender().shadow().drain();
  const ShadowCounts counts = shop->recommender().shadow().counts();
  EXPECT_EQ(counts.compared, 1U);
  EXPECT_EQ(counts.first_common, 1);
  EXPECT_NEAR(counts.correlation, 1, 1e-9);
}

TEST(Shadow, OnlyItsShareOfTheAnswersIsCompared) {
  ShadowOptions options;
  options.share = 0.25;
  ShadowRanking shadow(options);
  EXPECT_FALSE(shadow.wants()) << "there is no challenger";
  shadow.use(ranker_by("discount", 0, 1, 1), 1);
  int wanted = 0;
  for (int i = 0; i < 400; ++i) wanted += shadow.wants() ? 1 : 0;
  EXPECT_EQ(wanted, 100);
}

// A ranker that says when it begins, and holds its thread until it is let go.
class SlowRanker final : public Ranker {
 public:
  SlowRanker(const std::atomic<bool>& go, std::atomic<bool>& begun) : go_(go), begun_(begun) {}
  [[nodiscard]] std::string_view name() const override { return "slow"; }
  [[nodiscard]] std::span<const std::string_view> features() const override { return {}; }
  [[nodiscard]] Ranking rank(const RankInput& input) const override {
    begun_ = true;
    begun_.notify_all();
    go_.wait(false);
    return {std::vector<float>(input.features.rows(), std::nanf("")), {}, {}};
  }

 private:
  const std::atomic<bool>& go_;
  std::atomic<bool>& begun_;
};

TEST(Shadow, ASlowChallengerIsPassedOverAndAnUnusableScoreCounted) {
  SmallShop small;
  ShopOptions options;
  options.recommender = every_answer_shadowed();
  options.recommender.shadow.waiting_max = 2;
  const auto shop = small.open(options);
  ASSERT_TRUE(shop->catalog().upsert(make_garments(30)).ok());
  std::atomic<bool> go = false, begun = false;
  shop->recommender().use_challenger(std::make_shared<const SlowRanker>(go, begun), 1);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(shown_to_ada(*shop).empty()) << "answers do not wait";
  EXPECT_GE(shop->recommender().shadow().counts().passed_over, 17U);
  go = true;
  go.notify_all();
  shop->recommender().shadow().drain();
  const ShadowCounts counts = shop->recommender().shadow().counts();
  EXPECT_EQ(counts.compared, 0U);
  EXPECT_EQ(counts.unusable + counts.passed_over, 20U);
}

TEST(Shadow, WhatIsComparedWithAChallengerThatWasReplacedDoesNotCount) {
  SmallShop small;
  ShopOptions options;
  options.recommender = every_answer_shadowed();
  const auto shop = small.open(options);
  ASSERT_TRUE(shop->catalog().upsert(make_garments(30)).ok());
  std::atomic<bool> go = false, begun = false;
  shop->recommender().use_challenger(std::make_shared<const SlowRanker>(go, begun), 1);
  (void)shown_to_ada(*shop);
  begun.wait(false);
  shop->recommender().use_challenger(nullptr, 0);
  go = true;
  go.notify_all();
  shop->recommender().shadow().drain();
  const ShadowCounts counts = shop->recommender().shadow().counts();
  EXPECT_EQ(counts.challenger, "") << "there is none any more";
  EXPECT_EQ(counts.unusable, 0U);
}

}  // namespace
}  // namespace modiste
