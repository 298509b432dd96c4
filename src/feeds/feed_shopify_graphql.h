// Shopify's products as its GraphQL APIs answer them, Admin and Storefront, in the shape of its REST API: the
// answer of a query, its nodes one a line, or a bulk operation, whose lines name what they belong to.
// https://shopify.dev/docs/api/admin-graphql/latest/objects/Product
// https://shopify.dev/docs/api/usage/bulk-operations/queries
#pragma once

#include <deque>
#include <functional>

#include "base/json.h"
#include "base/result.h"

namespace modiste {

[[nodiscard]] bool is_shopify_graphql(const json::object& object);

class ShopifyGraphqlProducts {
 public:
  // Called for each product, in the shape of the REST API.
  using Reader = std::function<Result<Done>(const json::object&, size_t line)>;
  explicit ShopifyGraphqlProducts(Reader read) : read_(std::move(read)) {}

  // An object of the file. A bulk operation lists what belongs to a product behind it; where that is more
  // than kOpenMax products behind, it is left out. Errors: the reader's.
  Result<Done> add(const json::object& object, size_t line);
  Result<Done> finish();

 private:
  static constexpr size_t kOpenMax = 1'000;
  struct Open {
    json::object product;
    size_t line = 0;
  };
  void attach(const json::object& child);
  void attach_metafield(const json::object& field);
  Result<Done> open(const json::object& product, size_t line);
  Result<Done> close_first();

  Reader read_;
  std::deque<Open> open_;  // products of a bulk operation
};

}  // namespace modiste
