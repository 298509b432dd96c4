// Klaviyo's events, as its API takes them: one, or many with the profiles that they are of, and in the form
// from before 2022, which its script still has:
// https://developers.klaviyo.com/en/reference/create_event
// https://developers.klaviyo.com/en/reference/bulk_create_events
// https://developers.klaviyo.com/en/docs/guide_to_integrating_a_platform_without_a_pre_built_klaviyo_integration
#include <fmt/format.h>

#include <algorithm>

#include "ingest/event_ids.h"
#include "ingest/sent_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr std::string_view kOneEvent = "event", kManyEvents = "event-bulk-create-job";

// By snake case. Other names are Segment's or common ones.
constexpr ForeignName kMetrics[] = {
    {"placed_order", T::kPurchase, Shape::kEach},           {"ordered_product", T::kPurchase, Shape::kOne},
    {"refunded_order", T::kReturn, Shape::kEach},           {"returned_product", T::kReturn, Shape::kOne},
    {"viewed_product", T::kProductView, Shape::kOne},       {"added_to_cart", T::kAddToCart, Shape::kOne},
    {"removed_from_cart", T::kRemoveFromCart, Shape::kOne}, {"added_to_wishlist", T::kSave, Shape::kOne},
    {"searched_site", T::kSearch, Shape::kPlain},           {"submitted_search", T::kSearch, Shape::kPlain}};

// Of a product, in snake case. Added to Cart lists the whole cart, and says what was added beside it.
constexpr Copy kKlaviyoProduct[] = {{"added_item_product_id", "garment_id"},
                                    {"added_item_sku", "sku"},
                                    {"added_item_price", "price"},
                                    {"added_item_quantity", "quantity"},
                                    {"product_id", "garment_id"},
                                    {"sku", "sku"},
                                    {"variant_id", kAlsoKnownAs},
                                    {"colour", "colour"},
                                    {"color", "colour"},
                                    {"variant_name", "colour"},  // often a size or a number
                                    {"variant", "colour"},
                                    {"size", "size"},
                                    {"item_price", "price"},
                                    {"price", "price"},
                                    {"quantity", "quantity"}};
constexpr Copy kOfOrder[] = {{"order_id", "order_id"}, {"event_id", "order_id"}, {"reason", "reason"}};

// One event with the person it is of, in one shape.
struct Said {
  const json::object& event;    // its attributes, at `pointer`
  const json::object& profile;  // {external_id, email, anonymous_id, ..}
  std::string pointer, profile_pointer;
  TimePoint received_at;
};

// What a profile says beside the ids is dropped from what is kept, and the address becomes its hash: servers
// mostly name nothing else, and whose it is must be known when the event is replayed.
void forget_all_but_ids(json::object& profile) {
  json::object kept;
  for (const std::string_view member :
       {"external_id", "anonymous_id", "$id", "$exchange_id", "_kx", "email_hash"})
    if (const auto* id = profile.if_contains(member)) kept[member] = *id;
  for (const auto* member : {"email", "$email"})
    if (const auto hash = hash_of_address(text_at(profile, member)); !hash.empty())
      kept.emplace("email_hash", hash);
  profile = std::move(kept);
}

void forget_profiles(json::value& value) {
  if (auto* list = value.if_array())
    for (auto& entry : *list) forget_profiles(entry);
  auto* object = value.if_object();
  if (object == nullptr) return;
  for (auto& [name, member] : *object) {
    auto* attributes = member.if_object();
    if (name == "customer_properties" && attributes != nullptr) {
      forget_all_but_ids(*attributes);
    } else if (name == "profile" && attributes != nullptr) {
      auto* data = attributes->if_contains("data");
      auto* described = data != nullptr ? data->if_object() : nullptr;
      auto* of_profile = described != nullptr ? described->if_contains("attributes") : nullptr;
      if (of_profile != nullptr && of_profile->is_object()) forget_all_but_ids(of_profile->get_object());
    } else {
      forget_profiles(member);
    }
  }
}

void take_person(Draft& draft, const Said& said) {
  constexpr Copy kOfProfile[] = {{"external_id", "shopper_id"}, {"$id", "shopper_id"},
                                 {"anonymous_id", "device_id"}, {"$exchange_id", "device_id"},
                                 {"_kx", "device_id"},          {"email_hash", "email_hash"}};
  draft.copy(said.profile, said.profile_pointer, kOfProfile);
  for (const auto* member : {"email", "$email"})
    draft.take("email_hash", json::value(hash_of_address(text_at(said.profile, member))),
               fmt::format("{}/{}", said.profile_pointer, member));
}

std::string_view metric_of(const json::object& event) {
  const auto legacy = text_at(event, "event");
  return legacy.empty() ? text_at(event, "metric.data.attributes.name") : legacy;
}

// An integration of a shop's own platform keeps the lines of an order as the platform has them.
std::string list_of_lines(json::object& properties) {
  for (const std::string_view path : {"extra.line_items", "$extra.line_items"})
    if (const auto* lines = find_path(properties, path); lines != nullptr && list_of_products(*lines)) {
      properties["lines"] = json::value(*lines);
      return "lines";
    }
  return "items";
}

// The same for the event as it was sent and as a dead letter keeps it.
std::string id_of_said(const Said& said, std::string_view name) {
  const auto unique = text_at(said.event, "unique_id");
  if (unique.empty()) {
    json::value event = said.event;
    forget_profiles(event);
    return content_id_of("klaviyo", std::move(event.get_object()), said.received_at);
  }
  json::object person = said.profile;
  forget_all_but_ids(person);
  return content_id("klaviyo", fmt::format("{}\n{}\n{}", name, unique, serialize_json(json::value(person))));
}

Result<std::vector<Translated>> translate_said(const Said& said) {
  const auto name = metric_of(said.event);
  const auto* metric = find_name(snake_case(name), kMetrics);
  const auto known = metric != nullptr ? std::optional(*metric) : track_of(name);
  if (!known) return untranslated(name, said.pointer, kMetrics);
  json::object properties = with_snake_names(object_at(said.event, "properties"));
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  take_person(draft, said);
  constexpr Copy kOfEvent[] = {{"time", "occurred_at"}, {"value_currency", "currency"}};
  const bool has_price = known->shape == Shape::kOne || known->shape == Shape::kEach;
  draft.copy(said.event, said.pointer, std::span(kOfEvent).first(has_price ? 2 : 1));
  const std::string id = id_of_said(said, name);
  draft.put("event_id", json::value(id));
  const std::string at = said.pointer + "/properties";
  const bool has_no_line = known->shape == Shape::kPlain || known->shape == Shape::kList;
  if (has_no_line || known->type == T::kReview)
    return translate_named({name, said.pointer, id, properties, at}, *known, std::move(draft));
  const std::string list = list_of_lines(properties);
  const bool is_order = known->type == T::kPurchase || known->type == T::kReturn;
  // The line of an order names the order beside an id of its own.
  const auto of_order = known->shape == Shape::kOne || !is_order
                            ? std::span(kOfOrder).first(is_order ? 1 : 0)
                            : std::span(kOfOrder).first(known->type == T::kReturn ? 3 : 2);
  if (known->shape == Shape::kEach)
    return translate_each({known->type, id, properties, at, list, kKlaviyoProduct, of_order}, draft);
  draft.copy(properties, at, kKlaviyoProduct);
  draft.copy(properties, at, of_order);
  return just(std::move(draft));
}

const json::array& list_at(const json::object& object, std::string_view path) {
  static const json::array kNone;
  const auto* found = find_path(object, path);
  return found != nullptr && found->is_array() ? found->get_array() : kNone;
}

}  // namespace

bool is_klaviyo(const json::object& entry) {
  const auto type = text_at(entry, "data.type");
  if (type == kManyEvents) return true;
  if (type == kOneEvent) return !object_at(entry, "data.attributes.metric").empty();
  const auto* legacy = entry.if_contains("customer_properties");
  return legacy != nullptr && legacy->is_object() && !text_at(entry, "event").empty();
}

void forget_profile(json::object& entry) {
  json::value whole = std::move(entry);
  forget_profiles(whole);
  entry = std::move(whole.get_object());
}

std::vector<Result<std::vector<Translated>>> translate_klaviyo(const json::object& entry,
                                                               std::string_view base, TimePoint received_at) {
  const std::string at(base);
  const auto type = text_at(entry, "data.type");
  std::vector<Result<std::vector<Translated>>> out;
  if (type.empty()) {
    out.push_back(translate_said(
        {entry, object_at(entry, "customer_properties"), at, at + "/customer_properties", received_at}));
    return out;
  }
  if (type == kOneEvent) {
    const auto& event = object_at(entry, "data.attributes");
    out.push_back(translate_said({event, object_at(event, "profile.data.attributes"), at + "/data/attributes",
                                  at + "/data/attributes/profile/data/attributes", received_at}));
    return out;
  }
  const auto& profiles = list_at(entry, "data.attributes.events-bulk-create.data");
  const std::string list = at + "/data/attributes/events-bulk-create/data";
  for (size_t i = 0; i < profiles.size(); ++i) {
    const auto* person = profiles[i].if_object();
    if (person == nullptr) continue;
    const std::string one = fmt::format("{}/{}/attributes", list, i);
    const auto& profile = object_at(*person, "attributes.profile.data.attributes");
    const auto& events = list_at(*person, "attributes.events.data");
    for (size_t j = 0; j < events.size(); ++j)
      if (const auto* event = events[j].if_object())
        out.push_back(translate_said({object_at(*event, "attributes"), profile,
                                      fmt::format("{}/events/data/{}/attributes", one, j),
                                      one + "/profile/data/attributes", received_at}));
  }
  return out;
}

}  // namespace modiste
