// GA4's events in the three forms that shops have them in: the Measurement Protocol's, rows of its export to
// BigQuery, and the data layer's, as a tag manager forwards them.
// https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference
// https://support.google.com/analytics/answer/7029846
// https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
#include <fmt/format.h>

#include <algorithm>

#include "base/contains.h"
#include "ingest/event_ids.h"
#include "ingest/other_names.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr ForeignName kGa4Events[] = {{"view_item", T::kProductView, Shape::kEach},
                                      {"select_item", T::kClick, Shape::kEach},
                                      {"add_to_cart", T::kAddToCart, Shape::kEach},
                                      {"remove_from_cart", T::kRemoveFromCart, Shape::kEach},
                                      {"add_to_wishlist", T::kSave, Shape::kEach},
                                      {"remove_from_wishlist", T::kUnsave, Shape::kEach},
                                      {"purchase", T::kPurchase, Shape::kEach},
                                      {"refund", T::kReturn, Shape::kEach},
                                      {"view_item_list", T::kImpression, Shape::kList},
                                      {"search", T::kSearch, Shape::kPlain},
                                      {"view_search_results", T::kSearch, Shape::kPlain},
                                      {"view_cart", T::kPageView, Shape::kPlain},
                                      {"login", T::kIdentify, Shape::kPlain},
                                      {"sign_up", T::kIdentify, Shape::kPlain}};

constexpr Copy kBody[] = {{"user_id", "shopper_id"},
                          {"client_id", "device_id"},
                          {"app_instance_id", "device_id"},
                          {"timestamp_micros", "occurred_at"},
                          {"user_location.country_id", "context.country"},
                          {"user_location.city", "context.region"},
                          {"device.language", "context.locale"}};
constexpr std::string_view kSessions[] = {"session_id", "ga_session_id"};
constexpr Copy kParams[] = {{"page_referrer", "context.referrer"}, {"language", "context.locale"}};
constexpr Copy kGa4Term[] = {{"search_term", "query"}};
// Shops add colour and size to the items as parameters of their own.
constexpr auto kItem = joined(std::to_array<Copy>({{"item_id", "garment_id"},
                                                   {"item_color", "colour"},
                                                   {"item_colour", "colour"},
                                                   {"color", "colour"},
                                                   {"colour", "colour"},
                                                   {"item_variant", "colour"},
                                                   {"item_size", "size"},
                                                   {"size", "size"},
                                                   {"price", "price"},
                                                   {"quantity", "quantity"},
                                                   {"discount", "discount"},
                                                   {"currency", "currency"},
                                                   {"item_sku", "sku"},
                                                   {"sku", "sku"},
                                                   {"item_ean", kAlsoKnownAs}}),
                              kOtherNumbers);

constexpr Copy kGa4Row[] = {{"user_id", "shopper_id"},          {"user_pseudo_id", "device_id"},
                            {"event_timestamp", "occurred_at"}, {"device.language", "context.locale"},
                            {"geo.city", "context.region"},     {"ecommerce.transaction_id", "order_id"}};
constexpr Copy kGa4Layer[] = {{"event_id", "event_id"},     {"user_id", "shopper_id"},
                              {"userId", "shopper_id"},     {"client_id", "device_id"},
                              {"clientId", "device_id"},    {"timestamp_micros", "occurred_at"},
                              {"timestamp", "occurred_at"}, {"search_term", "query"}};
constexpr Copy kOfGa4Call[] = {
    {"currency", "currency"}, {"transaction_id", "order_id"}, {"reason", "reason"}};

std::span<const Copy> ga4_call_of(T type) {
  return std::span(kOfGa4Call).first(type == T::kReturn ? 3 : type == T::kPurchase ? 2 : 1);
}

Draft begin_ga4(T type) {
  Draft draft;
  draft.put("type", json::value(name_of(type)));
  return draft;
}

void take_sessions(Draft& draft, const json::object& from, std::string_view at) {
  for (const auto name : kSessions)
    if (const auto* id = from.if_contains(name); id != nullptr && !id->is_null())
      take_session_number(draft, *id, fmt::format("{}/{}", at, name));
}

void take_ga4_device(Draft& draft, const json::object& body) {
  const auto category = text_at(body, "device.category");
  if (category == "mobile") draft.take("context.device", json::value("phone"), "");
  if (category == "desktop" || category == "tablet") draft.take("context.device", json::value(category), "");
}

// The rest of an event whose draft says who, when and where; `holder` has its list of items.
Result<std::vector<Translated>> finish_ga4(Draft draft, const ForeignName& known, const json::object& holder,
                                           const std::string& pointer) {
  if (known.type == T::kPageView) draft.put("page", json::value("cart"));
  if (known.shape == Shape::kPlain) return just(std::move(draft));
  const ProductCall products{known.type,
                             std::string(draft.text("event_id")),
                             holder,
                             pointer,
                             "items",
                             kItem,
                             ga4_call_of(known.type)};
  if (known.shape == Shape::kList) return translate_list(products, std::move(draft));
  return translate_each(products, draft);
}

// A row's parameters are a list of {key, value: {string_value | int_value | float_value | double_value}}.
void take_ga4_params(Draft& draft, const json::object& row, T type, std::string_view base) {
  const auto* params = row.if_contains("event_params");
  const auto* list = params != nullptr ? params->if_array() : nullptr;
  for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const auto* param = (*list)[i].if_object();
    if (param == nullptr) continue;
    const auto take = [&](std::span<const Copy> copies) {
      for (const Copy& copy : copies)
        if (text_at(*param, "key") == copy.from)
          for (const auto& [kind, value] : object_at(*param, "value"))
            draft.take(copy.to, value, fmt::format("{}/event_params/{}/value/{}", base, i, kind));
    };
    take(kParams);
    if (contains(kSessions, text_at(*param, "key")))
      for (const auto& [kind, value] : object_at(*param, "value"))
        if (!value.is_null())
          take_session_number(draft, value, fmt::format("{}/event_params/{}/value/{}", base, i, kind));
    take(ga4_call_of(type));
    if (type == T::kSearch) take(kGa4Term);
  }
}

// What the items of a row say in parameters of their own, as its events do, as members: kItem has their
// names.
json::object with_item_params(const json::object& row) {
  json::object out = row;
  const auto* items = out.if_contains("items");
  if (items == nullptr || !items->is_array()) return out;
  for (auto& value : out.at("items").as_array()) {
    auto* item = value.if_object();
    const auto* params = item != nullptr ? item->if_contains("item_params") : nullptr;
    if (params == nullptr || !params->is_array()) continue;
    const json::array list = params->get_array();
    for (const auto& one : list) {
      const auto* param = one.if_object();
      if (param == nullptr) continue;
      const auto name = text_at(*param, "key");
      for (const auto& [kind, said] : object_at(*param, "value"))
        if (!said.is_null() && !name.empty() && !item->contains(name)) item->emplace(name, said);
    }
  }
  return out;
}

}  // namespace

bool is_ga4(const json::object& body) {
  const auto* events = body.if_contains("events");
  if (events == nullptr || !events->is_array()) return false;
  // A batch of our own may say who it is of too.
  const auto& list = events->get_array();
  const bool is_ours = !list.empty() && std::all_of(list.begin(), list.end(), [](const auto& entry) {
    const auto* object = entry.if_object();
    return object != nullptr && (object->contains("type") || object->contains("event_id"));
  });
  return !is_ours &&
         (body.contains("client_id") || body.contains("app_instance_id") || body.contains("user_id"));
}

bool is_ga4_row(const json::object& entry) {
  return entry.contains("event_name") && entry.contains("event_timestamp") &&
         (entry.contains("user_pseudo_id") || entry.contains("event_params"));
}

bool is_ga4_layer(const json::object& entry) {
  const auto* ecommerce = entry.if_contains("ecommerce");
  return !text_at(entry, "event").empty() && ecommerce != nullptr && ecommerce->is_object();
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
  Draft draft = begin_ga4(known->type);
  draft.copy(*event, at, kTime);
  draft.copy(body, base, kBody);
  draft.copy(params, below, kParams);
  take_sessions(draft, params, below);
  if (known->type == T::kSearch) draft.copy(params, below, kGa4Term);
  take_ga4_device(draft, body);

  // Everything that tells it from others; what never changes from one sending to the next.
  std::string content = kept_text(*event);
  for (const auto* member : {"client_id", "app_instance_id", "user_id", "timestamp_micros"})
    if (const auto* value = body.if_contains(member)) content += '\n' + serialize_json(*value);
  if (!draft.has("occurred_at")) content += '\n' + to_rfc3339(received_at);
  draft.put("event_id", json::value(content_id("ga4", content)));
  return finish_ga4(std::move(draft), *known, params, below);
}

Result<std::vector<Translated>> translate_ga4_row(const json::object& row, std::string_view base) {
  const auto name = text_at(row, "event_name");
  const auto* known = find_name(name, kGa4Events);
  if (known == nullptr) return untranslated(name, fmt::format("{}/event_name", base), kGa4Events);
  Draft draft = begin_ga4(known->type);
  const bool has_order = known->type == T::kPurchase || known->type == T::kReturn;
  draft.copy(row, base, std::span(kGa4Row).first(std::size(kGa4Row) - (has_order ? 0 : 1)));
  take_ga4_params(draft, row, known->type, base);
  take_ga4_device(draft, row);
  draft.put("event_id", json::value(content_id_of("ga4", row)));
  return finish_ga4(std::move(draft), *known, with_item_params(row), std::string(base));
}

Result<std::vector<Translated>> translate_ga4_layer(const json::object& entry, std::string_view base,
                                                    TimePoint received_at) {
  const auto name = text_at(entry, "event");
  const auto* known = find_name(name, kGa4Events);
  if (known == nullptr) return untranslated(name, fmt::format("{}/event", base), kGa4Events);
  Draft draft = begin_ga4(known->type);
  draft.copy(entry, base,
             std::span(kGa4Layer).first(std::size(kGa4Layer) - (known->type == T::kSearch ? 0 : 1)));
  take_sessions(draft, entry, base);
  if (!draft.has("event_id")) {
    std::string content = kept_text(entry);
    if (!draft.has("occurred_at")) content += '\n' + to_rfc3339(received_at);
    draft.put("event_id", json::value(content_id("ga4", content)));
  }
  return finish_ga4(std::move(draft), *known, object_at(entry, "ecommerce"),
                    fmt::format("{}/ecommerce", base));
}

}  // namespace modiste
