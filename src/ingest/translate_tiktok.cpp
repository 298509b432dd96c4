// TikTok's events, as its Events API takes them, version 2 and the one before:
// https://business-api.tiktok.com/portal/docs?id=1771100865818625
#include <fmt/format.h>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

// PlaceAnOrder is left out: CompletePayment tells the same order again, and neither needs to name it.
constexpr ForeignName kTikTokEvents[] = {
    {"ViewContent", T::kProductView, Shape::kEach}, {"AddToCart", T::kAddToCart, Shape::kEach},
    {"AddToWishlist", T::kSave, Shape::kEach},      {"CompletePayment", T::kPurchase, Shape::kEach},
    {"Purchase", T::kPurchase, Shape::kEach},       {"Search", T::kSearch, Shape::kPlain}};

constexpr Copy kOfTikTokEvent[] = {{"event_id", "event_id"},
                                   {"event_time", "occurred_at"},
                                   {"timestamp", "occurred_at"},
                                   {"user.ttp", "device_id"},
                                   {"context.user.ttp", "device_id"},
                                   {"user.user_agent", "context.user_agent"},
                                   {"context.user_agent", "context.user_agent"}};
constexpr Copy kTikTokContent[] = {
    {"content_id", "garment_id"}, {"id", "garment_id"}, {"price", "price"}, {"quantity", "quantity"}};
constexpr Copy kOfPayment[] = {{"currency", "currency"}, {"order_id", "order_id"}};

// A hash of what names a person, or a list of them.
constexpr Copy kTikTokPerson[] = {{"external_id", "external_id"},
                                  {"email", "email_hash"},
                                  {"phone", "external_id"},
                                  {"phone_number", "external_id"}};

void take_person(Draft& draft, const json::object& event, std::string_view base) {
  const bool is_new = event.contains("user");
  const auto& user = object_at(event, is_new ? "user" : "context.user");
  for (const auto& [member, ours] : kTikTokPerson) {
    const auto* found = user.if_contains(member);
    if (found == nullptr) continue;
    const auto* list = found->if_array();
    draft.take(ours,
               list == nullptr ? *found
               : list->empty() ? json::value()
                               : list->front(),
               fmt::format("{}/{}/{}", base, is_new ? "user" : "context/user", member));
  }
}

// {contents: [{content_id, price, quantity}]}, {content_ids: [..]} or {content_id: ..}, as a list of
// products.
json::object with_contents_of(json::object properties) {
  const auto* contents = properties.if_contains("contents");
  if (contents != nullptr && contents->is_object()) {
    json::value one = *contents;
    properties["contents"] = json::array{std::move(one)};
  } else if (contents == nullptr || !contents->is_array()) {
    json::array products;
    if (const auto* ids = properties.if_contains("content_ids"); ids != nullptr && ids->is_array())
      for (const auto& id : ids->get_array()) products.push_back(id);
    else if (const auto* id = properties.if_contains("content_id"))
      products.push_back(*id);
    properties["contents"] = std::move(products);
  }
  return properties;
}

}  // namespace

bool is_tiktok(const json::object& entry) {
  if (text_at(entry, "event").empty() || entry.contains("messageId")) return false;
  return entry.contains("pixel_code") || (entry.contains("event_time") && entry.contains("user"));
}

bool is_tiktok_batch(const json::object& body) {
  const auto* data = body.if_contains("data");
  const auto* list = data != nullptr ? data->if_array() : nullptr;
  return body.contains("event_source") && list != nullptr && !list->empty();
}

Result<std::vector<Translated>> translate_tiktok(const json::object& event, std::string_view base) {
  const auto name = text_at(event, "event");
  const auto* known = find_name(name, kTikTokEvents);
  if (known == nullptr) return untranslated(name, fmt::format("{}/event", base), kTikTokEvents);
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  take_person(draft, event, base);
  draft.copy(event, base, kOfTikTokEvent);
  std::string id(draft.text("event_id"));
  if (id.empty()) id = content_id_of("tiktok", event);
  draft.put("event_id", json::value(id));
  const json::object properties = with_contents_of(object_at(event, "properties"));
  const std::string below = fmt::format("{}/properties", base);
  if (known->shape == Shape::kPlain) {
    constexpr Copy kQuery[] = {{"query", "query"}, {"search_string", "query"}};
    draft.copy(properties, below, kQuery);
    return just(std::move(draft));
  }
  // As Meta's, a ViewContent may be of any page.
  if (known->type == T::kProductView && properties.at("contents").as_array().empty())
    return std::vector<Translated>();
  const auto shared = std::span(kOfPayment).first(known->type == T::kPurchase ? 2 : 1);
  return translate_each({known->type, id, properties, below, "contents", kTikTokContent, shared}, draft);
}

}  // namespace modiste
