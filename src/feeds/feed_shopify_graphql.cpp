#include "feeds/feed_shopify_graphql.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "feeds/json_objects.h"

namespace modiste {
namespace {

constexpr std::string_view kParent = "__parentId";

std::string cell_in(const json::object& object, std::string_view member) {
  return cell_of(object.if_contains(member));
}

const json::object* object_in(const json::object& object, std::string_view member) {
  const auto* found = object.if_contains(member);
  return found != nullptr ? found->if_object() : nullptr;
}

// "gid://shopify/Product/1" -> "1"
std::string number_in(const json::object& object) {
  const std::string id = cell_in(object, "id");
  return id.substr(id.rfind('/') + 1);
}

bool is_a(const json::object& object, std::string_view kind) {
  return cell_in(object, "id").starts_with(fmt::format("gid://shopify/{}/", kind));
}

// A list, a connection's nodes, or its edges.
std::vector<const json::object*> members_of(const json::object& object, std::string_view member) {
  std::vector<const json::object*> out;
  const auto* found = object.if_contains(member);
  const json::array* list = found != nullptr ? found->if_array() : nullptr;
  if (const auto* connection = found != nullptr ? found->if_object() : nullptr; connection != nullptr)
    for (const std::string_view name : {"nodes", "edges"})
      if (const auto* inner = connection->if_contains(name); inner != nullptr && inner->is_array())
        list = &inner->get_array();
  for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const auto* one = (*list)[i].if_object();
    if (one == nullptr) continue;
    const auto* node = object_in(*one, "node");
    out.push_back(node != nullptr ? node : one);
  }
  return out;
}

// The address of an image, of what shows it, or of a medium.
std::string address_of(const json::object& image) {
  for (const std::string_view member : {"url", "src", "originalSrc", "transformedSrc"})
    if (auto url = cell_in(image, member); !url.empty()) return url;
  for (const std::string_view member : {"image", "preview", "previewImage"})
    if (const auto* inner = object_in(image, member)) return address_of(*inner);
  return {};
}

// "49.90", or {"amount": "49.9", "currencyCode": "EUR"}.
std::string money_in(const json::object& variant, std::initializer_list<std::string_view> members) {
  for (const std::string_view member : members) {
    if (const auto* money = object_in(variant, member))
      return std::string(trim(cell_in(*money, "amount") + " " + cell_in(*money, "currencyCode")));
    if (auto cell = cell_in(variant, member); !cell.empty()) return cell;
  }
  return {};
}

void copy_as(const json::object& from, std::string_view theirs, json::object& to, std::string_view rest) {
  if (const auto* value = from.if_contains(theirs)) to[rest] = *value;
}

std::vector<std::string> option_names(const json::object& product,
                                      const std::vector<const json::object*>& variants) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  };
  for (const auto* option : members_of(product, "options")) add(cell_in(*option, "name"));
  for (const auto* variant : variants)
    for (const auto* selected : members_of(*variant, "selectedOptions")) add(cell_in(*selected, "name"));
  return names;
}

// {"metafields": {"nodes": [..]}}, and single ones under names of the query's own: {"fabric": {"key": .., }}.
json::array rest_metafields(const json::object& owner) {
  json::array out;
  const auto add = [&](const json::object& field) {
    if (!cell_in(field, "value").empty()) out.push_back(json::value(field));
  };
  for (const auto* field : members_of(owner, "metafields")) add(*field);
  for (const auto& [name, value] : owner) {
    const auto* field = value.if_object();
    if (field == nullptr || !field->contains("value")) continue;
    json::object named = *field;
    if (!named.contains("key")) named["key"] = name;
    add(named);
  }
  return out;
}

// Of an answer whose prices are bare numbers: {"priceRangeV2": {"minVariantPrice": {"currencyCode": "GBP"}}}.
std::string currency_in(const json::object& product) {
  for (const std::string_view range : {"priceRangeV2", "priceRange"})
    for (const std::string_view end : {"minVariantPrice", "maxVariantPrice"})
      if (const auto* prices = object_in(product, range))
        if (const auto* price = object_in(*prices, end))
          if (auto code = cell_in(*price, "currencyCode"); !code.empty()) return code;
  return {};
}

json::object rest_variant(const json::object& variant, const std::vector<std::string>& names) {
  json::object out;
  out["id"] = number_in(variant);
  copy_as(variant, "sku", out, "sku");
  copy_as(variant, "barcode", out, "barcode");
  out["metafields"] = rest_metafields(variant);
  out["price"] = money_in(variant, {"price", "priceV2"});
  out["compare_at_price"] = money_in(variant, {"compareAtPrice", "compareAtPriceV2"});
  copy_as(variant, "inventoryQuantity", out, "inventory_quantity");
  copy_as(variant, "quantityAvailable", out, "inventory_quantity");
  copy_as(variant, "availableForSale", out, "available");
  out["inventory_policy"] = ascii_lower(cell_in(variant, "inventoryPolicy"));
  if (const auto* stock = object_in(variant, "inventoryItem"))
    if (const auto* tracked = stock->if_contains("tracked"); tracked != nullptr && tracked->is_bool())
      out["inventory_management"] = tracked->get_bool() ? json::value("shopify") : json::value();
  for (const auto* selected : members_of(variant, "selectedOptions")) {
    const auto at = std::find(names.begin(), names.end(), cell_in(*selected, "name"));
    if (at != names.end()) out[fmt::format("option{}", at - names.begin() + 1)] = cell_in(*selected, "value");
  }
  for (const std::string_view member : {"image", "featuredMedia"})
    if (const auto* image = object_in(variant, member); image != nullptr && !address_of(*image).empty())
      out["featured_image"] = json::object{{"src", address_of(*image)}};
  return out;
}

json::object rest_product(const json::object& product) {
  json::object out;
  out["id"] = number_in(product);
  out["currency"] = currency_in(product);
  out["metafields"] = rest_metafields(product);
  for (const auto& [theirs, rest] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"handle", "handle"},
                                                                            {"title", "title"},
                                                                            {"vendor", "vendor"},
                                                                            {"status", "status"},
                                                                            {"productType", "product_type"},
                                                                            {"tags", "tags"},
                                                                            {"publishedAt", "published_at"},
                                                                            {"isGiftCard", "gift_card"}})
    copy_as(product, theirs, out, rest);
  copy_as(product, product.contains("descriptionHtml") ? "descriptionHtml" : "description", out, "body_html");
  if (const auto* category = object_in(product, "category"))
    out["category"] = json::object{{"full_name", cell_in(*category, "fullName")}};
  const auto variants = members_of(product, "variants");
  const auto names = option_names(product, variants);
  out["options"] = json::value_from(names);
  auto& rest_variants = out["variants"].emplace_array();
  for (const auto* variant : variants) rest_variants.push_back(rest_variant(*variant, names));
  auto& images = out["images"].emplace_array();
  for (const std::string_view member : {"featuredMedia", "featuredImage"})
    if (const auto* image = object_in(product, member); image != nullptr && images.empty())
      if (auto url = address_of(*image); !url.empty())
        images.push_back(json::object{{"src", std::move(url)}});
  for (const std::string_view member : {"images", "media"})
    for (const auto* image : members_of(product, member))
      if (auto url = address_of(*image); !url.empty() && images.size() < 1'000)
        images.push_back(json::object{{"src", std::move(url)}});
  return out;
}

// The products of an answer: {"data": {"products": ..}} or {"data": {"product": ..}}.
std::vector<const json::object*> products_of(const json::object& answer) {
  std::vector<const json::object*> out;
  for (const auto& [name, value] : answer) {
    const auto* member = value.if_object();
    if (member == nullptr) continue;
    if (is_a(*member, "Product"))
      out.push_back(member);
    else
      for (const auto* node : members_of(answer, name)) out.push_back(node);
  }
  return out;
}

}  // namespace

bool is_shopify_graphql(const json::object& object) {
  if (object.contains(kParent) || is_a(object, "Product")) return true;
  const auto* data = object_in(object, "data");
  return data != nullptr && !products_of(*data).empty();
}

Result<Done> ShopifyGraphqlProducts::add(const json::object& object, size_t line) {
  if (const auto* data = object_in(object, "data")) {
    for (const auto* product : products_of(*data)) TRY(read_(rest_product(*product), line));
    return kOk;
  }
  if (object.contains(kParent)) {
    attach(object);
    return kOk;
  }
  return object.contains("variants") ? read_(rest_product(object), line) : open(object, line);
}

Result<Done> ShopifyGraphqlProducts::finish() {
  while (!open_.empty()) TRY(close_first());
  return kOk;
}

// A metafield of a product, or of one of its variants, which name their product alone.
void ShopifyGraphqlProducts::attach_metafield(const json::object& field) {
  const std::string parent = cell_in(field, kParent);
  const auto add_to = [&](json::object& owner) {
    auto& fields = owner["metafields"];
    (fields.is_array() ? fields.get_array() : fields.emplace_array()).push_back(json::value(field));
  };
  constexpr std::ptrdiff_t kVariantsBehind = 50;  // products whose variants are looked through
  for (auto product = open_.rbegin(); product != open_.rend(); ++product) {
    if (cell_in(product->product, "id") == parent) return add_to(product->product);
    auto* variants = product->product.if_contains("variants");
    if (product - open_.rbegin() >= kVariantsBehind || variants == nullptr || !variants->is_array()) continue;
    for (auto& variant : variants->get_array())
      if (auto* object = variant.if_object(); object != nullptr && cell_in(*object, "id") == parent)
        return add_to(*object);
  }
}

void ShopifyGraphqlProducts::attach(const json::object& child) {
  if (is_a(child, "Metafield")) return attach_metafield(child);
  const std::string parent = cell_in(child, kParent);
  const auto product = std::find_if(open_.rbegin(), open_.rend(),
                                    [&](const Open& one) { return cell_in(one.product, "id") == parent; });
  if (product == open_.rend()) return;
  const std::string_view list = is_a(child, "ProductVariant") ? "variants"
                                : !address_of(child).empty()  ? "media"
                                                              : "";
  if (list.empty()) return;  // a collection, ...
  auto& members = product->product[list];
  (members.is_array() ? members.get_array() : members.emplace_array()).push_back(json::value(child));
}

Result<Done> ShopifyGraphqlProducts::open(const json::object& product, size_t line) {
  if (open_.size() == kOpenMax) TRY(close_first());
  open_.push_back({product, line});
  return kOk;
}

Result<Done> ShopifyGraphqlProducts::close_first() {
  const Open first = std::move(open_.front());
  open_.pop_front();
  return read_(rest_product(first.product), first.line);
}

}  // namespace modiste
