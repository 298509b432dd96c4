// User events of Google's Vertex AI Search for commerce (Retail API), whose form shops that replace it
// already send: https://cloud.google.com/retail/docs/reference/rest/v2/projects.locations.catalogs.userEvents
#include <fmt/format.h>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr ForeignName kRetailEvents[] = {{"detail-page-view", T::kProductView, Shape::kEach},
                                         {"add-to-cart", T::kAddToCart, Shape::kEach},
                                         {"remove-from-cart", T::kRemoveFromCart, Shape::kEach},
                                         {"add-to-list", T::kSave, Shape::kEach},
                                         {"purchase-complete", T::kPurchase, Shape::kEach},
                                         {"search", T::kSearch, Shape::kList},
                                         {"category-page-view", T::kImpression, Shape::kList},
                                         {"shopping-cart-page-view", T::kPageView, Shape::kPlain}};

constexpr Copy kOfRetailEvent[] = {{"eventTime", "occurred_at"},
                                   {"userInfo.userId", "shopper_id"},
                                   {"visitorId", "device_id"},
                                   {"userInfo.userAgent", "context.user_agent"},
                                   {"referrerUri", "context.referrer"}};
// A product's name in the API ends in its id: "projects/.../branches/0/products/g1".
constexpr Copy kRetailProduct[] = {
    {"id", "garment_id"}, {"price", "price"}, {"quantity", "quantity"}, {"currency", "currency"}};
constexpr Copy kOfPurchase[] = {{"order_id", "order_id"}, {"currency", "currency"}};

constexpr Copy kPriceInfo[] = {{"priceInfo.price", "price"}, {"priceInfo.currencyCode", "currency"}};
constexpr Copy kTransaction[] = {{"purchaseTransaction.id", "order_id"},
                                 {"purchaseTransaction.currencyCode", "currency"}};

void copy_members(const json::object& from, std::span<const Copy> members, json::object& to) {
  for (const auto& [theirs, ours] : members)
    if (const auto* value = find_path(from, theirs)) to[ours] = *value;
}

std::string_view id_of_product(const json::object& product) {
  const auto id = text_at(product, "id");
  if (!id.empty()) return id;
  const auto name = text_at(product, "name");
  return name.substr(name.rfind('/') + 1);
}

// {productDetails: [{product: {id, priceInfo}, quantity}], purchaseTransaction: {id, currencyCode}}.
json::object with_products(const json::object& event) {
  json::array products;
  const auto* details = event.if_contains("productDetails");
  if (const auto* list = details != nullptr ? details->if_array() : nullptr)
    for (const auto& entry : *list) {
      const auto* detail = entry.if_object();
      json::object one;
      if (detail != nullptr) {
        const auto& product = object_at(*detail, "product");
        one["id"] = id_of_product(product);
        copy_members(product, kPriceInfo, one);
        if (const auto* quantity = detail->if_contains("quantity")) one["quantity"] = *quantity;
      }
      products.push_back(std::move(one));
    }
  json::object out{{"productDetails", std::move(products)}};
  copy_members(event, kTransaction, out);
  return out;
}

}  // namespace

bool is_google_retail(const json::object& entry) {
  return !text_at(entry, "eventType").empty() && !text_at(entry, "visitorId").empty();
}

Result<std::vector<Translated>> translate_google_retail(const json::object& event, std::string_view base,
                                                        TimePoint received_at) {
  const auto name = text_at(event, "eventType");
  const auto* known = find_name(name, kRetailEvents);
  if (known == nullptr) return untranslated(name, fmt::format("{}/eventType", base), kRetailEvents);
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  draft.copy(event, base, kOfRetailEvent);
  if (const auto* session = event.if_contains("sessionId"))
    take_session_number(draft, *session, fmt::format("{}/sessionId", base));
  const std::string id = content_id_of("google-retail", event, received_at);
  draft.put("event_id", json::value(id));
  if (known->shape == Shape::kPlain) return just(std::move(draft));
  const json::object products = with_products(event);
  const bool shows_none = products.at("productDetails").as_array().empty();
  const ProductCall call{known->type,
                         id,
                         products,
                         std::string(base),
                         "productDetails",
                         kRetailProduct,
                         std::span(kOfPurchase).first(known->type == T::kPurchase ? 2 : 0)};
  if (known->type == T::kSearch) {
    constexpr Copy kQuery[] = {{"searchQuery", "query"}};
    draft.copy(event, base, kQuery);
    if (!draft.has("query")) return std::vector<Translated>();  // they browse a category
    if (shows_none) return just(std::move(draft));
  }
  if (known->shape == Shape::kEach) return translate_each(call, draft);
  if (shows_none) return std::vector<Translated>();
  return translate_list(call, std::move(draft));
}

}  // namespace modiste
