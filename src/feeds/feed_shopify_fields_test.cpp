#include "feeds/feed_shopify_fields.h"

#include <gtest/gtest.h>

#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(ShopifyFields, GooglesColumnsSayWhoWearsItAndWhatItIs) {
  for (const char* columns : {"Google Shopping / Google Product Category,Google Shopping / Gender,Google "
                              "Shopping / Age Group",
                              "Metafield: mm-google-shopping.google_product_category [string],Metafield: "
                              "mm-google-shopping.gender [single_line_text_field],Metafield: "
                              "mm-google-shopping.age_group [single_line_text_field]",
                              "Google product category (product.metafields.mm-google-shopping.google_product_"
                              "category),Gender (product.metafields.mm-google-shopping.gender),Age group "
                              "(product.metafields.mm-google-shopping.age_group)"}) {
    const auto feed = read_text(fmt::format("Handle,Title,Type,Variant SKU,Variant Price,{}\n"
                                            "a,Florence,,A,89,2271,Male,Kids\n"
                                            "b,Florence,Dresses,B,89,2271,Female,Adult\n",
                                            columns),
                                "shopify-csv");
    ASSERT_EQ(feed.garments.size(), 2U) << feed.refusals();
    EXPECT_EQ(feed.garments[0].category, "2271") << columns;
    EXPECT_EQ(feed.garments[0].department, "Male Kids") << columns;
    EXPECT_EQ(feed.garments[1].category, "Dresses") << columns;
    EXPECT_EQ(feed.garments[1].department, "Female") << columns;
    EXPECT_EQ(feed.garments[1].supplier_attributes.at("google_product_category"),
              std::vector<std::string>{"2271"});
  }
}

TEST(ShopifyFields, MatrixifysCommandsAreFollowed) {
  const auto feed = read_text(
      "Handle,Command,Title,Option1 Name,Option1 Value,Variant Command,Variant SKU,Variant Inventory "
      "Qty,Variant Price\n"
      "a,DELETE,Dress,Size,S,MERGE,A-S,3,89\n"
      "a,DELETE,,,M,MERGE,A-M,3,89\n"
      "b,MERGE,Dress,Size,S,DELETE,B-S,3,89\n"
      "b,MERGE,,,M,MERGE,B-M,3,89\n"
      "c,IGNORE,Dress,Size,S,MERGE,C-S,3,89\n"
      "d,UPDATE,Dress,Size,S,DELETE,D-S,3,89\n",
      "shopify-csv");
  EXPECT_EQ(feed.variants(), "B-M 'M' '' 89 3") << feed.refusals();
  EXPECT_EQ(feed.report.withdrawn, (std::vector<std::string>{"a", "d"}));
  EXPECT_TRUE(feed.report.mentioned.contains("c")) << "it is not missing";
}

TEST(ShopifyFields, MatrixifysMetafieldsAreAttributes) {
  const auto feed = read_text(
      "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Metafield: custom.material "
      "[single_line_text_field],Metafield: custom.care [list.single_line_text_field],Metafield: title_tag "
      "[string],Metafield: custom.guide [page_reference],Variant Metafield: custom.fit "
      "[single_line_text_field]\n"
      "a,Dress,Size,S,A-S,89,Linen; Cotton,\"[\"\"Wash cold\"\",\"\"Line dry\"\"]\",Wool and "
      "leather,gid-1,Slim\n"
      "a,,,M,A-M,89,,,,,Loose\n",
      "shopify-csv");
  ASSERT_EQ(feed.garments.size(), 1U) << feed.refusals();
  const Garment& dress = feed.garments[0];
  EXPECT_EQ(dress.supplier_attributes.at("material"), (std::vector<std::string>{"Linen", "Cotton"}));
  EXPECT_EQ(dress.supplier_attributes.at("care"), (std::vector<std::string>{"Wash cold", "Line dry"}));
  EXPECT_EQ(dress.supplier_attributes.size(), 2U) << "no page's title and no reference";
  EXPECT_EQ(dress.variants.at(0).supplier_attributes.at("fit"), std::vector<std::string>{"Slim"});
}

TEST(ShopifyFields, ABulkOperationSaysMetafieldsCurrencyAndPhoto) {
  const auto feed = read_text(
      R"({"id":"gid://shopify/Product/1","handle":"d1","title":"Florence","productType":"Dresses","priceRangeV2":{"minVariantPrice":{"amount":"89.0","currencyCode":"GBP"}},"featuredMedia":{"preview":{"image":{"url":"https://x/1.jpg"}}}}
{"id":"gid://shopify/ProductVariant/2","sku":"A","price":"89.00","inventoryQuantity":3,"selectedOptions":[{"name":"Size","value":"S"}],"__parentId":"gid://shopify/Product/1"}
{"id":"gid://shopify/Metafield/9","namespace":"custom","key":"material","value":"Linen","__parentId":"gid://shopify/Product/1"}
{"id":"gid://shopify/Metafield/10","namespace":"mm-google-shopping","key":"gender","value":"female","__parentId":"gid://shopify/Product/1"}
)",
      "shopify-json", {"EUR", {}});
  ASSERT_EQ(feed.garments.size(), 1U) << feed.refusals();
  const Garment& dress = feed.garments[0];
  EXPECT_EQ(dress.supplier_attributes.at("material"), std::vector<std::string>{"Linen"});
  EXPECT_EQ(dress.department, "female");
  EXPECT_EQ(dress.currency, "GBP");
  ASSERT_EQ(dress.images.size(), 1U);
  EXPECT_EQ(dress.images[0].url, "https://x/1.jpg");
}

TEST(ShopifyFields, AMetafieldOfAVariantAndOneUnderItsOwnNameAreAttributes) {
  const auto feed = read_text(
      R"({"id":"gid://shopify/Product/1","handle":"d1","title":"Florence","fabric":{"value":"Linen"}}
{"id":"gid://shopify/ProductVariant/2","sku":"A","price":"89.00","selectedOptions":[{"name":"Size","value":"S"}],"__parentId":"gid://shopify/Product/1"}
{"id":"gid://shopify/ProductVariant/3","sku":"B","price":"89.00","selectedOptions":[{"name":"Size","value":"M"}],"__parentId":"gid://shopify/Product/1"}
{"id":"gid://shopify/Metafield/8","namespace":"custom","key":"pattern","value":"Plain","__parentId":"gid://shopify/ProductVariant/2"}
{"id":"gid://shopify/Metafield/9","namespace":"custom","key":"pattern","value":"Striped","__parentId":"gid://shopify/ProductVariant/3"}
)",
      "shopify-json");
  ASSERT_EQ(feed.garments.size(), 1U) << feed.refusals();
  EXPECT_EQ(feed.garments[0].supplier_attributes.at("fabric"), std::vector<std::string>{"Linen"});
  ASSERT_EQ(feed.garments[0].variants.size(), 2U);
  EXPECT_EQ(feed.garments[0].variants[1].supplier_attributes.at("pattern"),
            std::vector<std::string>{"Striped"});
}

TEST(ShopifyFields, TheColourAtTheEndOfATitleIsThatOfItsVariants) {
  const auto colour_of = [](const char* title, const char* option) {
    const auto feed = read_text(fmt::format("Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 "
                                            "Value,Variant SKU,Variant Price\na,{},Size,S,Color,{},A,89\n",
                                            title, option),
                                "shopify-csv");
    return feed.garments.size() == 1 ? feed.garments[0].variants.at(0).colour : feed.refusals();
  };
  EXPECT_EQ(colour_of("Florence Dress - Olive Green", ""), "Olive Green");
  EXPECT_EQ(colour_of("Florence – Midi - Black", ""), "Black");
  EXPECT_EQ(colour_of("Florence Dress - Black", "Ivory"), "Ivory");
  EXPECT_EQ(colour_of("Florence Dress - Petite", ""), "");
  EXPECT_EQ(colour_of("Olive Green Dress", ""), "");
  EXPECT_EQ(colour_of("Black - Dress", ""), "");
}

}  // namespace
}  // namespace modiste
