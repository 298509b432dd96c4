#include <gtest/gtest.h>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kWixHeader =
    "handleId,fieldType,name,description,productImageUrl,collection,sku,ribbon,price,surcharge,visible,"
    "discountMode,discountValue,inventory,weight,productOptionName1,productOptionType1,"
    "productOptionDescription1,productOptionName2,productOptionType2,productOptionDescription2,"
    "additionalInfoTitle1,additionalInfoDescription1,brand\n";

ReadText read_wix(const std::string& rows) { return read_text(std::string(kWixHeader) + rows, "wix-csv"); }

TEST(Wix, VariantsHaveTheirSurchargeAndTheProductsDiscount) {
  const auto feed = read_wix(
      "P1,Product,Linen Dress,<p>Breezy</p>,a.jpg;b.jpg,Dresses;Summer,LD,,100,,TRUE,PERCENT,10,InStock,,"
      "Size,DROP_DOWN,S;M,Color,COLOR,#FF0000:Red;#0000FF:Blue,Material,<p>100% linen</p>,Fleur\n"
      "P1,Variant,,,,,LD-S-R,,,0,TRUE,,,5,,,,S,,,#FF0000:Red,,,\n"
      "P1,Variant,,,,,LD-M-B,,,20,TRUE,,,0,,,,M,,,#0000FF:Blue,,,\n"
      "P1,Variant,,,,,LD-M-R,,,20,FALSE,,,9,,,,M,,,#FF0000:Red,,,\n");
  ASSERT_EQ(feed.ids(), "P1") << feed.refusals();
  EXPECT_EQ(feed.variants(), "LD-S-R 'S' 'Red' 90<100 5; LD-M-B 'M' 'Blue' 108<120 0");
  const Garment& dress = feed.garments[0];
  EXPECT_EQ(dress.category, "Dresses");
  EXPECT_EQ(dress.brand, "Fleur");
  EXPECT_EQ(dress.images.size(), 2U);
  EXPECT_EQ(dress.supplier_attributes.at("material"), std::vector<std::string>{"100% linen"});
}

TEST(Wix, WithoutRowsOfVariantsEveryChoiceIsSoldWithEveryOther) {
  const auto feed = read_wix(
      "P1,Product,Tee,,,Tops,T,,20,,TRUE,AMOUNT,5,OutOfStock,,Size,DROP_DOWN,S;M,Color,COLOR,"
      "#FF0000:Red;#00F:Blue,,,\n"
      "P2,Product,Scarf,,,Accessories,SC,,25,,TRUE,,,3,,,,,,,,,,\n"
      "P3,Product,Secret,,,Tops,X,,20,,FALSE,,,3,,,,,,,,,,\n");
  ASSERT_EQ(feed.ids(), "P1 P2") << feed.refusals();
  EXPECT_EQ(feed.variants(),
            "T/S/Red 'S' 'Red' 15<20 0; T/S/Blue 'S' 'Blue' 15<20 0; T/M/Red 'M' 'Red' 15<20 0; "
            "T/M/Blue 'M' 'Blue' 15<20 0; SC '' '' 25 3");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"P3"});
}

TEST(Wix, WhatOnlyHiddenVariantsSellIsNotSold) {
  const auto feed = read_wix(
      "P1,Product,Tee,,,Tops,T,,59.9,,TRUE,PERCENT,10,InStock,,Size,DROP_DOWN,S;M,,,,,,\n"
      "P1,Variant,,,,,T-S,,,0,FALSE,,,5,,,,S,,,,,,\n"
      "P2,Product,Cap,,,Hats,C,,59.9,,TRUE,PERCENT,10,3,,,,,,,,,,\n");
  const auto torn = read_wix(
      "P1,Product,Tee,,,Tops,T,,59.9,,TRUE,,,InStock,,Size,DROP_DOWN,S;M,,,,,,\n"
      "P1,Variant,,,,,T-S,,,abc,TRUE,,,5,,,,S,,,,,,\n");
  EXPECT_TRUE(torn.report.withdrawn.empty() && torn.garments.empty()) << "its price is at fault";
  EXPECT_EQ(feed.variants(), "C '' '' 53.91<59.9 3");
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"P1"});
}

TEST(Wix, ReadsTheExportOfToday) {
  constexpr std::string_view kToday =
      "handle,fieldType,name,visible,plainDescription,media,ribbon,brand,price,strikethroughPrice,sku,"
      "inventory,productOptionName[1],productOptionType[1],productOptionChoices[1]\n";
  ASSERT_EQ(detect_feed(kToday).value()->name, "wix-csv");
  const auto feed =
      read_text(std::string(kToday) +
                    "tee,PRODUCT,Tee,TRUE,Soft,https://i/a.jpg,,Fleur,20,30,,,Size,TEXT_CHOICES,S;M\n"
                    "tee,VARIANT,,,,,,,22,30,T-S,4,Size,TEXT_CHOICES,S\n"
                    "tee,VARIANT,,,,,,,,,T-M,IN_STOCK,Size,TEXT_CHOICES,M\n"
                    "cap,VARIANT,,,,,,,22,,C,4,Size,TEXT_CHOICES,S\n",
                "wix-csv");
  EXPECT_EQ(feed.variants(), "T-S 'S' '' 22<30 4; T-M 'M' '' 20 1");
  EXPECT_EQ(feed.report.rows_refused, 1U) << "a variant of a product that is not before it";
}

TEST(Wix, IsFoundByItsHeader) { EXPECT_EQ(detect_feed(kWixHeader).value()->name, "wix-csv"); }

}  // namespace
}  // namespace modiste
