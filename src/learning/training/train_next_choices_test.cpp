#include "learning/training/train_next_choices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "style/shopper_state.h"

namespace modiste {
namespace {

constexpr size_t kItems = 60;

// Each shopper walks through the items in steps of 7, from a place that is drawn: what comes next follows
// from the latest choice alone.
ChoiceHistoryRows walks(size_t shoppers) {
  ChoiceHistoryRows history;
  for (size_t i = 0; i < kItems; ++i) history.items.push_back({"G" + std::to_string(i), "Red"});
  Rng rng(3);
  TimePoint at{std::chrono::days(20'000)};
  for (size_t s = 0; s < shoppers; ++s) {
    auto& row = history.shoppers.emplace_back();
    size_t item = rng.below(kItems);
    for (size_t step = 0; step < 8; ++step, item = (item + 7) % kItems)
      row.push_back({static_cast<Slot>(item), at + std::chrono::hours(step * 24)});
  }
  return history;
}

// Trained once for the tests below.
const Result<TrainedNextChoices>& trained_on_walks() {
  static const Result<TrainedNextChoices> kTrained = train_next_choices(walks(900));
  return kTrained;
}

TEST(TrainNextChoices, LearnsAnOrderAndSaysWhatItIsWorth) {
  const auto& trained = trained_on_walks();
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(trained->shoppers, 900u);
  EXPECT_EQ(trained->model.items.size(), kItems);
  EXPECT_GT(trained->verdict.asked, 300u);
  EXPECT_GE(trained->verdict.mixed.mean, trained->verdict.neighbours.mean);
  EXPECT_GT(trained->verdict.network.mean, 0.5) << "one of sixty items comes next";
  EXPECT_EQ(trained->draft.name, "next-choices");
  EXPECT_EQ(trained->draft.metrics.at("asked"), static_cast<double>(trained->verdict.asked));

  // What is published is what was trained: the next item of the walk leads.
  const auto read = parse_next_choices(serialize_next_choices(trained->model));
  ASSERT_TRUE(read.ok());
  Catalog catalog(Vocabulary::standard());
  std::vector<Garment> garments(kItems);
  for (size_t i = 0; i < kItems; ++i) {
    garments[i].id = "G" + std::to_string(i);
    garments[i].variants = {{garments[i].id, "M", "Red", 20, {}, {}, 3}};
  }
  catalog.upsert(std::move(garments));
  const auto slot = [&](size_t item) { return catalog.slot("G" + std::to_string(item), "Red"); };
  const NextChoices next(*read);
  const auto snapshot = catalog.snapshot();
  const SlotFilter all;
  size_t led = 0;
  for (size_t item = 0; item < kItems; ++item) {
    const std::vector<Choice> choices{{slot(item)}, {slot((item + 7) % kItems)}};
    const auto lists = next.search_under({*snapshot, choices, 3, {}}, {&all, 1});
    ASSERT_EQ(lists[0].items.size(), 3u);
    for (const Candidate& one : lists[0].items) led += one.slot == slot((item + 14) % kItems) ? 1 : 0;
  }
  EXPECT_GT(led, kItems * 8 / 10);
}

// The same walks go on for two thirds of the shoppers.
TEST(TrainNextChoices, GoesOnFromTheNetworkBefore) {
  const auto& before = trained_on_walks();
  ASSERT_TRUE(before.ok());
  ChoiceHistoryRows later = walks(900);
  const TimePoint until = *before->draft.data_until;
  for (size_t s = 0; s < 600; ++s) {
    auto& row = later.shoppers[s];
    const Slot next = static_cast<Slot>((row.back().item + 7) % kItems);
    row.push_back({next, until + std::chrono::hours(24)});
    row.push_back({static_cast<Slot>((next + 7) % kItems), until + std::chrono::hours(48)});
  }
  TrainNextChoicesOptions options;
  options.network.training.epochs_max = 1;
  options.begin_until = until;
  options.begin_from = &before->model;
  const auto trained = train_next_choices(later, options);
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(trained->shoppers, 600u) << "those who chose since";
  EXPECT_GT(trained->verdict.network.mean, 0.5);
  EXPECT_EQ(*trained->draft.data_until, until + std::chrono::hours(48));
  // It begins where the network before ended: with steps that are too small to learn by, it ends there too.
  options.network.training.learning_rate = 1e-7F;
  const auto still = train_next_choices(later, options);
  ASSERT_TRUE(still.ok()) << still.error().message();
  const auto near_before = [](float value, float was) { return std::abs(value - was) < 1e-4F; };
  EXPECT_TRUE(std::ranges::equal(still->model.rows, before->model.rows, near_before));
  EXPECT_TRUE(std::ranges::equal(still->model.read, before->model.read, near_before));
  EXPECT_TRUE(std::ranges::equal(still->model.bias, before->model.bias, near_before));
  EXPECT_NEAR(still->model.decay, before->model.decay, 1e-4F);
  EXPECT_FALSE(std::ranges::equal(trained->model.rows, before->model.rows, near_before)) << "and else learns";
  NextChoicesModel narrow = before->model;
  narrow.width = 32;
  options.begin_from = &narrow;
  EXPECT_EQ(train_next_choices(later, options).error().code, Code::kConflict);
}

TrainNextChoicesOptions one_epoch() {
  TrainNextChoicesOptions options;
  options.network.training.epochs_max = 1;
  return options;
}

// As walks(), but each item is chosen by as many.
ChoiceHistoryRows even_walks(size_t rounds) {
  ChoiceHistoryRows history = walks(rounds * kItems);
  for (size_t s = 0; s < history.shoppers.size(); ++s)
    for (size_t step = 0; step < history.shoppers[s].size(); ++step)
      history.shoppers[s][step].item = static_cast<Slot>((s + 7 * step) % kItems);
  return history;
}

// What only the neighbours know is asked for too: there the network is mute, in a shop whose range changes
// mostly.
TEST(TrainNextChoices, TheNeighboursAreJudgedByWhatTheNetworkDoesNotKnow) {
  constexpr size_t kKnown = 45;
  const ChoiceHistoryRows history = even_walks(12);
  TrainNextChoicesOptions options = one_epoch();
  const auto all = train_next_choices(history, options);
  options.items_max = kKnown;
  const auto some = train_next_choices(history, options);
  ASSERT_TRUE(all.ok() && some.ok());
  EXPECT_EQ(some->model.items.size(), kKnown);
  EXPECT_EQ(some->verdict.asked, all->verdict.asked);
  EXPECT_EQ(some->verdict.neighbours.mean, all->verdict.neighbours.mean);
  EXPECT_LT(some->verdict.network.mean, all->verdict.network.mean);
  // Of items that as many chose, those that are known do not follow from their places in the feed.
  EXPECT_TRUE(std::ranges::any_of(
      some->model.items, [](const ItemKey& key) { return std::stoul(key.garment_id.substr(1)) >= kKnown; }));
}

// With each step of the walk another item, which is drawn, was reported: which of the two weighs more decides
// what the neighbours find, as it does in serving.
TEST(TrainNextChoices, TheNeighboursWeighWhatTheyHearAsServingDoes) {
  const auto found_where = [](float steps, float others) {
    ChoiceHistoryRows history = even_walks(10);
    Rng rng(9);
    for (const auto& row : history.shoppers) {
      auto& heard = history.heard.emplace_back();
      for (const ChosenItem& step : row) {
        heard.push_back({static_cast<Slot>(rng.below(kItems)), others, step.at - std::chrono::minutes(1)});
        heard.push_back({step.item, steps, step.at});
      }
    }
    const auto trained = train_next_choices(history, one_epoch());
    EXPECT_TRUE(trained.ok());
    return trained.ok() ? trained->verdict.neighbours.mean : 0;
  };
  EXPECT_GT(found_where(1, 0.02F), found_where(0.02F, 1) + 0.1);
}

// By the order of their ids the first shoppers choose at random, and the others walk.
TEST(TrainNextChoices, ShoppersWhoJudgeAreDrawn) {
  ChoiceHistoryRows history = even_walks(20);
  Rng rng(4);
  for (size_t s = 0; s < history.shoppers.size() / 2; ++s)
    for (ChosenItem& chosen : history.shoppers[s]) chosen.item = static_cast<Slot>(rng.below(kItems));
  TrainNextChoicesOptions options = one_epoch();
  options.judge.asked_max = 80;
  const auto trained = train_next_choices(history, options);
  ASSERT_TRUE(trained.ok()) << trained.error().message();
  EXPECT_EQ(trained->verdict.asked, 40u);
  EXPECT_GT(trained->verdict.neighbours.mean, 0.25)
      << "half of them walk; of those at random it is hardly above 0.1";
}

// A night that forgets what the network knew is worse than the network that serves, and the report says so.
TEST(TrainNextChoices, IsComparedWithTheNetworkThatServes) {
  const auto& before = trained_on_walks();
  ASSERT_TRUE(before.ok());
  NextChoicesModel serving = before->model, forgetful = before->model;
  serving.share = 1;
  Rng rng(8);
  for (float& value : forgetful.rows) value = static_cast<float>(rng.normal());
  TrainNextChoicesOptions options = one_epoch();
  options.network.training.learning_rate = 1e-7F;
  options.judge.champion = &serving;
  options.begin_from = &forgetful;
  ChoiceHistoryRows history = walks(900);
  for (const auto& row :
       history.shoppers) {  // of which the neighbours hear nothing, to leave it to the networks
    auto& heard = history.heard.emplace_back();
    for (const ChosenItem& one : row) heard.push_back({static_cast<Slot>(rng.below(kItems)), 1, one.at});
  }
  const auto worse = train_next_choices(history, options);
  ASSERT_TRUE(worse.ok()) << worse.error().message();
  EXPECT_EQ(worse->verdict.asked_champion, worse->verdict.asked)
      << "all was chosen later than it learned, by `champion_until`";
  EXPECT_LT(worse->verdict.champion_gain.high, 0);
  EXPECT_EQ(worse->draft.metrics.at("champion.gain_high"), worse->verdict.champion_gain.high);
  options.begin_from = &serving;
  const auto same = train_next_choices(history, options);
  ASSERT_TRUE(same.ok());
  EXPECT_NEAR(same->verdict.champion.mean, same->verdict.network.mean, 0.02)
      << "by its own numbers it ranks as it serves";
  options.judge.champion_until = TimePoint::max();
  EXPECT_EQ(train_next_choices(history, options)->verdict.asked_champion, 0u)
      << "it knows all of the choices";
}

TEST(TrainNextChoices, RefusesToLearnFromFewShoppers) {
  const auto trained = train_next_choices(walks(100));
  ASSERT_FALSE(trained.ok());
  EXPECT_EQ(trained.error().code, Code::kConflict);
}

}  // namespace
}  // namespace modiste
