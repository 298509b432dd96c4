#include "retrieval/attribute_index.h"

#include <gtest/gtest.h>

#include <cmath>

namespace modiste {
namespace {

ItemFacts item(Slot slot, std::vector<TermId> terms) {
  ItemFacts facts;
  facts.slot = slot;
  facts.terms = std::move(terms);
  return facts;
}

TEST(AttributeIndex, CountsWhatIsThereNow) {
  AttributeIndex index;
  for (Slot slot = 0; slot < 4; ++slot) index.put(item(slot, {1, slot < 2 ? TermId{2} : TermId{3}}));
  EXPECT_TRUE(index.is_of_all(1));
  EXPECT_FLOAT_EQ(index.idf(1), 0);
  EXPECT_FLOAT_EQ(index.idf(2), std::log(2.0F));
  EXPECT_FLOAT_EQ(index.idf(9), 0);
  EXPECT_FALSE(index.is_of_all(9));

  index.put(item(0, {1, 3}));  // it has lost a term
  EXPECT_FLOAT_EQ(index.idf(2), std::log(4.0F));
  index.remove(1);
  index.remove(1);
  index.remove(77);
  EXPECT_FLOAT_EQ(index.idf(2), 0);
  EXPECT_FALSE(index.is_of_all(2)) << "no item has it";
  EXPECT_TRUE(index.is_of_all(3));
  index.put(item(1, {1, 2}));  // and it is back
  EXPECT_FLOAT_EQ(index.idf(2), std::log(4.0F));

  AttributeIndex rebuilt;
  rebuilt.put(item(0, {1, 3}));
  rebuilt.put(item(1, {1, 2}));
  for (Slot slot = 2; slot < 4; ++slot) rebuilt.put(item(slot, {1, 3}));
  EXPECT_EQ(index.idfs(10), rebuilt.idfs(10)) << "as a restart counts";
}

TEST(AttributeIndex, FindsAnItemOnceThatCameBack) {
  AttributeIndex index;
  index.put(item(5, {2}));
  index.remove(5);
  index.put(item(5, {2}));
  Rng rng(1);
  EXPECT_EQ(index.candidates(std::vector{WeightedTerm{2, 1}}, 10, {}, rng), std::vector<Slot>{5});
}

}  // namespace
}  // namespace modiste
