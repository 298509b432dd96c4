#include "catalog/product_ids.h"

#include <gtest/gtest.h>

#include <string>

namespace modiste {
namespace {

std::string said(std::string_view id) {
  const auto ids = read_product_id(id);
  return std::string(ids.offer) + "|" + std::string(ids.product) + "|" + std::string(ids.variant);
}

TEST(ProductIds, ShopifysNumbersAreFoundInItsIds) {
  EXPECT_EQ(said("gid://shopify/ProductVariant/456"), "gid://shopify/ProductVariant/456||456");
  EXPECT_EQ(said("gid://shopify/Product/123?x=1"), "gid://shopify/Product/123?x=1|123|");
  EXPECT_EQ(said("shopify_US_123_456"), "shopify_US_123_456|123|456");
  EXPECT_EQ(said("shopify_ZZ_123"), "shopify_ZZ_123|123|");
  EXPECT_EQ(said("online:de:AT:shopify_AT_12_45"), "shopify_AT_12_45|12|45");
}

TEST(ProductIds, GooglesPrefixesAreTakenOff) {
  EXPECT_EQ(said("online:en:US:d1-olive-m"), "d1-olive-m||");
  EXPECT_EQ(said("local:de:AT:A:B"), "A:B||") << "an offer may hold the separator itself";
  EXPECT_EQ(said("online~en~US~d1"), "d1||");
  EXPECT_EQ(said("en~US~d1"), "d1||");
}

TEST(ProductIds, PluginsOfWooCommerceWriteAWordBeforeTheNumber) {
  EXPECT_EQ(said("wc_post_id_3102"), "3102|3102|3102");
  EXPECT_EQ(said("gla_3102"), "3102|3102|3102");
  EXPECT_EQ(said("woocommerce_gpf_3102"), "3102|3102|3102");
  EXPECT_EQ(said("gla_dress"), "gla_dress||");
}

TEST(ProductIds, OtherIdsStayAsTheyAre) {
  for (const char* id : {"d1-olive-m", "a:b:c:d", "12345", "online:en:US:", "shopify_US", "shopify_US_x_1",
                         "MH01_XS_1", "online:english:US:d1", ""})
    EXPECT_EQ(said(id), std::string(id) + "||") << id;
}

TEST(ProductIds, AnOrdersNumberIsInItsGid) {
  EXPECT_EQ(without_gid("gid://shopify/Order/77"), "77");
  EXPECT_EQ(without_gid("#1001"), "#1001");
}

}  // namespace
}  // namespace modiste
