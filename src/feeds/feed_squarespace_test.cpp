#include <gtest/gtest.h>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kSquarespaceHeader =
    "Product ID [Non Editable],Variant ID [Non Editable],Product Type [Non Editable],Product Page,Product "
    "URL,Title,Description,SKU,Option Name 1,Option Value 1,Option Name 2,Option Value 2,Price,Sale Price,On "
    "Sale,Stock,Categories,Tags,Visible,Hosted Image URLs\n";

ReadText read_squarespace(const std::string& rows) {
  return read_text(std::string(kSquarespaceHeader) + rows, "squarespace-csv");
}

TEST(Squarespace, ReadsProductsWithTheirVariants) {
  const auto feed = read_squarespace(
      "p1,v1,PHYSICAL,shop,linen-shirt,Linen Shirt,<p>Washed &amp; soft</p>,LS-S,Size,S,Color,White,59.00,"
      "49.00,Yes,4,\"/men, /men/shirts\",\"linen, summer\",Yes,https://i/a.jpg https://i/b.jpg\n"
      ",v2,,,,,,LS-M,Size,M,Color,White,59.00,49.00,No,Unlimited,,,,\n"
      "p2,v3,PHYSICAL,shop,wool-coat,Wool Coat,,WC,Size,L,Color,Camel,249.00,0.00,No,0,/women/coats,,Yes,\n");
  ASSERT_EQ(feed.ids(), "p1 p2") << feed.refusals();
  EXPECT_EQ(feed.variants(), "LS-S 'S' 'White' 49<59 4; LS-M 'M' 'White' 59 1; WC 'L' 'Camel' 249 0");
  const Garment& shirt = feed.garments[0];
  EXPECT_EQ(shirt.description, "Washed & soft");
  EXPECT_EQ(shirt.category, "men/shirts");
  EXPECT_EQ(shirt.images.size(), 2U);
  EXPECT_EQ(shirt.supplier_attributes.at("tags"), (std::vector<std::string>{"linen", "summer"}));
  EXPECT_EQ(feed.notes(), "") << "what is unlimited is known to be in stock";
}

TEST(Squarespace, WhatIsHiddenOrNothingToWearIsWithdrawnWithItsVariants) {
  const auto feed = read_squarespace(
      "p1,v1,PHYSICAL,shop,a,Secret,,A-S,Size,S,,,59,,No,4,,,No,\n"
      ",v2,,,,,,A-M,Size,M,,,59,,No,4,,,,\n"
      "p2,v3,GIFT_CARD,shop,b,Gift card,,B,,,,,50,,No,Unlimited,,,Yes,\n"
      "p3,v4,PHYSICAL,shop,c,Tee,,C,,,,,abc,,No,1,,,Yes,\n");
  EXPECT_EQ(feed.ids(), "");
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"p1", "p2"}));
  EXPECT_TRUE(feed.report.mentioned.contains("p3")) << "its price is at fault, it is not missing";
}

TEST(Squarespace, IsFoundByItsHeader) {
  EXPECT_EQ(detect_feed(kSquarespaceHeader).value()->name, "squarespace-csv");
}

}  // namespace
}  // namespace modiste
