#include <gtest/gtest.h>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

constexpr std::string_view kProduct =
    R"({"id":7880,"title":"Chemise en lin","handle":"chemise-lin","body_html":"<p>L&eacute;g&egrave;re {fluide} [x]</p>",
    "vendor":"Moda","product_type":"Chemises","tags":["femme","lin"],"status":"active",
    "options":[{"name":"Taille","values":["M"]},{"name":"Couleur","values":["Bleu marine","Blanc"]}],
    "variants":[{"id":8,"sku":"CL-M","option1":"M","option2":"Bleu marine","price":"59.90","compare_at_price":"79.90",
      "inventory_quantity":4,"inventory_policy":"deny","inventory_management":"shopify"},
     {"id":9,"sku":null,"option1":"M","option2":"Blanc","price":"59.90","compare_at_price":null,"available":false}],
    "images":[{"id":5,"src":"https://cdn.example/a.jpg","variant_ids":[8]},{"id":6,"src":"https://cdn.example/b.jpg","variant_ids":[]}]})";

TEST(ShopifyJson, ReadsProductsInAListAndAlone) {
  for (const std::string& text :
       {fmt::format(R"({{"products":[{}]}})", kProduct), fmt::format("[{}]", kProduct), std::string(kProduct),
        fmt::format(R"({{"product":{}}})", kProduct)}) {
    const auto detected = detect_feed(text);
    ASSERT_TRUE(detected.ok());
    EXPECT_EQ((*detected)->name, "shopify-json");
    const auto read = read_text(text, "shopify-json");
    EXPECT_EQ(read.refusals(), "");
    ASSERT_EQ(read.garments.size(), 1u) << text;
    const Garment& garment = read.garments[0];
    EXPECT_EQ(garment.id, "chemise-lin");
    EXPECT_EQ(garment.description, "Légère {fluide} [x]");
    EXPECT_EQ(garment.brand, "Moda");
    EXPECT_EQ(garment.category, "Chemises");
    EXPECT_EQ(read.variants(), "CL-M 'M' 'Bleu marine' 59.9<79.9 4; 9 'M' 'Blanc' 59.9 0");
    ASSERT_EQ(garment.images.size(), 2u);
    EXPECT_EQ(garment.images[0].colour, "Bleu marine");
    EXPECT_EQ(garment.images[1].colour, "");
  }
}

TEST(ShopifyJson, LeavesOutWhatIsNotForSale) {
  const auto read = read_text(
      R"({"products":[{"id":1,"handle":"draft","title":"D","status":"draft","body_html":"","variants":[{"id":2,"price":"1"}]},
      {"id":3,"handle":"hidden","title":"H","published_at":null,"variants":[{"id":4,"price":"1"}]},
      {"id":5,"handle":"tee","title":"Tee","variants":[{"id":6,"option1":"Default Title","price":"x"}]},
      {"id":7,"handle":"cap","title":"Cap","variants":[{"id":8,"option1":"Default Title","price":"9.00"}]},
      {"id":9,"handle":"torn","title":"To)",
      "shopify-json");
  EXPECT_EQ(read.report.withdrawn, (std::vector<std::string>{"draft", "hidden"}));
  ASSERT_EQ(read.garments.size(), 1u);
  EXPECT_EQ(read.variants(), "8 '' '' 9 1");
  EXPECT_EQ(read.report.rows_without_id, 1u) << "nothing is taken for gone";
  EXPECT_EQ(read.report.refusals.back().line, 5u);
}

constexpr std::string_view kCap =
    R"({"id":7,"handle":"cap","title":"Cap","variants":[{"id":8,"price":"9.00"}]})";

TEST(ShopifyJson, AFileThatIsCutBetweenProductsIsTorn) {
  for (const char* frame : {R"({{"products":[{},)", R"({{"products":[{})", "[{},", R"({{"products":[{}])"}) {
    const auto read = read_text(fmt::format(fmt::runtime(frame), kCap), "shopify-json");
    EXPECT_EQ(read.ids(), "cap");
    EXPECT_EQ(read.report.rows_without_id, 1u) << frame;
  }
}

TEST(ShopifyJson, AMissingQuoteCostsItsProduct) {
  constexpr std::string_view kBroken = R"({"id":1,"title":"Tee,"handle":"tee"})";
  constexpr std::string_view kOpen = R"({"id":1,"handle":"tee","title":"Tee})";
  for (const std::string_view broken : {kBroken, kOpen})
    for (const auto& text : {fmt::format("{}\n{}\n", broken, kCap), fmt::format("[{},\n{}]", broken, kCap),
                             fmt::format("[{},\n{}\n]", kCap, broken)}) {
      const auto read = read_text(text, "shopify-json");
      EXPECT_EQ(read.ids(), "cap") << text;
      EXPECT_EQ(read.report.rows_without_id, 1u) << text;
    }
}

TEST(ShopifyJson, TheWordProductsInATextIsNoList) {
  const auto read = read_text(
      fmt::format(
          "{}\n{}\n",
          R"({"id":1,"handle":"a","title":"A","tags":["products"],"variants":[{"id":2,"price":"1"}]})", kCap),
      "shopify-json");
  EXPECT_EQ(read.ids(), "a cap");
}

TEST(ShopifyJson, EndlessListsEnd) {
  EXPECT_EQ(read_text(std::string(1'000'000, '['), "shopify-json").report.rows_without_id, 1u);
  std::string variants = R"({"id":1,"price":"1"})";
  for (size_t i = 2; i < kVariantsMax + 1'000; ++i) variants += fmt::format(R"(,{{"id":{},"price":"1"}})", i);
  std::string options = "\"o\"";
  for (size_t i = 1; i < 100'000; ++i) options += ",\"o\"";
  const auto read = read_text(
      fmt::format(R"([{{"handle":"a","title":"A","options":[{}],"variants":[{}]}}])", options, variants),
      "shopify-json");
  EXPECT_EQ(read.ids(), "");
  EXPECT_EQ(read.report.refusals.size(), 1u);
}

constexpr std::string_view kGraphqlVariant =
    R"({"id":"gid://shopify/ProductVariant/11","sku":"LD-S","price":"49.90","compareAtPrice":"69.90","inventoryQuantity":3,
    "selectedOptions":[{"name":"Size","value":"S"},{"name":"Color","value":"Olive"}])";
constexpr std::string_view kGraphqlProduct =
    R"({"id":"gid://shopify/Product/1","title":"Linen Dress","handle":"linen-dress","status":"ACTIVE","vendor":"Moda",
    "productType":"Dress","descriptionHtml":"<p>Airy</p>")";

std::string on_one_line(std::string text) {
  std::erase(text, '\n');
  return text;
}

TEST(ShopifyGraphql, AnAnswerIsReadAsTheRestApis) {
  const std::string product = fmt::format(
      R"({},"variants":{{"edges":[{{"node":{}}}}}]}},"images":{{"nodes":[{{"url":"https://cdn/1.jpg"}}]}}}})",
      kGraphqlProduct, kGraphqlVariant);
  for (const auto& text : {on_one_line(product),
                           fmt::format(R"({{"data":{{"products":{{"edges":[{{"node":{}}}]}}}}}})", product),
                           fmt::format(R"({{"data":{{"product":{}}}}})", product)}) {
    const auto feed = read_text(text, "shopify-json");
    ASSERT_EQ(feed.ids(), "linen-dress") << text << feed.refusals();
    EXPECT_EQ(feed.variants(), "LD-S 'S' 'Olive' 49.9<69.9 3");
    EXPECT_EQ(feed.garments[0].description, "Airy");
    EXPECT_EQ(feed.garments[0].images.at(0).url, "https://cdn/1.jpg");
  }
}

TEST(ShopifyGraphql, ABulkOperationNamesWhatALineBelongsTo) {
  const std::string second =
      R"({"id":"gid://shopify/ProductVariant/12","sku":"LD-M","price":"49.90","inventoryQuantity":0,
      "inventoryPolicy":"CONTINUE","selectedOptions":[{"name":"Size","value":"M"}],"__parentId":"gid://shopify/Product/1"})";
  const std::string text =
      on_one_line(std::string(kGraphqlProduct)) + "}\n" +
      R"({"id":"gid://shopify/Product/2","title":"Old Hat","handle":"old-hat","status":"DRAFT"})" + "\n" +
      on_one_line(std::string(kGraphqlVariant)) + R"(,"__parentId":"gid://shopify/Product/1"})" + "\n" +
      on_one_line(second) + "\n" +
      R"({"id":"gid://shopify/MediaImage/5","image":{"url":"https://cdn/1.jpg"},"__parentId":"gid://shopify/Product/1"})" +
      "\n" +
      R"({"namespace":"shopify","key":"fabric","value":"linen","__parentId":"gid://shopify/Product/1"})" +
      "\n";
  const auto feed = read_text(text, "shopify-json");
  ASSERT_EQ(feed.ids(), "linen-dress") << feed.refusals();
  EXPECT_EQ(feed.variants(), "LD-S 'S' 'Olive' 49.9<69.9 3; LD-M 'M' '' 49.9 1");
  EXPECT_EQ(feed.garments[0].images.size(), 1u);
}

TEST(ShopifyGraphql, AStorefrontSaysTheCurrency) {
  const auto feed = read_text(
      R"({"data":{"products":{"nodes":[{"id":"gid://shopify/Product/1","title":"Linen Dress","handle":"d","variants":{"nodes":[
      {"id":"gid://shopify/ProductVariant/11","price":{"amount":"49.9","currencyCode":"EUR"},"availableForSale":false,
      "selectedOptions":[{"name":"Title","value":"Default Title"}]}]}}]}}})",
      "shopify-json");
  ASSERT_EQ(feed.ids(), "d") << feed.refusals();
  EXPECT_EQ(feed.variants(), "11 '' '' 49.9 0");
  EXPECT_EQ(feed.garments[0].currency, "EUR");
}

TEST(ShopifyJson, TheAjaxApiCountsHundredths) {
  const auto read = read_text(
      R"({"id":1,"title":"Linen Tee","handle":"tee","description":"<p>Soft</p>","vendor":"Moda","type":"Tops",
      "price_min":12900,"available":true,"options":["Size"],"images":["//cdn.example/a.jpg"],
      "variants":[{"id":8,"sku":"T-M","option1":"M","price":12905,"compare_at_price":15900,"available":true}]})",
      "shopify-json");
  EXPECT_EQ(read.variants(), "T-M 'M' '' 129.05<159 1");
  const auto admin = read_text(
      R"({"id":1,"title":"Linen Tee","handle":"tee","body_html":"","product_type":"Tops","options":[{"name":"Size"}],
      "variants":[{"id":8,"sku":"T-M","option1":"M","price":129,"available":true}]})",
      "shopify-json");
  EXPECT_EQ(admin.variants(), "T-M 'M' '' 129 1");
}

TEST(ShopifyJson, WhatCanBeBoughtIsNotSoldOut) {
  const auto read = read_text(
      R"({"id":"gid://shopify/Product/1","handle":"tee","title":"Tee","variants":{"nodes":[
      {"id":"gid://shopify/ProductVariant/2","sku":"A","price":"20.00","availableForSale":true,"inventoryQuantity":-3},
      {"id":"gid://shopify/ProductVariant/3","sku":"B","price":"20.00","availableForSale":true,"inventoryQuantity":7},
      {"id":"gid://shopify/ProductVariant/4","sku":"C","price":"20.00","availableForSale":false,"inventoryQuantity":0}]}})",
      "shopify-json");
  EXPECT_EQ(read.variants(), "A '' '' 20 1; B '' '' 20 7; C '' '' 20 0");
  const auto rest = read_text(
      R"({"id":1,"title":"Tee","handle":"tee","body_html":"","variants":[
      {"id":8,"sku":"A","price":"20.00","available":true,"inventory_quantity":-3}]})",
      "shopify-json");
  EXPECT_EQ(rest.variants(), "A '' '' 20 1");
}

}  // namespace
}  // namespace modiste
