// Enhanced e-commerce as Google's Universal Analytics had it, which many shops' tag managers still fill:
// the data layer's, and its Measurement Protocol's members as an object.
// https://developers.google.com/analytics/devguides/collection/ua/gtm/enhanced-ecommerce
// https://developers.google.com/analytics/devguides/collection/protocol/v1/parameters
#include <fmt/format.h>

#include <algorithm>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

// What `ecommerce` holds: each with actionField and products; impressions are a list themselves.
constexpr ForeignName kUniversalActions[] = {
    {"detail", T::kProductView, Shape::kEach},    {"click", T::kClick, Shape::kEach},
    {"add", T::kAddToCart, Shape::kEach},         {"remove", T::kRemoveFromCart, Shape::kEach},
    {"purchase", T::kPurchase, Shape::kEach},     {"refund", T::kReturn, Shape::kEach},
    {"impressions", T::kImpression, Shape::kList}};
// Known, and of no garment.
constexpr std::string_view kOfNothing[] = {"promoView", "promoClick", "checkout", "checkout_option"};

constexpr Copy kUniversalProduct[] = {
    {"id", "garment_id"}, {"variant", "colour"}, {"price", "price"}, {"quantity", "quantity"}};
constexpr Copy kWho[] = {
    {"event_id", "event_id"}, {"user_id", "shopper_id"},           {"userId", "shopper_id"},
    {"uid", "shopper_id"},    {"client_id", "device_id"},          {"clientId", "device_id"},
    {"cid", "device_id"},     {"timestamp_micros", "occurred_at"}, {"timestamp", "occurred_at"},
    {"ul", "context.locale"}, {"ua", "context.user_agent"},        {"dr", "context.referrer"}};

const json::value* action_in(const json::object& ecommerce, std::string_view action) {
  const auto* found = ecommerce.if_contains(action);
  if (found == nullptr) return nullptr;
  const bool fits =
      action == "impressions" ? found->is_array() && !found->get_array().empty() : found->is_object();
  return fits ? found : nullptr;
}

bool is_hit(const json::object& entry) {
  return text_at(entry, "v") == "1" && entry.contains("t") && text_at(entry, "tid").starts_with("UA-");
}

// "pr1id", "il2pi3va": a place and what is said there.
struct HitMember {
  std::string place, what;
};
HitMember product_member(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return {};
  const size_t digits = name.find_first_not_of("0123456789", prefix.size());
  if (digits == std::string_view::npos || digits == prefix.size()) return {};
  return {std::string(name.substr(0, digits)), std::string(name.substr(digits))};
}

constexpr Copy kHitNames[] = {{"id", "id"}, {"va", "variant"}, {"pr", "price"}, {"qt", "quantity"}};

json::array products_of_hit(const json::object& hit, std::string_view prefix) {
  json::object products;  // by place, in the order of the hit
  for (const auto& [key, value] : hit) {
    auto [place, what] = product_member(key, prefix);
    if (prefix == "il") {
      const auto inner = product_member(what, "pi");
      place += inner.place;
      what = inner.what;
    }
    for (const auto& [theirs, layer] : kHitNames)
      if (what == theirs) {
        auto& product = products[place];
        (product.is_object() ? product.get_object() : product.emplace_object())[layer] = value;
      }
  }
  json::array out;
  for (auto& [place, product] : products) out.push_back(product);
  return out;
}

// A hit's members as the data layer has them.
json::object ecommerce_of_hit(const json::object& hit) {
  json::object ecommerce;
  if (auto shown = products_of_hit(hit, "il"); !shown.empty()) ecommerce["impressions"] = std::move(shown);
  if (const auto* currency = hit.if_contains("cu")) ecommerce["currencyCode"] = *currency;
  const auto action = text_at(hit, "pa");
  if (action.empty()) return ecommerce;
  json::object said{{"products", products_of_hit(hit, "pr")}};
  if (const auto* order = hit.if_contains("ti")) said["actionField"] = json::object{{"id", *order}};
  ecommerce[action] = std::move(said);
  return ecommerce;
}

Result<std::vector<Translated>> translate_universal_action(const ForeignName& action,
                                                           const json::object& ecommerce,
                                                           const std::string& at, Draft draft) {
  draft.put("type", json::value(name_of(action.type)));
  const std::string id = fmt::format("{}-{}", draft.text("event_id"), action.name);
  draft.put("event_id", json::value(id));
  if (action.shape == Shape::kList)
    return translate_list({action.type, id, ecommerce, at, action.name, kUniversalProduct, {}},
                          std::move(draft));
  constexpr Copy kCurrency[] = {{"currencyCode", "currency"}};
  constexpr Copy kOrder[] = {{"actionField.id", "order_id"}};
  const auto& said = object_at(ecommerce, action.name);
  const std::string below = fmt::format("{}/{}", at, action.name);
  if (action.type != T::kReturn) draft.copy(ecommerce, at, kCurrency);
  const bool of_order = action.type == T::kPurchase || action.type == T::kReturn;
  return translate_each({action.type, id, said, below, "products", kUniversalProduct,
                         std::span(kOrder).first(of_order ? 1 : 0)},
                        draft);
}

}  // namespace

bool is_universal(const json::object& entry) {
  if (is_hit(entry)) return true;
  const auto& ecommerce = object_at(entry, "ecommerce");
  if (ecommerce.contains("items")) return false;  // GA4's
  return std::any_of(std::begin(kUniversalActions), std::end(kUniversalActions),
                     [&](const ForeignName& action) { return action_in(ecommerce, action.name); }) ||
         std::any_of(std::begin(kOfNothing), std::end(kOfNothing),
                     [&](std::string_view name) { return ecommerce.contains(name); });
}

Result<std::vector<Translated>> translate_universal(const json::object& entry, std::string_view base,
                                                    TimePoint received_at) {
  const bool hit = is_hit(entry);
  const json::object of_hit = hit ? ecommerce_of_hit(entry) : json::object();
  const json::object& ecommerce = hit ? of_hit : object_at(entry, "ecommerce");
  const std::string at = hit ? std::string(base) : fmt::format("{}/ecommerce", base);
  Draft common;
  common.copy(entry, base, kWho);
  if (!common.has("event_id")) {
    std::string content = kept_text(entry);
    if (!common.has("occurred_at")) content += '\n' + to_rfc3339(received_at);
    common.put("event_id", json::value(content_id("ua", content)));
  }
  std::vector<Translated> out;
  for (const ForeignName& action : kUniversalActions) {
    if (action_in(ecommerce, action.name) == nullptr) continue;
    TRY_ASSIGN(auto events, translate_universal_action(action, ecommerce, at, common));
    std::move(events.begin(), events.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace modiste
