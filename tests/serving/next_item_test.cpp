// `modiste evaluate next-item` on small invented histories.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "learning/evaluation/evaluate_next_item.h"
#include "learning/evaluation/next_item_baselines.h"
#include "small_shop.h"

namespace modiste {
namespace {

constexpr TimePoint kFirstDay{std::chrono::sys_days(std::chrono::year(2015) / 3 / 1)};

// Garments that have only a number: neither attributes nor photos.
Garment bare_garment(const std::string& id) {
  Garment garment;
  garment.id = id;
  garment.title = "Item " + id;
  garment.variants.push_back({id, "", "", 0, {}, {}, 1});
  return garment;
}

Event bought(const std::string& shopper, const std::string& garment, int day) {
  Event event;
  event.type = EventType::kPurchase;
  event.event_id = shopper + "-" + garment;
  event.shopper_id = shopper;
  event.garment_id = garment;
  event.occurred_at = kFirstDay + std::chrono::days(day);
  return event;
}

// Sets of four garments that are bought together, by many shoppers each; the order differs.
ChoiceHistory sets_of_four(int sets, int shoppers_of_each) {
  ChoiceHistory history;
  history.name = "sets";
  for (int g = 0; g < 4 * sets; ++g) history.garments.push_back(bare_garment("b" + std::to_string(g)));
  for (int s = 0; s < sets * shoppers_of_each; ++s)
    for (int i = 0; i < 4; ++i)
      history.events.push_back(bought("ann" + std::to_string(s),
                                      "b" + std::to_string(4 * (s % sets) + (s / sets + i) % 4), 20 * s + i));
  return history;
}

struct BareShop {
  BareShop() {
    ShopOptions options;
    options.recommender.choose_policy = [this](const RecommendRequest&) { return policy; };
    options.impressions.enabled = false;
    shop = std::make_unique<Shop>(ShopPorts{clock, log, store, store}, Vocabulary::standard(), options);
    EXPECT_TRUE(shop->load().ok());
  }
  Result<NextItemReport> evaluate(ChoiceHistory history, const NextItemOptions& options) {
    return evaluate_next_item(
        std::move(history),
        {*shop, [this](Policy used) { policy = std::make_shared<const Policy>(std::move(used)); },
         [this](TimePoint at) { clock.advance(at - clock.now()); }},
        options);
  }

  // Years after the history: age must be judged from its end.
  ManualClock clock{TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 28))};
  MemoryEventLog log;
  MemoryStore store;
  std::shared_ptr<const Policy> policy = std::make_shared<const Policy>();
  std::unique_ptr<Shop> shop;
};

TEST(NextItem, GarmentsWithoutAttributesOrPhotosStillHaveTheirHistory) {
  BareShop bare;
  const auto report = bare.evaluate(sets_of_four(8, 12), {.count = 2, .resamples = 100});
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->garments, 32u);
  EXPECT_EQ(report->held_out, 96u);
  const NextItemScore& modiste = report->scores.at(0);
  EXPECT_EQ(modiste.name, "Modiste");
  EXPECT_GT(modiste.hit_rate, 0.95);  // the set's fourth
  EXPECT_LE(modiste.hit_rate_low, modiste.hit_rate);
  EXPECT_GE(modiste.hit_rate_high, modiste.hit_rate);
  EXPECT_LT(report->scores.at(2).hit_rate, 0.3) << report->scores.at(2).name;
  EXPECT_EQ(report->modes.shoppers, 96u);
  EXPECT_EQ(report->modes.choices_min, 3u);
  EXPECT_EQ(report->modes.several, 0u) << "garments without attributes tell no tastes";
}

// Garments of two kinds that share nothing but the department; each visit chooses three of a kind.
ChoiceHistory visits(const std::string& shopper, std::string_view kinds) {
  ChoiceHistory history;
  int day = 0;
  for (const char kind : kinds) {
    for (int i = 0; i < 3; ++i) {
      Garment garment = bare_garment(shopper + std::to_string(10 * day + i));
      garment.title = kind == 'f' ? "Red floral silk dress" : "Black leather biker jacket";
      garment.category = kind == 'f' ? "Women/Dresses" : "Women/Jackets";
      history.events.push_back(bought(shopper, garment.id, 10 * day));
      history.garments.push_back(std::move(garment));
    }
    ++day;
  }
  return history;
}

TEST(NextItem, TheReportSaysHowManyOfTheLongestHistoriesHaveSeveralModes) {
  ChoiceHistory history = visits("two", "ffffffjjjjj");
  ChoiceHistory other = visits("one", "fffffffffff");
  std::move(other.garments.begin(), other.garments.end(), std::back_inserter(history.garments));
  std::move(other.events.begin(), other.events.end(), std::back_inserter(history.events));
  BareShop bare;
  const auto report = bare.evaluate(std::move(history), {.resamples = 10});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->modes.shoppers, 2u);
  EXPECT_EQ(report->modes.choices_min, 32u);
  EXPECT_EQ(report->modes.several, 1u);
}

TEST(NextItem, WeightsAreChosenOnOtherShoppersThanTheyAreJudgedBy) {
  BareShop bare;
  const auto report = bare.evaluate(sets_of_four(4, 10), {.count = 2, .resamples = 10, .choose = true});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->chosen_on, 20u);
  EXPECT_EQ(report->asked, 20u);
}

// Shoppers who choose at random: no weights predict anything, and none may be found.
TEST(NextItem, OfNoiseNoWeightsAreChosen) {
  ChoiceHistory history;
  Rng rng(17);
  for (int g = 0; g < 30; ++g) history.garments.push_back(bare_garment("b" + std::to_string(g)));
  for (int s = 0; s < 160; ++s)
    for (int i = 0; i < 4; ++i)
      history.events.push_back(
          bought("ann" + std::to_string(s), "b" + std::to_string(rng.below(30)), 4 * s + i));
  for (const bool at_its_time : {false, true}) {
    BareShop bare;
    const auto report =
        bare.evaluate(history, {.count = 10, .resamples = 200, .choose = true, .at_its_time = at_its_time});
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->weights, SourceWeights()) << at_its_time;
    EXPECT_FALSE(report->has_better_weights());
  }
}

// Chosen weights are written where the judged half says so surely, and is large enough to say anything.
TEST(NextItem, ChosenWeightsHaveToBeSurelyBetter) {
  NextItemReport report;
  EXPECT_FALSE(report.has_better_weights()) << "nothing was changed";
  report.asked = 30;
  report.gain = Interval{0.02, 0.01, 0.03};
  EXPECT_TRUE(report.has_better_weights());
  report.asked = 29;
  EXPECT_FALSE(report.has_better_weights());
  report.asked = 30;
  report.gain = Interval{0.02, -0.01, 0.05};
  EXPECT_FALSE(report.has_better_weights());
}

// A basket: the shop is asked knowing the rest of it, as the baselines are.
TEST(NextItem, WhatWasChosenAtTheSameMomentBeforeIsKnown) {
  ChoiceHistory history;
  for (const char* id : {"a", "b", "c", "d"}) history.garments.push_back(bare_garment(id));
  for (const char* id : {"a", "b", "c"}) history.events.push_back(bought("bo", id, id[0] == 'a' ? 1 : 9));
  Event also = bought("bo", "d", 9);  // told after the held-out one
  also.type = EventType::kPass;
  history.events.push_back(also);
  for (const bool at_its_time : {false, true}) {
    BareShop bare;
    const auto report = bare.evaluate(history, {.resamples = 10, .at_its_time = at_its_time});
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report->held_out, 1u);
    EXPECT_EQ(bare.log.size(), 2u) << "a and b";
  }
}

TEST(NextItem, ANewShopperOfABareShopGetsWhatWasPopularAtTheHistorysEnd) {
  BareShop bare;
  ASSERT_TRUE(bare.evaluate(sets_of_four(3, 4), {.resamples = 10}).ok());
  std::vector<Event> late;
  for (int s = 0; s < 30; ++s) late.push_back(bought("late" + std::to_string(s), "b7", 1'000));
  ASSERT_TRUE(bare.shop->events().ingest(std::move(late), Arrival::kImport).ok());
  RecommendRequest request;
  request.shopper_id = "nobody";
  request.count = 3;
  request.seed = 1;
  Policy quiet;
  quiet.exploration = {.epsilon_start = 0, .epsilon_min = 0};
  bare.policy = std::make_shared<const Policy>(quiet);
  const auto answer = bare.shop->recommender().recommend(request);
  ASSERT_TRUE(answer.ok());
  ASSERT_FALSE(answer->items.empty());
  EXPECT_EQ(answer->items[0].garment_id, "b7");
}

TEST(NextItem, TheLatestItemIsHeldOutWithAllThatTheShopperDidWithIt) {
  ChoiceHistory history;
  for (const char* id : {"a", "b"}) history.garments.push_back(bare_garment(id));
  history.events.push_back(bought("bo", "b", 5));
  history.events.push_back(bought("bo", "a", 1));  // earlier, told later
  Event again = bought("bo", "b", 5);
  again.type = EventType::kLike;
  again.event_id = "again";
  history.events.push_back(again);
  history.events.push_back(bought("once", "a", 1));
  BareShop bare;
  const auto report = bare.evaluate(std::move(history), {.resamples = 10});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->shoppers, 2u);
  EXPECT_EQ(report->held_out, 1u);
  EXPECT_EQ(bare.log.size(), 2u);  // both purchases of "a"
}

// Ann chooses "old" on day 1 and "now" on day 100. Of the others, many choose "now" just before that, each
// only this one, and even more "later" after it.
ChoiceHistory a_change_of_fashion() {
  ChoiceHistory history;
  for (const char* id : {"old", "now", "later"}) history.garments.push_back(bare_garment(id));
  for (int s = 0; s < 30; ++s) {
    history.events.push_back(bought("late" + std::to_string(s), "later", 120));
    if (s < 10) history.events.push_back(bought("early" + std::to_string(s), "now", 95));
  }
  history.events.push_back(bought("ann", "old", 1));
  history.events.push_back(bought("ann", "now", 100));
  return history;
}

TEST(NextItem, AskedAtItsTimeTheShopKnowsNothingLater) {
  BareShop bare;
  const auto report =
      bare.evaluate(a_change_of_fashion(), {.count = 1, .resamples = 10, .at_its_time = true});
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->asked, 1u);
  EXPECT_EQ(report->scores.at(0).hit_rate, 1);
  EXPECT_EQ(bare.log.size(), 11u);  // "old", and what came before day 100
  const NextItemScore& popular = report->scores.at(2);
  EXPECT_EQ(popular.name, "popularity, 30 days before the item");
  EXPECT_EQ(popular.hit_rate, 1);
}

TEST(NextItem, AskedAtTheEndTheShopKnowsWhatCameLater) {
  BareShop bare;
  const auto report = bare.evaluate(a_change_of_fashion(), {.count = 1, .resamples = 10});
  ASSERT_TRUE(report.ok()) << report.error().message();
  EXPECT_EQ(report->scores.at(0).hit_rate, 0);
}

TEST(NextItem, AtTheirTimeWeightsAreChosenOnEarlierItems) {
  BareShop bare;
  const auto report =
      bare.evaluate(sets_of_four(4, 10), {.count = 2, .resamples = 10, .choose = true, .at_its_time = true});
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->chosen_on, 20u);
  EXPECT_EQ(report->asked, 20u);
}

TEST(NextItemBaselines, AreThoseOfTheTextbook) {
  const auto at = [](int day) { return kFirstDay + std::chrono::days(day); };
  ChoiceMatrix choices{
      3, {{{0, at(0)}, {1, at(1)}}, {{0, at(2)}, {1, at(3)}}, {{0, at(4)}, {2, at(40)}}, {{1, at(5)}}}};
  const NextItemBaselines baselines(choices);
  EXPECT_THAT(baselines.popularity(), testing::ElementsAre(3, 3, 1));
  EXPECT_THAT(baselines.popularity_before(at(5), 3), testing::ElementsAre(2, 1, 0));
}

}  // namespace
}  // namespace modiste
