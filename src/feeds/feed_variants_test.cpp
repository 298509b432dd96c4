// What a feed says about one variant stays with it.
#include <gtest/gtest.h>

#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(GoogleTsv, PatternAndMaterialAreTheItemsOwn) {
  const auto feed = read_text(
      "id\ttitle\tprice\tproduct_type\tcolor\tsize\tsize_system\tmaterial\tpattern\titem_group_id\n"
      "a\tShirt\t25 EUR\tMen > Shirts\tWhite\tM\tUS\tcotton\tSolid\tshirt\n"
      "b\tShirt\t25 EUR\tMen > Shirts\tBlue\t40\tEU\tcotton\tStriped\tshirt\n"
      "c\tShirt\t25 EUR\tMen > Shirts\tBlue\tOne Size\tUS\t\tStriped\tshirt\n",
      "google-merchant-tsv");
  ASSERT_EQ(feed.ids(), "shirt");
  const Garment& shirt = feed.garments[0];
  ASSERT_EQ(shirt.variants.size(), 3U);
  EXPECT_EQ(shirt.variants[0].supplier_attributes.at("pattern"), std::vector<std::string>{"Solid"});
  EXPECT_EQ(shirt.variants[1].supplier_attributes.at("pattern"), std::vector<std::string>{"Striped"});
  EXPECT_FALSE(shirt.supplier_attributes.contains("pattern"));
  EXPECT_EQ(shirt.supplier_attributes.at("material"), std::vector<std::string>{"cotton"});
  EXPECT_EQ(shirt.variants[0].size, "M");
  EXPECT_EQ(shirt.variants[1].size, "EU 40");
  EXPECT_EQ(shirt.variants[2].size, "One Size");
}

}  // namespace
}  // namespace modiste
