// Under a filter every index answers what a search for everything has of the filter's set.
#include "retrieval/slot_filter.h"

#include <gtest/gtest.h>

#include "base/rng.h"
#include "retrieval/ann_index.h"
#include "retrieval/ann_test_data.h"
#include "retrieval/co_choices.h"
#include "retrieval/popularity.h"
#include "retrieval/popularity_by_time.h"
#include "retrieval/text_index.h"

namespace modiste {
namespace {

constexpr Slot kSlots = 3'000;
constexpr std::array kShares{0.9, 0.3, 0.02, 0.001, 0.0};
const TimePoint kNow{std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)};

SlotBits some_slots(double share, Rng& rng) {
  SlotBits bits(kSlots);
  for (Slot slot = 0; slot < kSlots; ++slot)
    if (rng.chance(share)) bits.set(slot);
  return bits;
}

// search(count, filter): the answer to a search for so many, best first.
template <class Search>
void expect_of_the_set(const SlotBits& bits, size_t count, const Search& search) {
  std::vector<Candidate> expected = search(kSlots, SlotFilter());
  std::erase_if(expected, [&](const Candidate& one) { return !bits.test(one.slot); });
  expected.resize(std::min(expected.size(), count));
  EXPECT_EQ(search(count, SlotFilter(bits)), expected);
}

TEST(SlotFilter, OfPopularityHasTheBestOfTheSet) {
  Rng rng(1);
  Popularity popularity;
  for (int i = 0; i < 4'000; ++i) popularity.record_positive(static_cast<Slot>(rng.below(kSlots)), 1, kNow);
  for (const double share : kShares)
    expect_of_the_set(some_slots(share, rng), 50, [&](size_t count, const SlotFilter& filter) {
      return popularity.search(count, kNow, filter).items;
    });
}

TEST(SlotFilter, OfPopularityInGroupsHasTheBestOfTheSetInEach) {
  Rng rng(1);
  Popularity popularity;
  std::vector<uint16_t> group_of(kSlots);
  for (auto& group : group_of) group = static_cast<uint16_t>(rng.below(4));
  for (int i = 0; i < 4'000; ++i) popularity.record_positive(static_cast<Slot>(rng.below(kSlots)), 1, kNow);
  for (const double share : kShares) {
    const SlotBits bits = some_slots(share, rng);
    for (size_t group = 0; group < 4; ++group)
      expect_of_the_set(bits, 20, [&](size_t count, const SlotFilter& filter) {
        std::vector<size_t> counts{20, 3, 0, 20};
        counts[group] = count;
        return popularity.search_groups(group_of, counts, kNow, filter).at(group).items;
      });
  }
}

TEST(SlotFilter, OfWhatIsChosenTogetherHasTheBestOfTheSet) {
  Rng rng(2);
  CoChoices choices;
  PopularityByTime popularity;
  for (int i = 0; i < 6'000; ++i) {
    const auto slot = static_cast<Slot>(rng.below(kSlots));
    choices.record(static_cast<uint32_t>(rng.below(300)), slot, 1, kNow);
    popularity.record(slot, 1, kNow);
  }
  const std::array times{TimeShare{kNow, 2}};
  for (const double share : kShares)
    expect_of_the_set(some_slots(share, rng), 100, [&](size_t count, const SlotFilter& filter) {
      std::vector<Candidate> found;
      popularity.with_shares(times, [&](const SlotPrior& prior) {
        CoChoiceQuery query;
        query.shopper = 5;
        query.k = count;
        query.filter = filter;
        query.prior = &prior;
        found = choices.search(query).items;
      });
      return found;
    });
}

// Several filters at once: sets of very different sizes, one of everything, one of nothing.
TEST(SlotFilter, SeveralAtOnceAnswerWhatEachAnswersAlone) {
  Rng rng(4);
  Popularity popularity;
  CoChoices choices;
  PopularityByTime by_time;
  for (int i = 0; i < 6'000; ++i) {
    const auto slot = static_cast<Slot>(rng.below(kSlots) * rng.below(kSlots) / kSlots);
    popularity.record_positive(slot, static_cast<float>(rng.uniform()), kNow);
    choices.record(static_cast<uint32_t>(rng.below(300)), slot, 1, kNow);
    by_time.record(slot, 1, kNow);
  }
  std::vector<SlotBits> sets;
  for (const double share : kShares) sets.push_back(some_slots(share, rng));
  std::vector<SlotFilter> filters{SlotFilter()};
  for (const SlotBits& bits : sets) filters.emplace_back(bits);
  const std::array times{TimeShare{kNow, 2}};
  const auto popular = popularity.search_under(40, kNow, filters);
  by_time.with_shares(times, [&](const SlotPrior& prior) {
    CoChoiceQuery query;
    query.shopper = 5;
    query.k = 40;
    query.prior = &prior;
    const auto together = choices.search_under(query, filters);
    for (size_t i = 0; i < filters.size(); ++i) {
      EXPECT_EQ(popular[i].items, popularity.search(40, kNow, filters[i]).items) << i;
      query.filter = filters[i];
      const auto alone = choices.search(query);
      EXPECT_EQ(together[i].items, alone.items) << i;
      EXPECT_EQ(together[i].evidence, alone.evidence) << i;
    }
    for (Slot slot = 0; slot < kSlots; ++slot)
      ASSERT_EQ(prior.of_block(slot / kBlockSlots)[slot % kBlockSlots], prior.of(slot));
  });
}

TEST(SlotFilter, OfWordsHasTheBestOfTheSet) {
  Rng rng(3);
  TextIndex index(Vocabulary::standard());
  const std::array<std::string, 8> words{"linen", "dress", "red", "shirt", "wool", "coat", "summer", "blue"};
  for (Slot slot = 0; slot < kSlots; ++slot) {
    TextFields fields;
    for (int i = 0; i < 4; ++i) fields.title += words[rng.below(words.size())] + ' ';
    index.put(slot, fields);
  }
  for (const double share : kShares) {
    const SlotBits bits = some_slots(share, rng);
    for (const char* text : {"red linen dress", "coat", "blue wool summer shirt coat"})
      expect_of_the_set(bits, 40, [&](size_t count, const SlotFilter& filter) {
        TextQuery query;
        query.text = text;
        query.k = count;
        query.filter = filter;
        return index.search(query).items;
      });
  }
}

// A walk of the graph is held against the exhaustive search by its recall.
TEST(SlotFilter, OfVectorsFindsWhatAnExhaustiveSearchFinds) {
  Rng rng(4);
  AnnOptions options;
  options.dimension = 24;
  AnnIndex index(options);
  std::vector<Vector> vectors;
  for (Slot slot = 0; slot < kSlots; ++slot) {
    vectors.push_back(Vector(options.dimension));
    for (float& x : vectors.back()) x = static_cast<float>(rng.normal());
    normalise(vectors.back());
    ASSERT_TRUE(index.put(slot, vectors.back()).ok());
  }
  for (const double share : kShares) {
    const SlotBits bits = some_slots(share, rng);
    size_t wanted = 0, found = 0;
    for (int round = 0; round < 20; ++round) {
      const Vector& query = vectors[rng.below(kSlots)];
      std::vector<Candidate> exact;
      for (Slot slot = bits.next(0); slot != kNoSlot; slot = bits.next(slot + 1))
        exact.push_back({slot, dot(query, vectors[slot])});
      std::sort(exact.begin(), exact.end(), better);
      exact.resize(std::min<size_t>(exact.size(), 10));
      AnnQuery asked;
      asked.vector = query;
      asked.filter = SlotFilter(bits);
      const auto answer = index.search(asked);
      ASSERT_TRUE(answer.ok());
      ASSERT_EQ(answer->size(), exact.size());
      for (const Candidate& one : *answer) {
        ASSERT_TRUE(bits.test(one.slot));
        found += std::any_of(exact.begin(), exact.end(),
                             [&](const auto& other) { return other.slot == one.slot; });
      }
      wanted += exact.size();
    }
    EXPECT_GE(static_cast<double>(found), 0.97 * static_cast<double>(wanted)) << share;
  }
}

}  // namespace
}  // namespace modiste
