#include "retrieval/popularity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/rng.h"
#include "retrieval/slots_where.h"

namespace modiste {
namespace {

constexpr TimePoint kStart{std::chrono::days(20'000)};
TimePoint day(double days) { return kStart + Micros(static_cast<int64_t>(days * 86'400e6)); }

TEST(Popularity, AHundredLikesInThreeHundredViewsBeatOneInOne) {
  Popularity popularity;
  for (int i = 0; i < 300; ++i) popularity.record_impression(1, kStart);
  for (int i = 0; i < 100; ++i) popularity.record_positive(1, 1, kStart);
  popularity.record_impression(2, kStart);
  popularity.record_positive(2, 1, kStart);
  const auto list = popularity.search(10, kStart);
  ASSERT_EQ(list.items.size(), 2);
  EXPECT_EQ(list.items[0].slot, 1);
  EXPECT_FLOAT_EQ(list.items[0].score, 101.F / 320.F);
  EXPECT_FLOAT_EQ(list.items[1].score, 2.F / 21.F);
}

TEST(Popularity, CountsHalveWithTheHalfLifeTowardsThePrior) {
  const PopularityOptions options{.half_life_days = 10, .prior_rate = 0.1, .prior_strength = 10};
  Popularity popularity(options);
  for (int i = 0; i < 40; ++i) popularity.record_impression(3, day(0));
  for (int i = 0; i < 20; ++i) popularity.record_positive(3, 1, day(0));
  EXPECT_FLOAT_EQ(popularity.rate(3, day(0)), 21.F / 50.F);
  popularity.record_impression(4, day(10));
  EXPECT_FLOAT_EQ(popularity.rate(3, day(10)), 11.F / 30.F);
  popularity.record_impression(4, day(20));
  EXPECT_FLOAT_EQ(popularity.rate(3, day(20)), 6.F / 20.F);
  popularity.record_impression(4, day(9'000));
  EXPECT_NEAR(popularity.rate(3, day(9'000)), 0.1, 1e-6);
  EXPECT_FLOAT_EQ(popularity.rate(77, day(0)), 0.1F);
}

// Most of a large catalog is passed over; what is found is what a look at every item finds.
TEST(Popularity, TheBestOfALargeCatalogAreThoseOfAllItemsAtAnyTime) {
  Popularity popularity;
  Rng rng(9);
  std::vector<Slot> all(3'000);
  for (Slot slot = 0; slot < all.size(); ++slot) all[slot] = slot;
  const SlotBits admitted = slots_where(all.size(), [](Slot slot) { return slot % 5 != 2; });
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 500; ++i) {
      const auto slot = static_cast<Slot>(std::pow(rng.uniform(), 3) * 3'000);
      const TimePoint at = day(round * 3 - static_cast<double>(rng.below(20)));
      if (rng.chance(0.8))
        popularity.record_impression(slot, at);
      else
        popularity.record_positive(slot, static_cast<float>(rng.uniform()), at);
    }
    if (round == 30) {
      std::string saved;
      popularity.save(saved);
      ASSERT_TRUE(popularity.load(saved).ok());
    }
    for (const double when : {round * 3.0 - 30, round * 3.0, round * 3.0 + 100}) {
      const auto rates = popularity.rates(all, day(when));
      std::vector<Candidate> expected;
      const auto recorded = popularity.search(all.size(), day(when), SlotFilter(admitted));
      for (const Candidate& one : recorded.items) expected.push_back({one.slot, rates[one.slot]});
      std::sort(expected.begin(), expected.end(), better);
      expected.resize(std::min<size_t>(expected.size(), 30));
      EXPECT_EQ(popularity.search(30, day(when), SlotFilter(admitted)).items, expected);
    }
  }
}

TEST(Popularity, AgeIsJudgedFromTheLatestRecord) {
  Popularity popularity;
  popularity.record_positive(1, 1, day(0));
  popularity.record_positive(2, 1, day(60));
  EXPECT_EQ(popularity.rate(2, day(60 + 4'000)),
            popularity.rate(2, day(60)));  // a history that ended long ago
  const auto list = popularity.search(2, day(60 + 4'000));
  EXPECT_EQ(list.items[0].slot, 2);
  EXPECT_GT(list.items[0].score, list.items[1].score);
}

TEST(Popularity, LateEventsCountForWhatIsLeftOfThem) {
  Popularity popularity, in_order;
  popularity.record_impression(1, day(10));
  popularity.record_positive(1, 1, day(0));
  in_order.record_positive(1, 1, day(0));
  in_order.record_impression(1, day(10));
  EXPECT_FLOAT_EQ(popularity.rate(1, day(10)), in_order.rate(1, day(10)));
}

TEST(Popularity, LastsForDecades) {
  Popularity popularity({.half_life_days = 1});
  popularity.record_impression(1, day(0));
  popularity.record_impression(2, day(9000));
  popularity.record_positive(2, 1, day(9000));
  EXPECT_FLOAT_EQ(popularity.rate(2, day(9000)), 2.F / 21.F);
  EXPECT_FLOAT_EQ(popularity.rate(1, day(9000)), 0.05F);
}

TEST(Popularity, EdgesOfRecording) {
  Popularity popularity;
  popularity.record_positive(1, -1, kStart);
  popularity.record_positive(1, std::nanf(""), kStart);
  EXPECT_TRUE(popularity.search(10, kStart).items.empty());
  popularity.record_positive(1, 50, kStart);  // counts as one, and as seen once
  EXPECT_FLOAT_EQ(popularity.rate(1, kStart), 2.F / 21.F);
}

RC_GTEST_PROP(PopularityRanks, AreThoseOfTheNaiveSums, ()) {
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  const PopularityOptions options;
  Popularity popularity(options);
  struct Naive {
    double positives = 0, impressions = 0;
  };
  std::map<Slot, Naive> naive;
  const TimePoint now = day(60);
  popularity.record_impression(0, now);  // age is judged from the latest record
  for (size_t i = rng.below(300); i-- > 0;) {
    const auto slot = static_cast<Slot>(rng.below(30));
    const double at = rng.uniform(0, 60);
    const double left = std::exp2(-(60 - at) / options.half_life_days);
    if (rng.chance(0.7)) {
      popularity.record_impression(slot, day(at));
      naive[slot].impressions += left;
    } else {
      const double weight = rng.uniform(0.1, 1);
      popularity.record_positive(slot, static_cast<float>(weight), day(at));
      naive[slot].positives += weight * left;
    }
  }
  const auto admits = [](Slot slot) { return slot % 3 != 0; };
  std::vector<Candidate> truth;
  for (const auto& [slot, n] : naive)
    if (admits(slot))
      truth.push_back(
          {slot, static_cast<float>((n.positives + options.prior_rate * options.prior_strength) /
                                    (std::max(n.impressions, n.positives) + options.prior_strength))});
  std::sort(truth.begin(), truth.end(), better);
  const size_t k = 1 + rng.below(30);
  const SlotBits admitted = slots_where(30, admits);
  const auto list = popularity.search(k, now, SlotFilter(admitted));
  RC_ASSERT(list.items.size() == std::min(k, truth.size()));
  for (size_t i = 0; i < list.items.size(); ++i) {
    RC_ASSERT(admits(list.items[i].slot));
    RC_ASSERT(std::abs(list.items[i].score - truth[i].score) < 1e-5F);
  }
}

}  // namespace
}  // namespace modiste
