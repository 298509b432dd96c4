// Budget and fit: what fits the shopper comes first, then what comes nearest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_shop.h"

namespace modiste {
namespace {

using testing::Each;
using testing::Le;

struct WithPreferences : testing::Test {
  SmallShop stores;
  std::unique_ptr<Shop> shop = stores.open();

  Answer ask(const std::string& who, int count = 10, uint64_t seed = 3) {
    RecommendRequest request;
    request.shopper_id = who;
    request.count = count;
    request.seed = seed;
    auto answer = shop->recommender().recommend(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return std::move(answer).value();
  }

  void state_budget(const std::string& who, double most) {
    Event quiz = make_event(EventType::kQuiz, who, "");
    quiz.quiz.emplace().budget_max = most;
    send(*shop, quiz);
  }
};

std::vector<double> prices(const Answer& answer) {
  std::vector<double> found;
  for (const AnswerItem& item : answer.items) found.push_back(item.price);
  return found;
}

// Of 40 garments twenty cost 31, 33, ... 69 and twenty 90, 92, ... 128.
struct WithBudget : WithPreferences {
  WithBudget() { EXPECT_TRUE(shop->catalog().upsert(make_garments(40)).ok()); }
};

TEST_F(WithBudget, WhatFitsTheBudgetFillsThePageWhereThereIsEnough) {
  state_budget("ada", 60);
  for (uint64_t seed = 0; seed < 10; ++seed) EXPECT_THAT(prices(ask("ada", 10, seed)), Each(Le(60.0)));
}

TEST_F(WithBudget, TheNearestPricesAboveFillTheRest) {
  state_budget("ada", 40);
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Answer answer = ask("ada", 10, seed);
    auto shown = prices(answer);
    ASSERT_EQ(shown.size(), 10U);
    std::sort(shown.begin(), shown.begin() + 5);
    EXPECT_EQ(shown, (std::vector<double>{31, 33, 35, 37, 39, 41, 43, 45, 47, 49})) << seed;
    EXPECT_THAT(answer.degraded, testing::Contains("relaxed budget"));
  }
}

TEST_F(WithBudget, ABudgetBelowEveryPriceStillGetsAFullPageOfTheNearest) {
  for (const double budget : {0.0, 5.0, 30.0}) {
    const std::string who = "ada" + std::to_string(budget);
    state_budget(who, budget);
    const auto shown = prices(ask(who, 25));
    ASSERT_EQ(shown.size(), 25U) << budget;
    EXPECT_TRUE(std::is_sorted(shown.begin(), shown.end())) << budget;
    EXPECT_EQ(shown.front(), 31) << budget;
  }
}

TEST_F(WithBudget, APriceOfTheRequestGoesBeforeTheBudget) {
  state_budget("ada", 40);
  RecommendRequest request;
  request.shopper_id = "ada";
  request.count = 10;
  request.filter.price_min = 90;
  const auto answer = shop->recommender().recommend(request);
  ASSERT_TRUE(answer.ok());
  EXPECT_THAT(prices(*answer), Each(testing::Ge(90.0)));
  EXPECT_THAT(answer->degraded, testing::IsEmpty());
}

// Dresses alike in all but the size: even ones in XXL only, odd ones in M and L.
struct WithSizes : WithPreferences {
  WithSizes() {
    std::vector<Garment> garments;
    for (int i = 0; i < 40; ++i) {
      Garment garment = make_garment(2 * i);
      garment.variants.clear();
      for (const char* size : {"M", "L", "XXL"})
        if ((std::string_view(size) == "XXL") == (i % 2 == 0))
          garment.variants.push_back({garment.id + size, size, "Red", 90, {}, {}, 3});
      garments.push_back(std::move(garment));
    }
    EXPECT_TRUE(shop->catalog().upsert(garments).ok());
  }

  void buy(const std::string& who, const std::string& size, std::initializer_list<int> numbers) {
    for (const int number : numbers) {
      Event event = make_event(EventType::kPurchase, who, "G" + std::to_string(number));
      event.size = size;
      event.fit = FitFeedback::kFits;
      send(*shop, event);
    }
  }

  static bool comes_in(const AnswerItem& item, std::string_view size) {
    return std::find(item.sizes_in_stock.begin(), item.sizes_in_stock.end(), size) !=
           item.sizes_in_stock.end();
  }
};

TEST_F(WithSizes, WhatFitsInNoSizeDoesNotLead) {
  buy("ada", "M", {2, 6, 10});
  buy("eve", "XXL", {0, 4, 8});
  int ada = 0, eve = 0;
  for (uint64_t seed = 0; seed < 10; ++seed) {
    const Answer for_ada = ask("ada", 10, seed), for_eve = ask("eve", 10, seed);
    for (size_t i = 0; i < 10; ++i) {
      if (!for_ada.items[i].explored) {
        EXPECT_TRUE(comes_in(for_ada.items[i], "M")) << i;
        ++ada;
      }
      if (!for_eve.items[i].explored) {
        EXPECT_TRUE(comes_in(for_eve.items[i], "XXL")) << i;
        ++eve;
      }
    }
  }
  EXPECT_GT(ada, 50);
  EXPECT_GT(eve, 50);
}

TEST_F(WithSizes, AnotherSizeIsNeverCalledTheUsual) {
  buy("ada", "M", {2, 6, 10});
  const Answer answer = ask("ada", 40);
  int usual = 0;
  for (const AnswerItem& item : answer.items)
    for (const Reason& reason : item.reasons)
      if (reason.code == ReasonCode::kUsualSize) {
        EXPECT_EQ(reason.args.size, "M");
        EXPECT_GE(item.fit.value_or(0), 0.5);
        ++usual;
      }
  EXPECT_GT(usual, 5);
}

}  // namespace
}  // namespace modiste
