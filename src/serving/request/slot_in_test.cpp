#include "serving/request/slot_in.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

Garment red(std::string id) {
  Garment garment;
  garment.id = std::move(id);
  garment.variants = {{garment.id + "-M", "M", "Red", 20, {}, {}, 3}};
  return garment;
}

TEST(SlotIn, KnowsWhatTheSnapshotHas) {
  Catalog catalog{Vocabulary::standard()};
  catalog.reserve(std::vector<ItemKey>{{"reserved", "Red"}});
  catalog.upsert({red("old")});
  const auto before = catalog.snapshot();
  catalog.upsert({red("new"), red("reserved")});
  ASSERT_TRUE(catalog.remove("old").ok());
  EXPECT_EQ(slot_in(*before, catalog.slot_ever("old", "")), catalog.slot_ever("old", ""));
  EXPECT_EQ(slot_in(*before, catalog.slot("old", "")), kNoSlot) << "the catalog has no slot of it now";
  EXPECT_EQ(slot_in(*before, catalog.slot("new", "")), kNoSlot) << "beyond the snapshot";
  EXPECT_EQ(slot_in(*before, catalog.slot("reserved", "")), kNoSlot) << "a slot without a garment";
  const auto now = catalog.snapshot();
  for (const char* id : {"new", "reserved"})
    EXPECT_EQ(slot_in(*now, catalog.slot(id, "")), catalog.slot(id, "")) << id;
}

}  // namespace
}  // namespace modiste
