#include "retrieval/ann_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <numeric>
#include <thread>

#include "base/rng.h"
#include "retrieval/ann_test_data.h"
#include "retrieval/slots_where.h"

namespace modiste {
namespace {

constexpr size_t kDimension = 32;

AnnOptions small_options() { return {.dimension = kDimension, .space = "test"}; }

class AnnIndexTest : public ::testing::Test {
 protected:
  Rng rng_{42};
  ClusteredVectors vectors_{kDimension, 40, 7};
};

TEST_F(AnnIndexTest, AnswersWhatBruteForceAnswers) {
  AnnIndex index(small_options());
  NaiveIndex naive;
  for (Slot slot = 0; slot < 5000; ++slot) {
    const Vector v = vectors_.draw(rng_);
    ASSERT_TRUE(index.put(slot, v).ok());
    naive.put(slot, v);
  }
  EXPECT_EQ(index.size(), 5000);
  EXPECT_GE(mean_recall(index, naive, vectors_, rng_, {}), 0.97);
}

TEST_F(AnnIndexTest, ScoresAreTheInnerProductsBestFirst) {
  AnnIndex index(small_options());
  NaiveIndex naive;
  for (Slot slot = 0; slot < 300; ++slot) {
    const Vector v = vectors_.draw(rng_);
    ASSERT_TRUE(index.put(slot, v).ok());
    naive.put(slot, v);
  }
  const Vector query = vectors_.draw(rng_);
  const auto found = index.search({.vector = query, .k = 20});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 20);
  EXPECT_TRUE(std::is_sorted(found->begin(), found->end(), better));
  for (const Candidate& c : *found) EXPECT_NEAR(c.score, dot_scalar(query, naive.vector(c.slot)), 1e-4);
}

// Whatever share of items a filter allows, only those are returned, and the best of them are found.
TEST_F(AnnIndexTest, FiltersNeverLeakAndKeepRecall) {
  AnnIndex index(small_options());
  NaiveIndex naive;
  for (Slot slot = 0; slot < 8000; ++slot) {
    const Vector v = vectors_.draw(rng_);
    ASSERT_TRUE(index.put(slot, v).ok());
    naive.put(slot, v);
  }
  for (const double share : {0.0002, 0.002, 0.01, 0.1, 0.5, 0.9}) {
    const SlotBits admitted = slots_where(8000, [&](Slot) { return rng_.chance(share); });
    EXPECT_GE(mean_recall(index, naive, vectors_, rng_, SlotFilter(admitted)), 0.97) << share;
  }
  const SlotBits nothing(8000);
  const auto found = index.search({.vector = vectors_.draw(rng_), .k = 10, .filter = SlotFilter(nothing)});
  ASSERT_TRUE(found.ok());
  EXPECT_TRUE(found->empty());
}

// The filter allows one cluster and the query is in another: the search must cross nodes that
// it may not return.
TEST_F(AnnIndexTest, FindsAdmittedItemsFarFromTheQuery) {
  AnnIndex index(small_options());
  NaiveIndex naive;
  for (Slot slot = 0; slot < 6000; ++slot) {
    const Vector v = vectors_.draw_of(slot % 40, rng_);
    ASSERT_TRUE(index.put(slot, v).ok());
    naive.put(slot, v);
  }
  const SlotBits admitted = slots_where(6000, [](Slot slot) { return slot % 40 == 3; });
  double recall = 0;
  for (size_t i = 0; i < 20; ++i) {
    const Vector query = vectors_.draw_of(4 + i, rng_);
    recall += recall_of(index, naive, query, SlotFilter(admitted)) / 20;
  }
  EXPECT_GE(recall, 0.97);
}

TEST_F(AnnIndexTest, StaysGoodWhenEverythingWasReplacedThrice) {
  AnnIndex index(small_options());
  NaiveIndex naive;
  for (int round = 0; round < 4; ++round)
    for (Slot slot = 0; slot < 2500; ++slot) {
      const Vector v = vectors_.draw(rng_);
      ASSERT_TRUE(index.put(slot, v).ok());
      naive.put(slot, v);
    }
  EXPECT_EQ(index.size(), 2500);
  EXPECT_GE(mean_recall(index, naive, vectors_, rng_, {}), 0.95);
  EXPECT_LT(index.memory_bytes(), size_t{8} << 20) << "dead nodes must be reused";
}

RC_GTEST_PROP(AnnIndexHistory, IsFollowedLikeByANaiveMap, ()) {
  AnnIndex index(small_options());
  NaiveIndex naive;
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  const ClusteredVectors vectors(kDimension, 5, 3);
  const auto steps = *rc::gen::inRange(1, 400);
  for (int i = 0; i < steps; ++i) {
    const auto slot = static_cast<Slot>(rng.below(60));
    if (rng.chance(0.35)) {
      RC_ASSERT(index.remove(slot) == naive.remove(slot));
    } else {
      const Vector v = vectors.draw(rng);
      RC_ASSERT(index.put(slot, v).ok());
      naive.put(slot, v);
    }
    RC_ASSERT(index.size() == naive.size());
  }
  for (Slot slot = 0; slot < 60; ++slot) RC_ASSERT(index.contains(slot) == naive.contains(slot));
  // So few items are scanned one by one: the result is exact.
  RC_ASSERT(recall_of(index, naive, vectors.draw(rng), {}) == 1.0);
}

TEST_F(AnnIndexTest, BatchesEqualSinglesAndTheLastOfASlotCounts) {
  AnnIndex index(small_options());
  NaiveIndex naive;
  std::vector<Slot> slots;
  Vector rows;
  for (size_t i = 0; i < 3000; ++i) {
    const auto slot = static_cast<Slot>(rng_.below(2000));
    const Vector v = vectors_.draw(rng_);
    slots.push_back(slot);
    rows.insert(rows.end(), v.begin(), v.end());
    naive.put(slot, v);
  }
  ASSERT_TRUE(index.put_all(slots, rows, 2).ok());
  EXPECT_EQ(index.size(), naive.size());
  EXPECT_GE(mean_recall(index, naive, vectors_, rng_, {}), 0.97);
  for (Slot slot = 0; slot < 2000; ++slot) {
    ASSERT_EQ(index.contains(slot), naive.contains(slot));
    if (naive.contains(slot)) {
      EXPECT_NEAR(dot_scalar(*index.vector(slot), naive.vector(slot)), 1, 1e-3) << slot;
    }
  }
}

TEST_F(AnnIndexTest, RefusesWhatIsNoVectorOfItsSpace) {
  AnnIndex index(small_options());
  Vector v = vectors_.draw(rng_);
  EXPECT_EQ(index.put(0, std::span(v).first(31)).error().code, Code::kInvalid);
  EXPECT_EQ(index.put(0, {}).error().code, Code::kInvalid);
  EXPECT_EQ(index.put(kAnnSlotsMax, v).error().code, Code::kInvalid);
  EXPECT_EQ(index.put(kNoSlot, v).error().code, Code::kInvalid);
  EXPECT_EQ(index.search({.vector = std::span(v).first(3)}).error().code, Code::kInvalid);
  Vector twice = v;
  for (float& x : twice) x *= 2;
  EXPECT_EQ(index.put(0, twice).error().code, Code::kInvalid);
  EXPECT_EQ(index.put(0, Vector(kDimension, 0.0F)).error().code, Code::kInvalid);
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    v[5] = bad;
    EXPECT_EQ(index.put(0, v).error().code, Code::kInvalid);
    EXPECT_EQ(index.search({.vector = v}).error().code, Code::kInvalid);
  }
  // With one invalid row no row of the batch is added.
  Vector rows = vectors_.draw(rng_);
  rows.resize(2 * kDimension, 0.0F);
  EXPECT_EQ(index.put_all(std::vector<Slot>{1, 2}, rows).error().code, Code::kInvalid);
  EXPECT_EQ(index.put_all(std::vector<Slot>{1, 2, 3}, rows).error().code, Code::kInvalid);
  EXPECT_EQ(index.size(), 0);
}

TEST_F(AnnIndexTest, EdgesOfAsking) {
  AnnIndex index(small_options());
  const Vector query = vectors_.draw(rng_);
  EXPECT_TRUE(index.search({.vector = query})->empty());
  EXPECT_FALSE(index.remove(3));
  EXPECT_FALSE(index.vector(3).has_value());
  ASSERT_TRUE(index.put(3, query).ok());
  EXPECT_TRUE(index.search({.vector = query, .k = 0})->empty());
  ASSERT_EQ(index.search({.vector = query, .k = 1'000'000})->size(), 1);
  EXPECT_NEAR(index.search({.vector = query})->front().score, 1, 1e-4);
  ASSERT_TRUE(index.remove(3));
  EXPECT_TRUE(index.search({.vector = query})->empty());
  ASSERT_TRUE(index.put(9, query).ok());  // reuses the dead node
  EXPECT_EQ(index.search({.vector = query})->front().slot, 9);
}

TEST_F(AnnIndexTest, ScoresGivenSlots) {
  AnnIndex index(small_options());
  const Vector a = vectors_.draw(rng_), b = vectors_.draw(rng_);
  ASSERT_TRUE(index.put(1, a).ok());
  ASSERT_TRUE(index.put(5, b).ok());
  const auto scored = index.score(a, std::vector<Slot>{5, 2, 1, kNoSlot});
  ASSERT_TRUE(scored.ok());
  ASSERT_EQ(scored->size(), 2);
  EXPECT_EQ((*scored)[0].slot, 5);
  EXPECT_NEAR((*scored)[0].score, dot_scalar(a, b), 1e-4);
  EXPECT_NEAR((*scored)[1].score, 1, 1e-4);
}

TEST_F(AnnIndexTest, SearchesWhileItChanges) {
  AnnIndex index(
      {.dimension = kDimension, .space = "test", .searchers_max = 2});  // fewer lanes than searchers
  for (Slot slot = 0; slot < 500; ++slot) ASSERT_TRUE(index.put(slot, vectors_.draw(rng_)).ok());
  std::atomic<bool> stop{false};
  std::atomic<size_t> answers{0}, leaks{0};
  const SlotBits even = slots_where(2000, [](Slot slot) { return slot % 2 == 0; });
  const auto search = [&](uint64_t seed) {
    Rng rng(seed);
    while (!stop) {
      const auto found =
          index.search({.vector = vectors_.draw(rng), .k = 10, .filter = SlotFilter(even), .expansion = 16});
      for (const Candidate& c : *found) leaks += c.slot % 2 != 0;
      answers += found->size();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (uint64_t seed = 1; seed <= 3; ++seed) threads.emplace_back(search, seed);
    threads.emplace_back([&] {
      for (Slot slot = 0; slot < 400; ++slot) index.remove(slot % 500);
    });
    threads.emplace_back([&] {
      Rng rng(77);
      size_t written = 0;
      EXPECT_TRUE(
          index.save([&](std::span<const std::byte> bytes) { return written += bytes.size(), true; }).ok());
    });
    Rng rng(99);
    std::vector<Slot> slots(600);
    std::iota(slots.begin(), slots.end(), Slot{300});
    Vector rows;
    for (size_t i = 0; i < slots.size(); ++i) {
      const Vector v = vectors_.draw(rng);
      rows.insert(rows.end(), v.begin(), v.end());
    }
    EXPECT_TRUE(index.put_all(slots, rows, 2).ok());
    for (Slot slot = 300; slot < 700; ++slot) EXPECT_TRUE(index.put(slot, vectors_.draw(rng)).ok());
    stop = true;
  }
  EXPECT_GT(answers, 0);
  EXPECT_EQ(leaks, 0);
}

}  // namespace
}  // namespace modiste
