// GA4's Measurement Protocol:
// https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference
#include <fmt/format.h>

#include <algorithm>

#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr ForeignName kGa4Events[] = {
    {"view_item", T::kProductView, Shape::kEach}, {"select_item", T::kClick, Shape::kEach},
    {"add_to_cart", T::kAddToCart, Shape::kEach}, {"remove_from_cart", T::kRemoveFromCart, Shape::kEach},
    {"add_to_wishlist", T::kSave, Shape::kEach},  {"purchase", T::kPurchase, Shape::kEach},
    {"refund", T::kReturn, Shape::kEach},         {"view_item_list", T::kImpression, Shape::kList},
    {"search", T::kSearch, Shape::kPlain},        {"view_search_results", T::kSearch, Shape::kPlain},
    {"view_cart", T::kPageView, Shape::kPlain},   {"login", T::kIdentify, Shape::kPlain},
    {"sign_up", T::kIdentify, Shape::kPlain}};

constexpr Copy kBody[] = {{"user_id", "shopper_id"},
                          {"client_id", "device_id"},
                          {"app_instance_id", "device_id"},
                          {"timestamp_micros", "occurred_at"},
                          {"user_location.country_id", "context.country"},
                          {"user_location.city", "context.region"},
                          {"device.language", "context.locale"}};
constexpr Copy kParams[] = {{"session_id", "session_id"},
                            {"ga_session_id", "session_id"},
                            {"page_referrer", "context.referrer"},
                            {"language", "context.locale"}};
constexpr Copy kItem[] = {{"item_id", "garment_id"}, {"item_variant", "colour"}, {"price", "price"},
                          {"quantity", "quantity"},  {"discount", "discount"},   {"currency", "currency"}};

std::vector<Translated> translate_plain(Draft draft, const ForeignName& known, const json::object& params,
                                        const std::string& base) {
  constexpr Copy kTerm[] = {{"search_term", "query"}};
  if (known.type == T::kSearch) draft.copy(params, base, kTerm);
  if (known.type == T::kPageView) draft.put("page", json::value("cart"));
  return just(std::move(draft));
}

}  // namespace

bool is_ga4(const json::object& body) {
  const auto* events = body.if_contains("events");
  return events != nullptr && events->is_array() &&
         (body.contains("client_id") || body.contains("app_instance_id") || body.contains("user_id"));
}

Result<std::vector<Translated>> translate_ga4(const json::object& body, std::string_view base, size_t index,
                                              TimePoint received_at) {
  const std::string at = fmt::format("{}/events/{}", base, index);
  const auto* event = body.at("events").as_array().at(index).if_object();
  if (event == nullptr) return Error{Code::kInvalid, "is not an event", at, "an object with a name"};
  const auto name = text_at(*event, "name");
  const auto* known = find_name(name, kGa4Events);
  if (known == nullptr) return untranslated(name, at + "/name", kGa4Events);
  const auto& params = object_at(*event, "params");
  const std::string below = at + "/params";

  constexpr Copy kTime[] = {{"timestamp_micros", "occurred_at"}};
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  draft.copy(*event, at, kTime);
  draft.copy(body, base, kBody);
  draft.copy(params, below, kParams);
  constexpr std::string_view kDevices[] = {"desktop", "tablet"};
  const auto category = text_at(body, "device.category");
  if (category == "mobile") draft.take("context.device", json::value("phone"), "");
  if (std::find(std::begin(kDevices), std::end(kDevices), category) != std::end(kDevices))
    draft.take("context.device", json::value(category), "");

  // Everything that tells it from others; what never changes from one sending to the next.
  std::string content = serialize_json(*event);
  for (const auto* member : {"client_id", "app_instance_id", "user_id", "timestamp_micros"})
    if (const auto* value = body.if_contains(member)) content += '\n' + serialize_json(*value);
  if (!draft.has("occurred_at")) content += '\n' + to_rfc3339(received_at);
  const std::string id = content_id("ga4", content);
  draft.put("event_id", json::value(id));

  if (known->shape == Shape::kPlain) return translate_plain(std::move(draft), *known, params, below);
  constexpr Copy kOfCall[] = {{"currency", "currency"}, {"transaction_id", "order_id"}, {"reason", "reason"}};
  const size_t of_call = known->type == T::kReturn ? 3 : known->type == T::kPurchase ? 2 : 1;
  const auto shared = std::span(kOfCall).first(of_call);
  const ProductCall products{known->type, id, params, below, "items", kItem, shared};
  if (known->shape == Shape::kList) return translate_list(products, std::move(draft));
  return translate_each(products, draft);
}

}  // namespace modiste
