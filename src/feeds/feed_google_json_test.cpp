#include <gtest/gtest.h>

#include "feeds/feed_readers.h"
#include "feeds/feed_testing.h"

namespace modiste {
namespace {

TEST(GoogleJson, ReadsTheContentApisProducts) {
  const std::string text =
      R"({"kind":"content#productsListResponse","resources":[
      {"kind":"content#product","id":"online:en:US:j1","offerId":"j1","title":"Leather Belt - Brown","imageLink":"https://s/j.jpg",
       "additionalImageLinks":["https://s/w_1,h_2/j2.jpg"],"availability":"in stock","price":{"value":"39.00","currency":"USD"},
       "salePrice":{"value":"29.00","currency":"USD"},"brand":"Moda","color":"Brown","sizes":["95"],"gender":"male",
       "ageGroup":"adult","productTypes":["Men > Accessories > Belts"],"itemGroupId":"J","material":"Leather",
       "productDetails":[{"sectionName":"General","attributeName":"Buckle","attributeValue":"Brass"}]},
      {"kind":"content#product","offerId":"j2","title":"Leather Belt - Black","imageLink":"https://s/k.jpg",
       "availability":"out of stock","price":{"value":"39.00","currency":"USD"},"color":"Black","sizes":["95"],
       "itemGroupId":"J"}]})";
  EXPECT_EQ(detect_feed(text).value()->name, "google-merchant-json");
  const auto read = read_text(text, "google-merchant-json");
  EXPECT_EQ(read.refusals(), "");
  ASSERT_EQ(read.garments.size(), 1u);
  const Garment& garment = read.garments[0];
  EXPECT_EQ(garment.id, "J");
  EXPECT_EQ(garment.title, "Leather Belt");
  EXPECT_EQ(garment.category, "Men > Accessories > Belts");
  EXPECT_EQ(garment.currency, "USD");
  EXPECT_EQ(garment.supplier_attributes.at("buckle"), std::vector<std::string>{"Brass"});
  EXPECT_EQ(read.variants(), "j1 '95' 'Brown' 29<39 1; j2 '95' 'Black' 39 0");
  ASSERT_EQ(garment.images.size(), 3u);
  EXPECT_EQ(garment.images[1].url, "https://s/w_1,h_2/j2.jpg");
}

TEST(GoogleJson, ReadsTheMerchantApisProducts) {
  const auto read = read_text(
      R"([{"name":"accounts/1/products/en~US~m1","offerId":"m1","productAttributes":{"title":"Parka",
      "imageLink":"https://s/p.jpg","availability":"IN_STOCK","price":{"amountMicros":"129000000","currencyCode":"GBP"},
      "gender":"FEMALE","color":"Khaki","size":"S","googleProductCategory":"203"}}])",
      "google-merchant-json");
  ASSERT_EQ(read.garments.size(), 1u) << read.refusals();
  EXPECT_EQ(read.garments[0].currency, "GBP");
  EXPECT_EQ(read.garments[0].department, "female");
  EXPECT_EQ(read.variants(), "m1 'S' 'Khaki' 129 1");
}

}  // namespace
}  // namespace modiste
