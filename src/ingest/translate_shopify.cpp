// Shopify's customer events, as a web pixel gets them:
// https://shopify.dev/docs/api/web-pixels-api/standard-events
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr ForeignName kShopifyEvents[] = {{"product_viewed", T::kProductView, Shape::kOne},
                                          {"product_added_to_cart", T::kAddToCart, Shape::kOne},
                                          {"product_removed_from_cart", T::kRemoveFromCart, Shape::kOne},
                                          {"collection_viewed", T::kImpression, Shape::kList},
                                          {"search_submitted", T::kSearch, Shape::kList},
                                          {"cart_viewed", T::kPageView, Shape::kPlain},
                                          {"checkout_completed", T::kPurchase, Shape::kEach}};

constexpr Copy kOfShopifyEvent[] = {{"id", "event_id"},
                                    {"clientId", "device_id"},
                                    {"timestamp", "occurred_at"},
                                    {"customer.id", "shopper_id"},
                                    {"data.customer.id", "shopper_id"},
                                    {"data.checkout.order.customer.id", "shopper_id"},
                                    {"init.data.customer.id", "shopper_id"},
                                    {"context.document.referrer", "context.referrer"},
                                    {"context.navigator.language", "context.locale"},
                                    {"context.navigator.userAgent", "context.user_agent"}};

// Of a variant. Its title holds size and colour ("M / Olive"), which are told apart by the catalog. A shop's
// catalog knows the product by its handle or, from Shopify's Google channel, by its number.
constexpr Copy kVariant[] = {{"sku", "sku"},
                             {"product.id", "garment_id"},
                             {"id", kAlsoKnownAs},
                             {"product.id", kAlsoKnownAs},
                             {"title", "colour"},
                             {"price.amount", "price"},
                             {"price.currencyCode", "currency"}};

// "/products/g1?variant=4211" -> "g1"; "/products/%E9%9D%B4" -> "靴"
std::string handle_of(const json::object& variant) {
  constexpr std::string_view kPath = "/products/";
  auto url = text_at(variant, "product.url");
  const size_t at = url.rfind(kPath);
  if (at == std::string_view::npos) return {};
  url.remove_prefix(at + kPath.size());
  return percent_decoded(url.substr(0, url.find_first_of("?#/")));
}

void take_variant(Draft& draft, const json::object& variant, const std::string& base) {
  if (const auto handle = handle_of(variant); !handle.empty())
    draft.take("garment_id", json::value(handle), base + "/product/url");
  draft.copy(variant, base, kVariant);
}

// Beside the garment's, the sku first.
std::vector<std::string> ids_of(const Draft& variant) {
  std::vector<std::string> ids = variant.other_ids();
  if (const auto sku = variant.text("sku"); !sku.empty()) ids.emplace(ids.begin(), sku);
  return ids;
}

Draft begin_shopify(const json::object& event, std::string_view base, T type) {
  Draft draft;
  draft.put("type", json::value(name_of(type)));
  for (const auto* path : {"customer.id", "data.customer.id", "data.checkout.order.customer.id"})
    if (const auto id = text_at(event, path); id.starts_with("gid://"))
      draft.take("shopper_id", json::value(id.substr(id.rfind('/') + 1)), fmt::format("{}/data", base));
  draft.copy(event, base, kOfShopifyEvent);
  if (!draft.has("event_id")) draft.put("event_id", json::value(content_id_of("shopify", event)));
  return draft;
}

std::vector<Translated> translate_one(Draft draft, const json::object& event, const std::string& base) {
  constexpr Copy kLine[] = {{"quantity", "quantity"}};
  const auto& line = object_at(event, "data.cartLine");
  if (line.empty()) {
    take_variant(draft, object_at(event, "data.productVariant"), base + "/data/productVariant");
  } else {
    draft.copy(line, base + "/data/cartLine", kLine);
    take_variant(draft, object_at(line, "merchandise"), base + "/data/cartLine/merchandise");
  }
  return just(std::move(draft));
}

// A collection without products is of no use; a search without results is.
std::vector<Translated> translate_shown(Draft draft, T type, const json::object& event,
                                        const std::string& base) {
  constexpr Copy kQuery[] = {{"data.searchResult.query", "query"}};
  const bool search = type == T::kSearch;
  if (search) draft.copy(event, base, kQuery);
  const std::string_view path =
      search ? "data.searchResult.productVariants" : "data.collection.productVariants";
  const auto* list = find_path(event, path);
  const auto* variants = list != nullptr ? list->if_array() : nullptr;
  if (variants == nullptr || variants->empty())
    return search ? just(std::move(draft)) : std::vector<Translated>();
  std::string pointer = fmt::format("{}/{}", base, path);
  std::replace(pointer.begin() + static_cast<std::ptrdiff_t>(base.size()), pointer.end(), '.', '/');
  for (size_t i = 0; i < std::min(variants->size(), kProductsPerCallMax); ++i) {
    const auto* variant = (*variants)[i].if_object();
    if (variant == nullptr) continue;
    Draft one;
    take_variant(one, *variant, "");
    json::object item;
    item["garment_id"] = one.text("garment_id");
    if (const auto colour = one.text("colour"); !colour.empty()) item["colour"] = colour;
    draft.show(std::move(item), fmt::format("{}/{}", pointer, i), ids_of(one));
  }
  return just(std::move(draft));
}

// Of one piece, after discounts; the variant's price is before them.
void take_paid(Draft& draft, const json::object& line, const std::string& at) {
  const auto number_at = [&](std::string_view path) {
    const auto* found = find_path(line, path);
    return found != nullptr && found->is_number() ? found->to_number<double>() : 0;
  };
  const double pieces = number_at("quantity"), paid = number_at("finalLinePrice.amount");
  if (pieces < 1 || find_path(line, "finalLinePrice.amount") == nullptr) return;
  const double one = std::round(paid / pieces * 100) / 100;
  draft.take("price", json::value(one), at + "/finalLinePrice/amount");
  if (const double full = number_at("variant.price.amount"); full > one)
    draft.take("discount", json::value(std::round((full - one) * 100) / 100), at + "/variant/price/amount");
}

Result<std::vector<Translated>> translate_order(const Draft& common, const json::object& event,
                                                const std::string& base) {
  constexpr Copy kOrder[] = {{"order.id", "order_id"}, {"token", "order_id"}, {"currencyCode", "currency"}};
  constexpr Copy kLine[] = {{"quantity", "quantity"}};
  const auto& checkout = object_at(event, "data.checkout");
  const auto* found = checkout.if_contains("lineItems");
  const auto* lines = found != nullptr ? found->if_array() : nullptr;
  const std::string at = base + "/data/checkout/lineItems";
  if (lines == nullptr || lines->empty() || lines->size() > kLinesPerOrderMax)
    return Error{Code::kInvalid, "a checkout has no lines, or too many", at,
                 fmt::format("a list of 1 to {} lines", kLinesPerOrderMax)};
  std::vector<Translated> out;
  OrderLines numbers;
  for (size_t i = 0; i < lines->size(); ++i) {
    const auto* line = (*lines)[i].if_object();
    if (line == nullptr)
      return Error{Code::kInvalid, "is not a line of an order", fmt::format("{}/{}", at, i), "an object"};
    // A tip, a fee or a service has no variant.
    if (const auto* variant = line->if_contains("variant"); variant != nullptr && variant->is_null())
      continue;
    Draft draft = common;
    draft.put("event_id", json::value(numbered_id(common.text("event_id"), i)));
    take_paid(draft, *line, fmt::format("{}/{}", at, i));
    take_variant(draft, object_at(*line, "variant"), fmt::format("{}/{}/variant", at, i));
    draft.copy(*line, fmt::format("{}/{}", at, i), kLine);
    // "gid://shopify/OrderIdentity/12" is what the webhook calls 12.
    if (const auto id = text_at(checkout, "order.id"); id.starts_with("gid://"))
      draft.take("order_id", json::value(id.substr(id.rfind('/') + 1)), base + "/data/checkout/order/id");
    draft.copy(checkout, base + "/data/checkout", kOrder);
    numbers.number(draft);
    out.push_back(std::move(draft).finish());
  }
  return out;
}

// What a shop's own theme publishes: named by its authors, and about what they put into it.
// https://shopify.dev/docs/api/web-pixels-api/emitting-data#publishing-custom-events
Result<std::vector<Translated>> translate_custom(const json::object& event, const std::string& base) {
  const auto name = text_at(event, "name");
  const json::object said = with_snake_names(object_at(event, "customData"));
  const auto known = track_of(name);
  const Draft common = begin_shopify(event, base, known ? known->type : T::kProductView);
  const std::string id(common.text("event_id"));
  const NamedTrack track{name, base + "/name", id, said, base + "/customData"};
  return known ? translate_named(track, *known, common) : no_track(track);
}

// A page that has lost its product, cart or checkout sends null for it: about nothing.
bool is_about_nothing(const json::object& event) {
  const auto& data = object_at(event, "data");
  return std::any_of(data.begin(), data.end(), [](const auto& member) { return member.value().is_null(); }) &&
         std::none_of(data.begin(), data.end(),
                      [](const auto& member) { return member.value().is_object(); });
}

}  // namespace

bool is_shopify(const json::object& entry) {
  const auto is_there = [&](std::string_view member) {
    const auto* data = entry.if_contains(member);
    return data != nullptr && (data->is_object() || data->is_null());
  };
  return !text_at(entry, "name").empty() && entry.contains("clientId") &&
         (is_there("data") || is_there("customData"));
}

Result<std::vector<Translated>> translate_shopify(const json::object& event, std::string_view base) {
  const auto name = text_at(event, "name");
  const auto* known = find_name(name, kShopifyEvents);
  const std::string at(base);
  if (known != nullptr && is_about_nothing(event)) return std::vector<Translated>();
  if (known == nullptr && event.contains("customData")) return translate_custom(event, at);
  if (known == nullptr) return untranslated(name, at + "/name", kShopifyEvents);
  Draft draft = begin_shopify(event, base, known->type);
  switch (known->shape) {
    case Shape::kOne:
      return translate_one(std::move(draft), event, at);
    case Shape::kList:
      return translate_shown(std::move(draft), known->type, event, at);
    case Shape::kEach:
      return translate_order(draft, event, at);
    case Shape::kPlain:
      break;
  }
  draft.put("page", json::value("cart"));
  return just(std::move(draft));
}

}  // namespace modiste
