#include <gtest/gtest.h>

#include "catalog/garment_attributes.h"
#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(BigCommerce, ReadsTheExportOfToday) {
  const auto feed = read_text(
      "Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Price,Retail Price,Sale Price,Brand "
      "ID,Categories,Description,"
      "Custom Fields,Is Visible,Variant Image URL,Internal Image URL (Export),Image URL (Import)\n"
      "Product,111,Parka,physical,PK,,variant,0,149,0,0,35,23;24,<p>Warm &amp; "
      "dry</p>,\"[{\"\"name\"\":\"\"Material\"\",\"\"value\"\":"
      "\"\"Wool\"\"}]\",TRUE,,,\n"
      "Variant,1,,,PK-B-M,Type=Swatch|Name=Color|Value=Black[#000000]Type=Rectangle|Name=Size|Value=M,,4,129,"
      "149,,,,,,,https://b/black.jpg,,\n"
      "Variant,2,,,PK-R-L,Type=Swatch|Name=Color|Value=Red[#f00] || "
      "Type=Rectangle|Name=Size|Value=L,,0,,,,,,,,,,,\n"
      "Image,3,,,,,,,,,,,,,,,,https://b/1.jpg,\n"
      "Product,112,Secret,physical,SC,,none,0,10,,,,,,,FALSE,,,\n"
      "Image,4,,,,,,,,,,,,,,,,https://b/2.jpg,\n"
      "Product,113,Scarf,physical,SF,,none,0,19,29,15,,,,,TRUE,,,\n"
      "Product,114,Belt,physical,BL,,product,7,19,,,,,,,TRUE,,,\n"
      "Variant,5,,,BL-1,Type=Rectangle|Name=Size|Value=85,,0,,,,,,,,,,,\n",
      "bigcommerce-csv");
  ASSERT_EQ(feed.ids(), "111 113 114") << feed.refusals();
  EXPECT_EQ(feed.variants(),
            "PK-B-M 'M' 'Black' 129<149 4; PK-R-L 'L' 'Red' 149 0; SF '' '' 15<19 1; BL-1 '85' '' 19 7");
  const Garment& parka = feed.garments[0];
  EXPECT_EQ(parka.description, "Warm & dry");
  EXPECT_EQ(parka.supplier_attributes.at("material"), std::vector<std::string>{"Wool"});
  ASSERT_EQ(parka.images.size(), 2U);
  EXPECT_EQ(parka.images[0].colour, "Black");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"112"});
  EXPECT_EQ(feed.notes(),
            "2:brands are given by numbers, which the file does not explain: left out x 1; "
            "2:categories are given by numbers, which the file does not explain: left out x 2");
}

TEST(BigCommerce, ReadsTheExportOfBefore) {
  const auto feed = read_text(
      "Item Type,Product ID,Product Name,Product Type,Product Code/SKU,Brand Name,Product "
      "Description,Price,Retail Price,Sale Price,"
      "Allow Purchases?,Product Visible?,Track Inventory,Current Stock Level,Category,Product Image File - "
      "1,Product Image File - 2\n"
      "Product,77,Parka,P,PK,Fjord,<b>Warm</b>,149.0000,0.0000,0.0000,Y,Y,by option,0,\"Category Name: "
      "Coats, Category Path: "
      "Women/Coats|Category Name: Sale, Category Path: Sale\",https://b/1.jpg,https://b/2.jpg\n"
      "  SKU,,\"[S]Size=M,[CS]Color=Black:#000000\",,PK-M,,,,,,,,,4,,,\n"
      "  SKU,,\"[S]Size=L,[CS]Color=Black:#000000\",,PK-L,,,,,,,,,2,,,\n"
      "  Rule,,[S]Size=L,,,,,[ADD]10,,,Y,Y,,,,,\n"
      "Product,78,Hidden,P,HD,Fjord,,10,,,Y,N,none,0,Coats,,\n"
      "Product,79,Hat,P,HT,Fjord,,10,,,N,Y,none,0,Hats,,\n",
      "bigcommerce-csv");
  ASSERT_EQ(feed.ids(), "77") << feed.refusals();
  EXPECT_EQ(feed.variants(), "PK-M 'M' 'Black' 149 4; PK-L 'L' 'Black' 159 2");
  EXPECT_EQ(feed.garments[0].category, "Women/Coats");
  EXPECT_EQ(feed.garments[0].brand, "Fjord");
  EXPECT_EQ(feed.garments[0].description, "Warm");
  EXPECT_EQ(feed.garments[0].images.size(), 2U);
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"78", "79"}));
}

constexpr std::string_view kToday =
    "Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Price,Retail Price,Sale "
    "Price,Categories,Is Visible,Variant Image URL,Internal Image URL (Export),Image URL (Import),Image is "
    "Thumbnail,Image Sort Order\n";

TEST(BigCommerce, TheThumbnailIsTheFirstPhoto) {
  const auto feed = read_text(std::string(kToday) +
                                  "Product,1,Coat,physical,CO,,none,,199,,,Women/Coats,TRUE,,,,,\n"
                                  "Image,,,,,,,,,,,,,,https://b/back.jpg,,FALSE,2\n"
                                  "Image,,,,,,,,,,,,,,https://b/front.jpg,,TRUE,3\n"
                                  "Image,,,,,,,,,,,,,,https://b/side.jpg,,FALSE,1\n",
                              "bigcommerce-csv");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  std::string urls;
  for (const auto& image : feed.garments[0].images) urls += image.url + " ";
  EXPECT_EQ(urls, "https://b/front.jpg https://b/side.jpg https://b/back.jpg ");
}

TEST(BigCommerce, ADigitalProductIsNothingToWear) {
  const auto feed = read_text(std::string(kToday) +
                                  "Product,1,Sewing pattern,digital,SP,,none,,9,,,Patterns,TRUE,,,,,\n"
                                  "Image,,,,,,,,,,,,,,https://b/1.jpg,,,\n"
                                  "Product,2,Tee,physical,TE,,none,,19,,,Tops,TRUE,,,,,\n",
                              "bigcommerce-csv");
  EXPECT_EQ(feed.ids(), "2") << feed.refusals();
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"1"});
}

TEST(BigCommerce, PiecesMayBeCountedByProduct) {
  constexpr std::string_view kBefore =
      "Item Type,Product ID,Product Name,Product Type,Product Code/SKU,Price,Sale Price,Allow "
      "Purchases?,Product Visible?,Track Inventory,Current Stock Level,Category,Product Image File - "
      "1,Product Image Is Thumbnail - 1,Product Image File - 2,Product Image Is Thumbnail - 2\n";
  const auto feed = read_text(std::string(kBefore) +
                                  "Product,7,Belt,P,BL,19.0000,0.0000,Y,Y,by "
                                  "product,7,Belts,https://b/1.jpg,N,https://b/2.jpg,Y\n"
                                  "  SKU,,\"[RB]Size=85\",,BL-85,,,,,,0,,,,,\n"
                                  "Product,8,Gift course,D,GC,19,0,Y,Y,none,0,Other,,,,\n",
                              "bigcommerce-csv");
  ASSERT_EQ(feed.ids(), "7") << feed.refusals();
  EXPECT_EQ(feed.variants(), "BL-85 '85' '' 19 7");
  EXPECT_EQ(feed.garments[0].images.at(0).url, "https://b/2.jpg");
}

TEST(BigCommerce, SwatchesOfSeveralColoursAndOfPictures) {
  const auto feed =
      read_text(std::string(kToday) +
                    "Product,1,Tee,physical,TE,,variant,,29,,,\"Women/Tops;Sale\",TRUE,,,,,\n"
                    "Variant,,,,TE-1,Type=Swatch|Name=Colour|Value=Black & White[#000000:#ffffff]Type=Radio "
                    "Buttons|Name=Size|Value=S/M,,2,,,19,,,,,,,\n"
                    "Variant,,,,TE-2,Type=Swatch|Name=Colour|Value=Leopard[https://b/leo.png]Type=Radio "
                    "Buttons|Name=Size|Value=L/XL,,0,35.0000,,,,,,,,,\n",
                "bigcommerce-csv");
  ASSERT_EQ(feed.ids(), "1") << feed.refusals();
  EXPECT_EQ(feed.variants(), "TE-1 'S/M' 'Black & White' 19<29 2; TE-2 'L/XL' 'Leopard' 35 0");
  EXPECT_EQ(feed.garments[0].category, "Women/Tops");
}

// A template of the shop's own may leave the item type out: each row is a product.
TEST(BigCommerce, ReadsProductsWithoutItemTypes) {
  const std::string text =
      "Product ID,Product Type,Product Code/SKU,Product Name,Brand Name,Price,Sale Price,Product "
      "Visible?,Current "
      "Stock Level,Category\n"
      "1,P,JK-1,Denim Jacket,Moda,89.00,79.00,Y,7,Women/Jackets\n2,P,JK-2,Rain "
      "Jacket,Moda,99.00,,N,3,Men/Jackets\n";
  EXPECT_EQ(detect_feed(text).value()->name, "bigcommerce-csv");
  const auto read = read_text(text, "bigcommerce-csv");
  ASSERT_EQ(read.garments.size(), 1u);
  EXPECT_EQ(read.garments[0].title, "Denim Jacket");
  EXPECT_EQ(read.variants(), "JK-1 '' '' 79<89 7");
  EXPECT_EQ(read.report.withdrawn, std::vector<std::string>{"2"});
}

// Orders name the variant, and pages of shops the product by its sku.
TEST(BigCommerce, AProductWithVariantsIsKnownByItsSku) {
  const auto feed = read_text(
      "Item,ID,Name,SKU,Options,Price,Current Stock,UPC,GTIN\n"
      "Product,7,Parka,BF,,149,,,4006381333931\n"
      "Variant,1,,BF-M,Type=Rectangle|Name=Size|Value=M,,4,,\n"
      "Variant,2,,BF-L,Type=Rectangle|Name=Size|Value=L,,4,036000291452,\n"
      "Product,8,Scarf,SF,,19,3,,\n",
      "bigcommerce-csv");
  ASSERT_EQ(feed.ids(), "7 8") << feed.refusals();
  EXPECT_EQ(also_known_as(feed.garments[0]), std::vector<std::string>{"BF"});
  EXPECT_EQ(also_known_as(feed.garments[0].variants.at(0)), std::vector<std::string>{"1"})
      << "the barcode is the product's";
  EXPECT_EQ(also_known_as(feed.garments[0].variants.at(1)).at(1), "036000291452");
  EXPECT_TRUE(also_known_as(feed.garments[1]).empty()) << "its only variant has it";
}

}  // namespace
}  // namespace modiste
