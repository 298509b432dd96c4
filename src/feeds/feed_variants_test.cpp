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

constexpr std::string_view kShopifyHead =
    "Handle,Title,Type,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 "
    "Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status\n";

TEST(Shopify, AnOptionOfOneVariantIsNotAnothers) {
  const auto feed =
      read_text(std::string(kShopifyHead) +
                    "pulli,Pulli,Pullover,TRUE,Größe,S,Farbe,Schwarz,Material,Wolle,A,3,89.90,,active\n"
                    "pulli,,,,,M,,Weiß,,Baumwolle,B,2,59.90,,\n"
                    "hemd,Hemd,Hemden,TRUE,Größe,S,Farbe,Blau,素材,リネン,C,3,49.90,,active\n"
                    "hemd,,,,,M,,Blau,,リネン,D,2,49.90,,\n",
                "shopify-csv");
  ASSERT_EQ(feed.ids(), "pulli hemd") << feed.refusals();
  const auto& variants = feed.garments[0].variants;
  EXPECT_EQ(variants[0].supplier_attributes.at("material"), std::vector<std::string>{"Wolle"});
  EXPECT_EQ(variants[1].supplier_attributes.at("material"), std::vector<std::string>{"Baumwolle"});
  EXPECT_FALSE(feed.garments[0].supplier_attributes.contains("material"));
  // What all variants have is the garment's.
  EXPECT_EQ(feed.garments[1].supplier_attributes.at("素材"), std::vector<std::string>{"リネン"});
}

TEST(WooCommerce, AVariationKeepsItsOwnMaterial) {
  const auto feed = read_text(
      "ID,Type,SKU,Name,Published,Stock,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 "
      "value(s),Attribute 2 name,Attribute 2 value(s)\n"
      "20,variable,LIVE,Dress,1,,,Women > Dresses,,Color,\"Red, Blue\",Material,\"Linen, Cotton\"\n"
      "21,variation,LIVE-R,Dress,1,3,49,,LIVE,Color,Red,Material,Linen\n"
      "22,variation,LIVE-B,Dress,1,3,49,,LIVE,Color,Blue,Material,Cotton\n"
      "33,\"simple, virtual\",GIFT,Gift card,1,,19,Gifts,,,,,\n",
      "woocommerce-csv");
  ASSERT_EQ(feed.ids(), "LIVE") << feed.refusals();
  EXPECT_EQ(feed.garments[0].variants[0].supplier_attributes.at("material"),
            std::vector<std::string>{"Linen"});
  EXPECT_EQ(feed.garments[0].variants[1].supplier_attributes.at("material"),
            std::vector<std::string>{"Cotton"});
  EXPECT_EQ(feed.report.withdrawn, std::vector<std::string>{"GIFT"});
}

TEST(Adobe, ASimpleRowSaysWhatItsConfigurableOneDoesNot) {
  const auto feed = read_text(
      "sku,product_type,name,price,visibility,additional_attributes,qty,configurable_variations\n"
      "S,simple,S,49,Not Visible Individually,\"color=Red,size=S,material=Cotton|Linen,pattern=Solid\",5,\n"
      "M,simple,M,49,Not Visible Individually,\"color=Blue,size=M,material=Silk,pattern=Solid\",5,\n"
      "WS,configurable,Shirt,49,\"Catalog, "
      "Search\",\"material=Cotton|Linen\",0,\"sku=S,size=S,color=Red|sku=M,"
      "size=M,color=Blue\"\n",
      "adobe-commerce-csv");
  ASSERT_EQ(feed.ids(), "WS") << feed.refusals();
  const Garment& shirt = feed.garments[0];
  EXPECT_FALSE(shirt.variants[0].supplier_attributes.contains("material"));
  EXPECT_EQ(shirt.variants[1].supplier_attributes.at("material"), std::vector<std::string>{"Silk"});
  EXPECT_EQ(shirt.supplier_attributes.at("pattern"), std::vector<std::string>{"Solid"});
}

}  // namespace
}  // namespace modiste
