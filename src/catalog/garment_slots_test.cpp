#include "catalog/garment_slots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"

namespace modiste {
namespace {

std::vector<Slot> slots_of(const GarmentSlots& slots, uint32_t garment) {
  std::vector<Slot> found;
  slots.for_each(garment, [&](Slot slot) { found.push_back(slot); });
  std::sort(found.begin(), found.end());
  return found;
}

TEST(GarmentSlots, KnowEachItemsGarmentAndTheWayBack) {
  constexpr uint32_t kGarments = 9'000;  // of several pages
  Rng rng(1);
  GarmentSlots slots;
  std::vector<std::vector<Slot>> expected(kGarments);
  for (Slot slot = 0; slot < 20'000; ++slot) {
    const auto garment = slot < kGarments ? slot : static_cast<uint32_t>(rng.below(kGarments));
    slots.add(garment);
    expected[garment].push_back(slot);
  }
  for (uint32_t garment = 0; garment < kGarments; ++garment) {
    EXPECT_EQ(slots_of(slots, garment), expected[garment]);
    for (const Slot slot : expected[garment]) EXPECT_EQ(slots.garment_of(slot), garment);
  }
}

TEST(GarmentSlots, ACopyKeepsWhatItHas) {
  GarmentSlots first;
  for (const uint32_t garment : {0, 1, 0}) first.add(garment);
  GarmentSlots second = first;
  second.share();
  for (const uint32_t garment : {0, 2, 1}) second.add(garment);
  EXPECT_THAT(slots_of(first, 0), testing::ElementsAre(0, 2));
  EXPECT_THAT(slots_of(first, 1), testing::ElementsAre(1));
  EXPECT_THAT(slots_of(first, 2), testing::IsEmpty()) << "it came later";
  EXPECT_THAT(slots_of(second, 0), testing::ElementsAre(0, 2, 3));
  EXPECT_THAT(slots_of(second, 2), testing::ElementsAre(4));
}

}  // namespace
}  // namespace modiste
