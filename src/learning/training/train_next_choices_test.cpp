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
  EXPECT_GT(trained->asked, 300u);
  EXPECT_GE(trained->mixed.mean, trained->neighbours.mean);
  EXPECT_GT(trained->network.mean, 0.5) << "one of sixty items comes next";
  EXPECT_EQ(trained->draft.name, "next-choices");
  EXPECT_EQ(trained->draft.metrics.at("asked"), static_cast<double>(trained->asked));

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
  EXPECT_GT(trained->network.mean, 0.5);
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

TEST(TrainNextChoices, RefusesToLearnFromFewShoppers) {
  const auto trained = train_next_choices(walks(100));
  ASSERT_FALSE(trained.ok());
  EXPECT_EQ(trained.error().code, Code::kConflict);
}

}  // namespace
}  // namespace modiste
