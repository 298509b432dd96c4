#include "retrieval/slot_table.h"

#include <gtest/gtest.h>

#include <unordered_map>

namespace modiste {
namespace {

TEST(SlotTable, AnEmptyOneHasNothing) {
  const SlotTable table;
  EXPECT_TRUE(table.empty());
  EXPECT_FALSE(table.contains(0));
}

TEST(SlotTable, NumbersSlotsInTheOrderInWhichTheyFirstCame) {
  SlotTable table;
  std::unordered_map<uint32_t, uint32_t> model;
  Rng rng(7);
  for (int i = 0; i < 20'000; ++i) {
    const auto slot = static_cast<uint32_t>(rng.below(5'000));
    const bool is_new = model.emplace(slot, static_cast<uint32_t>(model.size())).second;
    ASSERT_EQ(table.add(slot), is_new) << slot;
  }
  EXPECT_EQ(table.size(), model.size());
  for (uint32_t slot = 0; slot < 6'000; ++slot) {
    const auto known = model.find(slot);
    ASSERT_EQ(table.contains(slot), known != model.end()) << slot;
    if (known != model.end()) {
      ASSERT_EQ(table.at(slot), known->second) << slot;
    }
  }
}

}  // namespace
}  // namespace modiste
