#include "retrieval/term_candidates.h"
#include "retrieval/slots_where.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace modiste {
namespace {

const Vocabulary& kWords = Vocabulary::standard();

class TermCandidates : public testing::Test {
 protected:
  void put(Slot slot, std::vector<TermId> terms, bool live = true) {
    ItemFacts facts;
    facts.slot = slot;
    facts.category = facts.department = facts.colour = kNoTerm;
    facts.live = live;
    facts.in_stock = true;
    facts.terms = std::move(terms);
    columns.change(slot, known[slot], facts);
    known[slot] = facts;
  }
  std::vector<Slot> find(std::vector<WeightedTerm> terms, size_t k, const SlotFilter& filter = {}) {
    auto found = items_of_terms(columns, terms, k, filter, rng);
    std::sort(found.begin(), found.end());
    return found;
  }

  SlotColumns columns{kWords};
  std::map<Slot, ItemFacts> known;
  Rng rng{7};
};

TEST_F(TermCandidates, FindsEachItemOnceWhereverItEnters) {
  std::vector<Slot> all;
  for (Slot slot = 3; slot < 9'000; slot += 61) put(slot, {2, 3}), all.push_back(slot);
  put(65, {5});
  for (int times = 0; times < 20; ++times) {
    EXPECT_EQ(find({{2, 1}}, 1'000), all);
    EXPECT_EQ(find({{2, 1}, {3, 1}}, 1'000), all) << "both terms are of the same items";
  }
  EXPECT_EQ(find({{5, 1}}, 10), std::vector<Slot>{65});
}

TEST_F(TermCandidates, EntersALongListElsewhereEachTime) {
  for (Slot slot = 0; slot < 1'000; ++slot) put(slot, {2});
  std::set<Slot> seen;
  for (int times = 0; times < 50; ++times)
    for (const Slot slot : find({{2, 1}}, 10)) seen.insert(slot);
  EXPECT_GT(seen.size(), 200U);
}

TEST_F(TermCandidates, KeepsToTheFilterAndGivesOnWhatATermCannotFill) {
  for (Slot slot = 0; slot < 100; ++slot) put(slot, {slot < 10 ? TermId{2} : TermId{3}});
  const SlotBits bits = slots_where(90, [](Slot slot) { return slot >= 5 && slot % 2 == 0; });
  const auto found = find({{2, 1}, {3, 1}}, 20, SlotFilter(bits));
  EXPECT_EQ(found.size(), 20U) << "2 of the first term, 18 of the second";
  for (const Slot slot : found) EXPECT_TRUE(slot >= 5 && slot < 90 && slot % 2 == 0) << slot;
}

TEST_F(TermCandidates, CountsWhatIsThereNow) {
  for (Slot slot = 0; slot < 4; ++slot) put(slot, {1, slot < 2 ? TermId{2} : TermId{3}});
  EXPECT_TRUE(columns.is_of_all(1));
  EXPECT_FLOAT_EQ(columns.idf(1), 0);
  EXPECT_FLOAT_EQ(columns.idf(2), std::log(2.0F));
  EXPECT_FLOAT_EQ(columns.idf(9), 0);
  EXPECT_FALSE(columns.is_of_all(9));
  put(0, {1, 3});  // it has lost a term
  EXPECT_FLOAT_EQ(columns.idf(2), std::log(4.0F));
  put(1, {1, 2}, false);
  EXPECT_FLOAT_EQ(columns.idf(2), 0);
  EXPECT_FALSE(columns.is_of_all(2)) << "no item has it";
  EXPECT_TRUE(columns.is_of_all(3));
  EXPECT_TRUE(find({{2, 1}}, 10).empty());
  put(1, {1, 2});  // and it is back
  EXPECT_FLOAT_EQ(columns.idf(2), std::log(4.0F));
  EXPECT_EQ(find({{2, 1}}, 10), std::vector<Slot>{1});
}

}  // namespace
}  // namespace modiste
