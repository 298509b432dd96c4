#include <gtest/gtest.h>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kAwinHeader =
    "aw_deep_link,product_name,aw_product_id,merchant_product_id,merchant_image_url,description,merchant_"
    "category,"
    "search_price,currency,brand_name,colour,in_stock,stock_quantity,parent_product_id,Fashion:suitable_for,"
    "Fashion:size,Fashion:material,Fashion:pattern,alternate_image\n";

TEST(Awin, AVariantIsARowOfItsParent) {
  const auto feed = read_text(std::string(kAwinHeader) +
                                  "https://a/1,Linen Dress,9001,D1-S,https://i/a.jpg,Airy,Women > "
                                  "Dresses,89.00,EUR,Luma,Olive,1,3,D1,Female,"
                                  "S,Linen,Plain,https://i/b.jpg\n"
                                  "https://a/2,Linen Dress,9002,D1-M,https://i/a.jpg,Airy,Women > "
                                  "Dresses,89.00,EUR,Luma,Olive,0,0,D1,Female,"
                                  "M,Linen,Plain,\n"
                                  "https://a/3,Wool Coat,9003,C1,https://i/c.jpg,,Women > "
                                  "Coats,249.00,EUR,Luma,Camel,1,,,Female,,,,\n",
                              "awin-csv");
  ASSERT_EQ(feed.ids(), "D1 C1") << feed.refusals();
  EXPECT_EQ(feed.variants(), "D1-S 'S' 'Olive' 89 3; D1-M 'M' 'Olive' 89 0; C1 '' 'Camel' 249 1");
  const Garment& dress = feed.garments[0];
  EXPECT_EQ(dress.title, "Linen Dress");
  EXPECT_EQ(dress.brand, "Luma");
  EXPECT_EQ(dress.category, "Women > Dresses");
  EXPECT_EQ(dress.department, "Female");
  EXPECT_EQ(dress.images.size(), 2U);
}

TEST(Awin, IsFoundByItsHeader) { EXPECT_EQ(detect_feed(kAwinHeader).value()->name, "awin-csv"); }

}  // namespace
}  // namespace modiste
