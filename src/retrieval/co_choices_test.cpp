#include "retrieval/co_choices.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <thread>

#include "base/rng.h"
#include "retrieval/slots_where.h"

namespace modiste {
namespace {

constexpr TimePoint kDay{std::chrono::days(17'000)};

void choose(CoChoices& choices, uint32_t shopper, std::initializer_list<Slot> slots, float weight = 1) {
  for (const Slot slot : slots) choices.record(shopper, slot, weight, kDay);
}

std::vector<Slot> slots_of(const CandidateList& list) {
  std::vector<Slot> slots;
  for (const Candidate& item : list.items) slots.push_back(item.slot);
  return slots;
}

TEST(CoChoices, FindsWhatIsChosenTogether) {
  CoChoices choices;
  choose(choices, 10, {1, 2, 3});
  choose(choices, 11, {1, 3});
  choose(choices, 12, {8, 9});
  choose(choices, 13, {1});
  const auto list = choices.search({.shopper = 13, .k = 5});
  EXPECT_EQ(slots_of(list), (std::vector<Slot>{3, 2}));
  EXPECT_EQ(list.evidence, (std::vector<uint32_t>{2, 1}));
  EXPECT_TRUE(choices.search({.shopper = 12, .k = 5}).items.empty());
  EXPECT_TRUE(choices.search({.shopper = 999, .k = 5}).items.empty());
  EXPECT_TRUE(choices.search({.shopper = 13, .k = 0}).items.empty());
}

TEST(CoChoices, LikedByEnoughOthersSince) {
  constexpr auto kHour = std::chrono::hours(1);
  CoChoices choices;
  choices.record(1, 7, 0.6F, kDay);
  choices.record(2, 7, 0.6F, kDay + kHour);
  choices.record(3, 7, 0.25F, kDay + kHour);  // looked at
  EXPECT_TRUE(choices.liked_since(7, kDay, 9, 2));
  EXPECT_FALSE(choices.liked_since(7, kDay, 9, 3));
  EXPECT_FALSE(choices.liked_since(7, kDay, 2, 2)) << "the shopper's own like does not count";
  EXPECT_FALSE(choices.liked_since(7, kDay + kHour, 9, 2)) << "one of them liked it before";
  EXPECT_FALSE(choices.liked_since(8, kDay, 9, 1));
  choices.record(2, 7, -0.6F, kDay + kHour);  // undone
  EXPECT_FALSE(choices.liked_since(7, kDay, 9, 2));
}

// Three bought 1 and 2 in one order, three bought 3 a month after 1, and one alone bought 4 with it.
TEST(CoChoices, WhatIsBoughtTogether) {
  CoChoices choices;
  const TimePoint monday = TimePoint() + std::chrono::days(20'000);
  for (uint32_t shopper = 0; shopper < 3; ++shopper) {
    choices.record(shopper, 1, 1, monday);
    choices.record(shopper, 2, 1, monday + std::chrono::hours(2));
    choices.record(shopper, 3, 1, monday + std::chrono::days(30));
  }
  choices.record(0, 4, 1, monday);
  choices.record(1, 5, 0.6F, monday);  // liked alone
  choices.record(2, 5, 0.6F, monday);
  const std::vector<Slot> slots{1};
  const auto slots_of = [](const CandidateList& list) {
    std::vector<Slot> found;
    for (const Candidate& item : list.items) found.push_back(item.slot);
    std::sort(found.begin(), found.end());
    return found;
  };
  const auto bought = choices.together({.slots = slots, .k = 10, .bought = true});
  EXPECT_EQ(slots_of(bought), std::vector<Slot>{2});
  EXPECT_EQ(bought.evidence, std::vector<uint32_t>{3});
  const auto chosen = choices.together({.slots = slots, .k = 10});
  EXPECT_EQ(slots_of(chosen), (std::vector<Slot>{2, 3, 5}));
  const SlotBits not_three = slots_where(10, [](Slot slot) { return slot != 3; });
  EXPECT_EQ(slots_of(choices.together({.slots = slots, .k = 10, .filter = SlotFilter(not_three)})),
            (std::vector<Slot>{2, 5}));
  std::string saved;
  choices.save(saved);
  CoChoices loaded;
  ASSERT_TRUE(loaded.load(saved).ok());
  EXPECT_EQ(slots_of(loaded.together({.slots = slots, .k = 10, .bought = true})), std::vector<Slot>{2});
  choices.erase(0);
  choices.erase(1);
  EXPECT_TRUE(choices.together({.slots = slots, .k = 10, .bought = true}).items.empty());
}

// One shopper who has the dress in red and blue is one shopper still: what they alone chose is not told.
TEST(CoChoices, OfSeveralColoursEachShopperCountsOnce) {
  CoChoices choices;
  const std::vector<Slot> colours{1, 2};
  for (const bool bought : {true, false}) {
    const SlotBits others = slots_where(20, [](Slot slot) { return slot > 2; });
    TogetherQuery query{.slots = colours, .k = 10, .filter = SlotFilter(others), .bought = bought};
    choose(choices, 0, {1, 2, 9});
    EXPECT_TRUE(choices.together(query).items.empty()) << "9 is one shopper's";
    query.shoppers_min = 1;
    EXPECT_EQ(choices.together(query).evidence, std::vector<uint32_t>{1});
    query.shoppers_min = 2;
    choose(choices, 1, {2, 9});
    const auto list = choices.together(query);
    ASSERT_EQ(slots_of(list), std::vector<Slot>{9});
    EXPECT_EQ(list.evidence, std::vector<uint32_t>{2});
    choices.erase(0);
    choices.erase(1);
  }
}

TEST(CoChoices, WhatFewChoseIsAlikeByChance) {
  CoChoices choices;
  for (uint32_t shopper = 0; shopper < 10; ++shopper) choose(choices, shopper, {1, 2});
  choose(choices, 20, {1, 3});  // the only shopper of 3: a cosine would be larger than that of 2
  for (uint32_t shopper = 30; shopper < 60; ++shopper) choose(choices, shopper, {2});
  choose(choices, 99, {1});
  EXPECT_EQ(slots_of(choices.search({.shopper = 99, .k = 5})).front(), 2);
}

TEST(CoChoices, ALaterChoiceAndANearerPlaceCountMore) {
  CoChoices choices;
  choose(choices, 0, {1, 101});
  choose(choices, 1, {2, 102});
  choose(choices, 5, {1, 2});
  EXPECT_EQ(slots_of(choices.search({.shopper = 5, .k = 5})), (std::vector<Slot>{102, 101}));
  choices.record(5, 1, 0.1F, kDay);  // chosen again: now the latest
  EXPECT_EQ(slots_of(choices.search({.shopper = 5, .k = 5})), (std::vector<Slot>{101, 102}));
  choose(choices, 6, {50, 51, 52});
  choose(choices, 7, {50});
  EXPECT_EQ(slots_of(choices.search({.shopper = 7, .k = 5})), (std::vector<Slot>{51, 52}));
}

TEST(CoChoices, ASecondHopReachesWhatIsIndirectlyConnected) {
  CoChoices choices;
  choose(choices, 0, {1, 2});
  choose(choices, 1, {2, 3});
  choose(choices, 5, {1});
  const auto list = choices.search({.shopper = 5, .k = 5});
  EXPECT_EQ(slots_of(list), (std::vector<Slot>{2, 3}));
  EXPECT_EQ(list.evidence, (std::vector<uint32_t>{1, 0}));  // nobody chose 3 beside 1
  CoChoices direct({.second_hop = 0});
  choose(direct, 0, {1, 2});
  choose(direct, 1, {2, 3});
  choose(direct, 5, {1});
  EXPECT_EQ(slots_of(direct.search({.shopper = 5, .k = 5})), std::vector<Slot>{2});
}

struct ListedPrior final : SlotPrior {
  explicit ListedPrior(std::vector<float> scores) : by_slot(std::move(scores)) {}
  [[nodiscard]] size_t slots() const override { return by_slot.size(); }
  [[nodiscard]] float of(Slot slot) const override { return slot < by_slot.size() ? by_slot[slot] : 0; }
  [[nodiscard]] std::array<float, kBlockSlots> of_block(size_t block) const override {
    std::array<float, kBlockSlots> scores{};
    for (size_t i = 0; i < kBlockSlots; ++i) scores[i] = of(static_cast<Slot>(block * kBlockSlots + i));
    return scores;
  }
  [[nodiscard]] float most_in(size_t block) const override {
    float most = 0;
    for (size_t slot = block * kBlockSlots; slot < std::min(by_slot.size(), (block + 1) * kBlockSlots);
         ++slot)
      most = std::max(most, by_slot[slot]);
    return most;
  }
  std::vector<float> by_slot;
};

TEST(CoChoices, ThePriorIsAddedAndReachesItemsOfItsOwn) {
  CoChoices choices;
  choose(choices, 0, {1, 2});
  choose(choices, 5, {1});
  const ListedPrior prior({0, 9, 0, 0.5F});
  const auto list = choices.search({.shopper = 5, .k = 5, .prior = &prior});
  EXPECT_EQ(slots_of(list), (std::vector<Slot>{3, 2}));  // 1 is their own
  EXPECT_FLOAT_EQ(list.items[0].score, 0.5F);
  EXPECT_EQ(list.evidence, (std::vector<uint32_t>{0, 1}));
}

TEST(CoChoices, OfALargeCatalogTheBestByThePriorAreFoundThoughMostIsPassedOver) {
  CoChoices choices;
  choose(choices, 5, {1});
  Rng rng(3);
  std::vector<float> scores(20'000);
  for (float& score : scores) score = static_cast<float>(rng.below(500));  // with ties
  const ListedPrior prior(scores);
  const auto admits = [](Slot slot) { return slot % 3 != 0; };
  const SlotBits admitted = slots_where(scores.size(), admits);
  const auto list = choices.search({.shopper = 5, .k = 40, .filter = SlotFilter(admitted), .prior = &prior});
  std::vector<Candidate> all;
  for (Slot slot = 0; slot < scores.size(); ++slot)
    if (slot != 1 && admits(slot)) all.push_back({slot, scores[slot]});
  std::sort(all.begin(), all.end(), better);
  all.resize(40);
  EXPECT_EQ(list.items, all);
}

TEST(CoChoices, ChoicesThatAreNotRelevantNowAreNotStartedFrom) {
  CoChoices choices;
  choose(choices, 0, {1, 101});
  choose(choices, 1, {2, 102});
  choose(choices, 5, {1, 2});
  const auto list =
      choices.search({.shopper = 5, .k = 5, .relevance = [](Slot slot) { return slot == 1 ? 1.0F : 0.0F; }});
  EXPECT_EQ(slots_of(list), std::vector<Slot>{101});
}

TEST(CoChoices, AChoiceTakenBackOrErasedLeavesNoTrace) {
  CoChoices choices;
  choose(choices, 5, {1});
  const auto found = [&] { return slots_of(choices.search({.shopper = 5, .k = 5})); };
  choose(choices, 0, {1, 2}, 0.6F);
  choices.record(0, 2, -0.6F, kDay);
  EXPECT_TRUE(found().empty());
  choices.record(0, 2, -0.6F, kDay);  // nothing to take
  choices.record(0, 2, std::nanf(""), kDay);
  EXPECT_TRUE(found().empty());
  choose(choices, 0, {2});
  EXPECT_EQ(found(), std::vector<Slot>{2});
  choices.record(0, 3, 0.6F, kDay);
  EXPECT_TRUE(choices.take_back(0, 3, 0.6F));
  EXPECT_FALSE(choices.take_back(0, 3, 0.6F)) << "nothing to take";
  choices.record(0, 2, 0.8F, kDay);
  EXPECT_FALSE(choices.take_back(0, 2, 0.8F)) << "the sum was cut at 1: what is left is not known";
  EXPECT_EQ(found(), std::vector<Slot>{2});
  EXPECT_TRUE(choices.erase(0));
  EXPECT_FALSE(choices.erase(0));
  EXPECT_TRUE(found().empty());
  EXPECT_EQ(choices.shopper_count(), 1);
}

TEST(CoChoices, KeepsTheLatestItemsOfAShopperAndTheLatestShoppersOfAnItem) {
  CoChoices choices({.items_max = 3, .shoppers_max = 2, .second_hop = 0});
  choose(choices, 0, {1, 2, 3, 4});  // 1 is forgotten
  choose(choices, 5, {1});
  EXPECT_TRUE(choices.search({.shopper = 5, .k = 9}).items.empty());
  choose(choices, 6, {2});
  EXPECT_EQ(choices.search({.shopper = 6, .k = 9}).items.size(), 2);
  choose(choices, 7, {2});
  choose(choices, 8, {2});  // two later shoppers of 2: shopper 0 can no longer be found through it
  EXPECT_TRUE(choices.search({.shopper = 8, .k = 9}).items.empty());
  EXPECT_TRUE(choices.erase(0));
}

TEST(CoChoices, FiltersAndDeadlines) {
  CoChoices choices;
  for (Slot slot = 0; slot < 20; ++slot) choices.record(1, slot, 1, kDay);
  choose(choices, 2, {0});
  const SlotBits even = slots_where(20, [](Slot slot) { return slot % 2 == 0; });
  EXPECT_EQ(choices.search({.shopper = 2, .k = 100, .filter = SlotFilter(even)}).items.size(), 9);
  const ManualClock clock(TimePoint(Micros(5)));
  const auto late = choices.search({.shopper = 2, .k = 5, .deadline = {&clock, TimePoint(Micros(5))}});
  EXPECT_FALSE(late.complete);
  EXPECT_TRUE(late.items.empty());
}

TEST(CoChoices, KnowsWhenAShopperChoseLast) {
  CoChoices choices;
  EXPECT_FALSE(choices.last_choice_at(1).has_value());
  choices.record(1, 7, 1, kDay);
  choices.record(1, 8, 1, kDay - std::chrono::days(3));  // told late
  EXPECT_EQ(choices.last_choice_at(1), kDay);
}

// A like by mistake, undone, after two years: the shopper chose last two years ago, as if it had not been.
TEST(CoChoices, AChoiceTakenBackIsNotTheLastOne) {
  CoChoices choices, without;
  const TimePoint today = kDay + std::chrono::days(730);
  for (CoChoices* each : {&choices, &without}) {
    each->record(1, 7, 1, kDay);
    each->record(1, 8, 1, kDay - std::chrono::days(3));
    each->record(2, 9, 1, kDay);
  }
  choices.record(1, 9, 0.6F, today);
  EXPECT_EQ(choices.last_choice_at(1), today);
  std::string known, again;
  choices.save(known);
  CoChoices loaded;
  ASSERT_TRUE(loaded.load(known).ok());
  EXPECT_EQ(loaded.last_choice_at(1), today);
  EXPECT_TRUE(choices.take_back(1, 9, 0.6F));
  EXPECT_EQ(choices.last_choice_at(1), kDay);
  known.clear();
  choices.save(known);
  without.save(again);
  EXPECT_EQ(known, again);
}

// One hop against the formula of the header, over a matrix that changes.
RC_GTEST_PROP(CoChoicesScores, AreThoseOfTheFormula, ()) {
  Rng rng(*rc::gen::arbitrary<uint64_t>());
  const CoChoicesOptions options{.choices_max = 1'000, .places_max = 1'000, .second_hop = 0};
  CoChoices choices(options);
  std::map<uint32_t, std::vector<std::pair<Slot, double>>> rows;
  const size_t steps = 1 + rng.below(300);
  for (size_t i = 0; i < steps; ++i) {
    const auto shopper = static_cast<uint32_t>(rng.below(12));
    const auto slot = static_cast<Slot>(rng.below(25));
    const float weight = static_cast<float>(rng.uniform(-0.4, 1));
    choices.record(shopper, slot, weight, kDay);
    auto& row = rows[shopper];
    double sum = static_cast<double>(weight);
    for (const auto& [known, before] : row) sum += known == slot ? before : 0;
    std::erase_if(row, [&](const auto& entry) { return entry.first == slot; });
    if (sum > 0) row.emplace_back(slot, std::min(1.0, sum));
    if (rng.chance(0.02)) {
      choices.erase(shopper);
      rows.erase(shopper);
    }
  }
  std::map<Slot, double> count, scores;
  for (const auto& [shopper, row] : rows)
    for (const auto& [slot, weight] : row) ++count[slot];
  const auto& mine = rows[0];
  for (size_t i = 0; i < mine.size(); ++i)
    for (const auto& [other, row] : rows)
      for (size_t a = 0; a < row.size(); ++a)
        for (size_t b = 0; b < row.size(); ++b)
          if (other != 0 && row[a].first == mine[i].first && a != b) {
            const double apart = a > b ? static_cast<double>(a - b) : static_cast<double>(b - a);
            scores[row[b].first] += mine[i].second * std::pow(0.8, static_cast<double>(mine.size() - 1 - i)) *
                                    row[a].second * row[b].second * std::pow(0.9, apart - 1) /
                                    (std::sqrt(count[row[a].first] * count[row[b].first]) + 40);
          }
  for (const auto& [slot, weight] : mine) scores.erase(slot);
  const auto list = choices.search({.shopper = 0, .k = 1'000});
  RC_ASSERT(list.items.size() == scores.size());
  RC_ASSERT(std::is_sorted(list.items.begin(), list.items.end(), better));
  for (const Candidate& item : list.items)
    RC_ASSERT(std::abs(static_cast<double>(item.score) - scores.at(item.slot)) < 1e-4);
}

TEST(CoChoices, AnswersWhileItLearns) {
  CoChoices choices;
  std::atomic<bool> stop{false};
  std::atomic<size_t> wrong{0};
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i)
      readers.emplace_back([&] {
        for (uint32_t shopper = 0; !stop; shopper = (shopper + 1) % 20)
          for (const Candidate& item : choices.search({.shopper = shopper, .k = 5}).items)
            wrong += item.score > 0 ? 0 : 1;
      });
    Rng rng(4);
    for (int i = 0; i < 3000; ++i) {
      choices.record(static_cast<uint32_t>(rng.below(20)), static_cast<Slot>(rng.below(50)), 0.5F, kDay);
      if (i % 50 == 0) choices.erase(static_cast<uint32_t>(rng.below(20)));
    }
    stop = true;
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace modiste
