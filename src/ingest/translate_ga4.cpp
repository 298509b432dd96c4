// GA4's Measurement Protocol:
// https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference
#include <fmt/format.h>

#include <algorithm>

#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr ForeignName kEvents[] = {
    {"view_item", T::kProductView, Shape::kEach}, {"select_item", T::kClick, Shape::kEach},
    {"add_to_cart", T::kAddToCart, Shape::kEach}, {"remove_from_cart", T::kRemoveFromCart, Shape::kEach},
    {"add_to_wishlist", T::kSave, Shape::kEach},  {"purchase", T::kPurchase, Shape::kEach},
    {"refund", T::kReturn, Shape::kEach},         {"view_item_list", T::kImpression, Shape::kList},
    {"search", T::kSearch, Shape::kPlain},        {"view_search_results", T::kSearch, Shape::kPlain},
    {"page_view", T::kPageView, Shape::kPlain},   {"view_cart", T::kPageView, Shape::kPlain},
    {"login", T::kIdentify, Shape::kPlain},       {"sign_up", T::kIdentify, Shape::kPlain}};

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

// "https://shop/new?utm=1#top" -> "/new": the page without campaign parameters.
std::string page_of(std::string_view location) {
  if (const auto scheme = location.find("://"); scheme != std::string_view::npos) {
    location.remove_prefix(scheme + 3);
    const auto path = location.find('/');
    location = path == std::string_view::npos ? "/" : location.substr(path);
  }
  return std::string(location.substr(0, location.find_first_of("?#")));
}

std::vector<Translated> translate_plain(Draft draft, const ForeignName& known, const json::object& params,
                                        const std::string& base) {
  constexpr Copy kTerm[] = {{"search_term", "query"}};
  constexpr Copy kTitle[] = {{"page_title", "page"}, {"page_location", "page"}};
  if (known.type == T::kSearch) draft.copy(params, base, kTerm);
  if (known.type == T::kPageView) {
    if (known.name == "view_cart")
      draft.put("page", json::value("cart"));
    else if (const auto location = text_at(params, "page_location"); !location.empty())
      draft.take("page", json::value(page_of(location)), base + "/page_location");
    else
      draft.copy(params, base, kTitle);
  }
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
  const auto* known =
      std::find_if(std::begin(kEvents), std::end(kEvents), [&](const auto& e) { return e.name == name; });
  if (known == std::end(kEvents)) return no_counterpart(name, at + "/name", kEvents);
  static const json::object kNothing;
  const auto* found = find_path(*event, "params");
  const auto& params = found != nullptr && found->is_object() ? found->get_object() : kNothing;
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
  constexpr Copy kOfCall[] = {{"currency", "currency"}, {"reason", "reason"}};
  const auto shared = std::span(kOfCall).first(known->type == T::kReturn ? 2 : 1);
  const ProductCall products{known->type, id, params, below, "items", kItem, shared, "item_variant"};
  if (known->shape == Shape::kList) return translate_list(products, std::move(draft));
  return translate_each(products, draft);
}

}  // namespace modiste
