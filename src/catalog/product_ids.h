// Ids of products and variants as other systems write them. One garment has several: Shopify's numbers, the
// id that Shopify's Google channel makes of them, and the ids that Google's Merchant API puts before an
// offer's.
//
// Pure. Threads: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modiste {

// What an id says; views of it. Empty members: it does not say.
struct ProductIds {
  std::string_view offer;    // the shop's own id, without a prefix of Google's: of a garment or a variant
  std::string_view product;  // the platform's number of the product
  std::string_view variant;  // its number of the variant
};

//   gid://shopify/ProductVariant/456       variant 456      (Shopify's GraphQL and web pixels)
//   gid://shopify/Product/123              product 123
//   shopify_US_123_456                     product 123, variant 456     (Shopify's Google channel)
//   online:en:US:SKU1, local:de:AT:SKU1    offer SKU1       (Google's Content API)
//   online~en~US~SKU1, en~US~SKU1          offer SKU1       (Google's Merchant API)
//   wc_post_id_3102, gla_3102              3102, of any kind (WooCommerce's plugins for Meta and Google)
// Everything else is an offer as it is.
[[nodiscard]] ProductIds read_product_id(std::string_view id);

// The id and what it says: two ids may mean the same when they have one of these in common.
[[nodiscard]] std::vector<std::string> spellings_of(std::string_view id);

// "gid://shopify/Order/123" -> "123"; other texts as they are.
[[nodiscard]] std::string_view without_gid(std::string_view id);

}  // namespace modiste
