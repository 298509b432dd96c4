#include "catalog/product_ids.h"

#include <algorithm>
#include <array>

namespace modiste {
namespace {

constexpr std::string_view kGid = "gid://";

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_code(std::string_view text) {  // of a language or a country
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return text.size() == 2 && is_letter(text[0]) && is_letter(text[1]);
}

// The text before the separator, which is taken off with it; empty when there is none.
std::string_view take_part(std::string_view& text, char separator) {
  const size_t end = text.find(separator);
  if (end == std::string_view::npos) return {};
  const auto part = text.substr(0, end);
  text.remove_prefix(end + 1);
  return part;
}

// Without "online:en:US:" and its like.
std::string_view without_google_prefix(std::string_view id) {
  for (const char separator : {':', '~'}) {
    std::string_view rest = id;
    auto part = take_part(rest, separator);
    const bool channel = part == "online" || part == "local";
    if (channel) part = take_part(rest, separator);
    if (!channel && separator == ':') continue;
    if (!is_code(part) || take_part(rest, separator).empty() || rest.empty()) continue;
    return rest;
  }
  return id;
}

ProductIds of_gid(std::string_view id) {
  const auto number = without_gid(id);
  if (id.find("/ProductVariant/") != std::string_view::npos) return {id, {}, number};
  if (id.find("/Product/") != std::string_view::npos) return {id, number, {}};
  return {id, {}, {}};
}

}  // namespace

std::string_view without_gid(std::string_view id) {
  if (!id.starts_with(kGid)) return id;
  id = id.substr(id.rfind('/') + 1);
  return id.substr(0, id.find('?'));
}

std::vector<std::string> spellings_of(std::string_view id) {
  std::vector<std::string> spellings;
  const auto ids = read_product_id(id);
  for (const auto spelling : {id, ids.offer, ids.product, ids.variant})
    if (!spelling.empty() && std::find(spellings.begin(), spellings.end(), spelling) == spellings.end())
      spellings.emplace_back(spelling);
  return spellings;
}

ProductIds read_product_id(std::string_view id) {
  if (id.starts_with(kGid)) return of_gid(id);
  id = without_google_prefix(id);
  // WooCommerce's plugins for Meta and Google name the number of a product or of a variation.
  for (const std::string_view prefix : {"wc_post_id_", "gla_", "woocommerce_gpf_"})
    if (id.starts_with(prefix) && is_number(id.substr(prefix.size()))) {
      const auto number = id.substr(prefix.size());
      return {number, number, number};
    }
  ProductIds ids{id, {}, {}};
  std::string_view rest = id;
  const auto channel = take_part(rest, '_');
  if ((channel != "shopify" && channel != "Shopify") || !is_code(take_part(rest, '_'))) return ids;
  const auto product = take_part(rest, '_');
  if (product.empty() && is_number(rest))
    ids.product = rest;
  else if (is_number(product) && is_number(rest))
    ids = {id, product, rest};
  return ids;
}

}  // namespace modiste
