#include "retrieval/user_knn.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <set>
#include <thread>

#include "base/rng.h"

namespace modiste {
namespace {

TEST(UserKnn, RecommendsWhatLikeMindedShoppersChose) {
  UserKnn knn;
  for (const Slot slot : {1, 2, 3}) knn.record(10, slot, 1);
  for (const Slot slot : {1, 2}) knn.record(11, slot, 1);
  for (const Slot slot : {8, 9}) knn.record(12, slot, 1);
  const auto list = knn.search(11, 5);
  ASSERT_EQ(list.items.size(), 1);
  EXPECT_EQ(list.items[0].slot, 3);
  EXPECT_FLOAT_EQ(list.items[0].score, 1);
  EXPECT_TRUE(knn.search(12, 5).items.empty());
  EXPECT_TRUE(knn.search(999, 5).items.empty());
  EXPECT_TRUE(knn.search(11, 0).items.empty());
}

TEST(UserKnn, MoreInCommonMakesANearerNeighbour) {
  UserKnn knn({.neighbours_max = 1});
  for (const Slot slot : {1, 2, 3, 4}) knn.record(0, slot, 1);
  for (const Slot slot : {1, 2, 3, 50}) knn.record(1, slot, 1);
  for (const Slot slot : {1, 60}) knn.record(2, slot, 1);
  const auto list = knn.search(0, 5);
  ASSERT_EQ(list.items.size(), 1);
  EXPECT_EQ(list.items[0].slot, 50);
}

TEST(UserKnn, WeightsStayInTheUnitRangeAndALikeCanBeTakenBack) {
  UserKnn knn;
  for (int i = 0; i < 5; ++i) knn.record(1, 7, 0.6F);
  knn.record(1, 8, 0.5F);
  knn.record(2, 7, 1);
  EXPECT_FLOAT_EQ(knn.search(2, 5).items.at(0).score, 0.5F);
  knn.record(1, 8, -0.9F);
  EXPECT_TRUE(knn.search(2, 5).items.empty());
  knn.record(1, 8, -0.9F);  // nothing to take
  knn.record(1, 8, std::nanf(""));
  EXPECT_TRUE(knn.search(2, 5).items.empty());
}

TEST(UserKnn, AnErasedShopperLeavesNoTrace) {
  UserKnn knn;
  for (const Slot slot : {1, 2, 3}) knn.record(10, slot, 1);
  for (const Slot slot : {1, 2}) knn.record(11, slot, 1);
  EXPECT_TRUE(knn.erase(10));
  EXPECT_FALSE(knn.erase(10));
  EXPECT_TRUE(knn.search(11, 5).items.empty());
  EXPECT_TRUE(knn.search(10, 5).items.empty());
  EXPECT_EQ(knn.shopper_count(), 1);
}

TEST(UserKnn, KeepsTheLatestItemsOfAShopperAndTheLatestShoppersOfAnItem) {
  UserKnn knn({.items_max = 3, .shoppers_max = 2});
  for (const Slot slot : {1, 2, 3, 4}) knn.record(0, slot, 1);  // 1 is forgotten
  knn.record(5, 1, 1);
  EXPECT_TRUE(knn.search(5, 9).items.empty());
  knn.record(6, 2, 1);
  EXPECT_EQ(knn.search(6, 9).items.size(), 2);
  // Two later shoppers of item 2: shopper 0 can no longer be found through it.
  knn.record(7, 2, 1);
  knn.record(8, 2, 1);
  EXPECT_TRUE(knn.search(8, 9).items.empty());
  EXPECT_TRUE(knn.erase(0));
  EXPECT_EQ(knn.shopper_count(), 4);
}

TEST(UserKnn, FiltersAndDeadlines) {
  UserKnn knn;
  for (Slot slot = 0; slot < 20; ++slot) knn.record(1, slot, 1);
  knn.record(2, 0, 1);
  const auto even = [](Slot slot) { return slot % 2 == 0; };
  const auto list = knn.search(2, 100, SlotFilter(even));
  EXPECT_EQ(list.items.size(), 9);
  for (const Candidate& c : list.items) EXPECT_EQ(c.slot % 2, 0);
  const ManualClock clock(TimePoint(Micros(5)));
  const auto late = knn.search(2, 5, {}, {&clock, TimePoint(Micros(5))});
  EXPECT_FALSE(late.complete);
  EXPECT_TRUE(late.items.empty());
}

RC_GTEST_PROP(UserKnnScores, AreThoseOfTheNaiveCosine, ()) {
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  const UserKnnOptions options{.neighbours_max = 1000};
  UserKnn knn(options);
  std::map<uint32_t, std::map<Slot, double>> rows;
  const size_t steps = 1 + rng.below(300);
  for (size_t i = 0; i < steps; ++i) {
    const auto shopper = static_cast<uint32_t>(rng.below(12));
    const auto slot = static_cast<Slot>(rng.below(25));
    const float weight = static_cast<float>(rng.uniform(-0.4, 1));
    knn.record(shopper, slot, weight);
    double& sum = rows[shopper][slot];
    sum = std::clamp(sum + static_cast<double>(weight), 0.0, 1.0);
    if (sum == 0) rows[shopper].erase(slot);
    if (rng.chance(0.02)) {
      knn.erase(shopper);
      rows.erase(shopper);
    }
  }
  const auto length = [](const std::map<Slot, double>& row) {
    double square = 0;
    for (const auto& [slot, weight] : row) square += weight * weight;
    return std::sqrt(square);
  };
  const auto& mine = rows[0];
  std::map<Slot, double> sums;
  double similarity = 0;
  for (const auto& [other, row] : rows) {
    double dot = 0, shared = 0;
    for (const auto& [slot, weight] : row)
      if (mine.contains(slot)) dot += weight * mine.at(slot), ++shared;
    if (other == 0 || shared == 0) continue;
    const double cosine = dot / length(mine) / length(row) * shared / (shared + options.shrinkage);
    similarity += cosine;
    for (const auto& [slot, weight] : row)
      if (!mine.contains(slot)) sums[slot] += cosine * weight;
  }
  const auto list = knn.search(0, 1000);
  RC_ASSERT(list.items.size() == sums.size());
  RC_ASSERT(std::is_sorted(list.items.begin(), list.items.end(), better));
  for (const Candidate& c : list.items) {
    RC_ASSERT(c.score >= 0 && c.score <= 1);
    RC_ASSERT(std::abs(c.score - sums.at(c.slot) / similarity) < 1e-3);
  }
}

TEST(UserKnn, AnswersWhileItLearns) {
  UserKnn knn;
  std::atomic<bool> stop{false};
  std::atomic<size_t> wrong{0};
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i)
      readers.emplace_back([&] {
        for (uint32_t shopper = 0; !stop; shopper = (shopper + 1) % 20)
          for (const Candidate& c : knn.search(shopper, 5).items) wrong += !(c.score > 0 && c.score <= 1);
      });
    Rng rng(4);
    for (int i = 0; i < 3000; ++i) {
      knn.record(static_cast<uint32_t>(rng.below(20)), static_cast<Slot>(rng.below(50)), 0.5F);
      if (i % 50 == 0) knn.erase(static_cast<uint32_t>(rng.below(20)));
    }
    stop = true;
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace modiste
