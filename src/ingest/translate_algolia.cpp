// Algolia's Insights events: https://www.algolia.com/doc/rest-api/insights/push-events
#include <fmt/format.h>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

// By type, subtype or, of a conversion that has none, by its name as the shop chose it.
constexpr ForeignName kInsights[] = {{"click", T::kClick, Shape::kEach},
                                     {"view", T::kProductView, Shape::kEach},
                                     {"addToCart", T::kAddToCart, Shape::kEach},
                                     {"purchase", T::kPurchase, Shape::kEach}};

constexpr Copy kOfInsight[] = {
    {"timestamp", "occurred_at"}, {"authenticatedUserToken", "shopper_id"}, {"userToken", "device_id"}};
constexpr Copy kInsightObject[] = {{"id", "garment_id"}, {"price", "price"}, {"quantity", "quantity"}};
constexpr Copy kOfConversion[] = {{"currency", "currency"}};

// {objectIDs: [..], objectData: [{price, quantity}], positions: [..]} as a list of products.
json::object with_objects(const json::object& event) {
  const auto list_of = [&](std::string_view member) {
    const auto* found = event.if_contains(member);
    return found != nullptr ? found->if_array() : nullptr;
  };
  const auto *ids = list_of("objectIDs"), *data = list_of("objectData"), *places = list_of("positions");
  json::array objects;
  for (size_t i = 0; ids != nullptr && i < ids->size(); ++i) {
    json::object one;
    if (data != nullptr && i < data->size() && (*data)[i].is_object()) one = (*data)[i].get_object();
    one["id"] = (*ids)[i];
    if (places != nullptr && i < places->size()) one["position"] = (*places)[i];
    objects.push_back(std::move(one));
  }
  json::object out{{"objectIDs", std::move(objects)}};
  if (const auto* currency = event.if_contains("currency")) out["currency"] = *currency;
  return out;
}

// What a view or a conversion is. InstantSearch sends the hits of a page as one view, a page of one product
// sends one object.
std::optional<ForeignName> insight_of(const json::object& event, size_t objects) {
  const auto type = text_at(event, "eventType"), name = text_at(event, "eventName");
  if (type != "conversion") {
    const auto* known = find_name(type, kInsights);
    if (known == nullptr) return std::nullopt;
    const bool is_list =
        known->type == T::kProductView && (objects > 1 || snake_case(name).find("hits") != std::string::npos);
    return is_list ? ForeignName{type, T::kImpression, Shape::kList} : *known;
  }
  if (const auto* known = find_name(text_at(event, "eventSubtype"), kInsights)) return *known;
  auto named = track_of(name);
  if (named) named->shape = Shape::kEach;
  return named;
}

}  // namespace

bool is_algolia(const json::object& entry) {
  return !text_at(entry, "eventType").empty() && !text_at(entry, "userToken").empty() &&
         !text_at(entry, "index").empty();
}

Result<std::vector<Translated>> translate_algolia(const json::object& event, std::string_view base,
                                                  TimePoint received_at) {
  const json::object objects = with_objects(event);
  const size_t count = objects.at("objectIDs").as_array().size();
  if (count == 0) return std::vector<Translated>();  // of filters
  const auto known = insight_of(event, count);
  if (!known) {
    const bool named = text_at(event, "eventType") == "conversion";
    return untranslated(text_at(event, named ? "eventName" : "eventType"),
                        fmt::format("{}/{}", base, named ? "eventName" : "eventType"), kInsights);
  }
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  draft.copy(event, base, kOfInsight);
  const std::string id = content_id_of("algolia", event, received_at);
  draft.put("event_id", json::value(id));
  const bool priced = known->type == T::kPurchase || known->type == T::kAddToCart;
  const ProductCall call{known->type,
                         id,
                         objects,
                         std::string(base),
                         "objectIDs",
                         std::span(kInsightObject).first(priced ? 3 : 1),
                         std::span(kOfConversion).first(priced ? 1 : 0)};
  return known->shape == Shape::kList ? translate_list(call, std::move(draft)) : translate_each(call, draft);
}

}  // namespace modiste
