#include "shop/imports/refusal_groups.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace modiste {
namespace {

TEST(RefusalGroups, AThousandEqualRefusalsAreOneLine) {
  RefusalGroups groups;
  for (size_t i = 0; i < 1'000; ++i)
    groups.add("feed.csv, price", i + 2, "'" + std::to_string(i) + " EUR' is not a number");
  groups.add("feed.csv", 7, "no sku");
  EXPECT_EQ(groups.count(), 1'001U);
  EXPECT_EQ(groups.text(),
            "  1000 x line 2, 3, 4, 5, 6, ...  feed.csv, price: '0 EUR' is not a number\n"
            "  1 x line 7  feed.csv: no sku\n");
}

TEST(RefusalGroups, ThoseWithoutALineNameTheirExample) {
  RefusalGroups groups;
  EXPECT_EQ(groups.text(), "");
  groups.add("", 0, "'MH01' has no variants");
  groups.add("", 0, "'MH02' has no variants");
  EXPECT_EQ(groups.text(), "  2 x 'MH01' has no variants\n");
}

TEST(RefusalGroups, OnlySoManyReasonsAreShownAndTheRestCounted) {
  RefusalGroups groups;
  for (size_t i = 0; i < RefusalGroups::kGroupsShown + 3; ++i)
    groups.add("", 1, "reason " + std::string(i + 1, 'x'));
  const auto text = groups.text();
  EXPECT_EQ(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')), RefusalGroups::kGroupsShown + 1);
  EXPECT_TRUE(text.ends_with("  and 3 refusals for 3 other reasons\n")) << text;
}

}  // namespace
}  // namespace modiste
