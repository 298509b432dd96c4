// The trained ranker in the request path: it answers in place of the hybrid, is swapped while requests run,
// and gives way to the hybrid where there is none.
#include "ranking/learned_ranker.h"

#include <gtest/gtest.h>

#include <atomic>
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

TEST(LearnedRankerPath, IsSwappedUnderLoadWithoutAFailedRequest) {
  SmallShop small;
  const auto shop = small.open();
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
    std::this_thread::yield();
  }
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GE(answered, 300);
}

}  // namespace
}  // namespace modiste
