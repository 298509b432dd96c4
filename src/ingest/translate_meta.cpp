// Meta's standard events, as its pixel and its Conversions API have them, and Pinterest's and Snapchat's:
// https://developers.facebook.com/docs/meta-pixel/reference
// https://developers.facebook.com/docs/marketing-api/conversions-api/parameters
#include <fmt/format.h>

#include <algorithm>

#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr ForeignName kMetaEvents[] = {{"ViewContent", T::kProductView, Shape::kEach},
                                       {"AddToCart", T::kAddToCart, Shape::kEach},
                                       {"AddToWishlist", T::kSave, Shape::kEach},
                                       {"Purchase", T::kPurchase, Shape::kEach},
                                       {"Search", T::kSearch, Shape::kPlain},
                                       // Pinterest's, whose API has this form too
                                       {"page_visit", T::kProductView, Shape::kEach},
                                       {"view_content", T::kProductView, Shape::kEach},
                                       {"add_to_cart", T::kAddToCart, Shape::kEach},
                                       {"add_to_wishlist", T::kSave, Shape::kEach},
                                       {"checkout", T::kPurchase, Shape::kEach},
                                       {"search", T::kSearch, Shape::kPlain},
                                       // Snapchat's
                                       {"VIEW_CONTENT", T::kProductView, Shape::kEach},
                                       {"ADD_CART", T::kAddToCart, Shape::kEach},
                                       {"ADD_TO_WISHLIST", T::kSave, Shape::kEach},
                                       {"PURCHASE", T::kPurchase, Shape::kEach},
                                       {"SEARCH", T::kSearch, Shape::kPlain}};

constexpr Copy kOfMetaEvent[] = {{"event_id", "event_id"},
                                 {"eventID", "event_id"},
                                 {"event_time", "occurred_at"},
                                 {"user_data.external_id", "external_id"},
                                 {"user_data.em", "email_hash"},
                                 {"user_data.fbp", "device_id"},
                                 {"user_data.fbc", "device_id"},  // where the browser has no cookie yet
                                 {"user_data.client_user_agent", "context.user_agent"}};
constexpr Copy kContent[] = {
    {"id", "garment_id"}, {"item_price", "price"}, {"price", "price"}, {"quantity", "quantity"}};
constexpr Copy kOfMetaCall[] = {{"currency", "currency"}, {"order_id", "order_id"}};

// Meta sends one value or a list of them.
json::value first_of(const json::object& event, std::string_view path) {
  const auto* found = find_path(event, path);
  if (found == nullptr) return nullptr;
  const auto* list = found->if_array();
  if (list == nullptr) return *found;
  return list->empty() ? json::value() : list->front();
}

// Tag managers send lists as text.
void read_list(json::object& data, std::string_view member) {
  const auto* found = data.if_contains(member);
  const auto* text = found != nullptr ? found->if_string() : nullptr;
  if (text == nullptr || !text->starts_with("[")) return;
  if (auto list = parse_json(*text); list.ok() && list->is_array()) data[member] = std::move(*list);
}

// {contents: [{id, quantity, item_price}]}, or {content_ids: [..]}, as a list of products.
json::object with_contents(json::object data) {
  for (const auto* member : {"contents", "content_ids"}) read_list(data, member);
  if (auto* one = data.if_contains("contents"); one != nullptr && one->is_object()) *one = json::array{*one};
  json::object out = data;
  const auto* contents = data.if_contains("contents");
  if (contents != nullptr && contents->is_array() && !contents->get_array().empty()) return out;
  json::array products;
  if (const auto* ids = data.if_contains("content_ids"); ids != nullptr && !ids->is_null()) {
    if (const auto* list = ids->if_array())
      for (const auto& id : *list) products.push_back(json::object{{"id", id}});
    else
      products.push_back(json::object{{"id", *ids}});
  }
  // The value is of all of them.
  if (const auto* value = data.if_contains("value"); value != nullptr && products.size() == 1)
    products.front().get_object()["price"] = *value;
  out["contents"] = std::move(products);
  return out;
}

// The pixel's own word for it is "event".
std::string_view meta_name(const json::object& event) {
  const auto name = text_at(event, "event_name");
  return name.empty() ? text_at(event, "event") : name;
}

}  // namespace

bool is_meta_event(const json::object& entry) {
  return !meta_name(entry).empty() && (entry.contains("user_data") || entry.contains("custom_data"));
}

bool is_meta(const json::object& body) {
  const auto* data = body.if_contains("data");
  const auto* list = data != nullptr ? data->if_array() : nullptr;
  return list != nullptr && !list->empty() && list->front().is_object() &&
         is_meta_event(list->front().get_object());
}

Result<std::vector<Translated>> translate_meta(const json::object& event, std::string_view base) {
  const auto name = meta_name(event);
  const auto* known = find_name(name, kMetaEvents);
  if (known == nullptr) return untranslated(name, fmt::format("{}/event_name", base), kMetaEvents);
  Draft draft;
  draft.put("type", json::value(name_of(known->type)));
  // A phone's hash names a person in other systems as well as an id of theirs does.
  constexpr Copy kPerson[] = {{"user_data.external_id", "external_id"},
                              {"user_data.em", "email_hash"},
                              {"user_data.ph", "external_id"}};
  for (const auto& [path, member] : kPerson)
    draft.take(member, first_of(event, path), fmt::format("{}/user_data", base));
  draft.copy(event, base, kOfMetaEvent);
  std::string id(draft.text("event_id"));
  if (id.empty()) id = content_id_of("meta", event);
  draft.put("event_id", json::value(id));
  const json::object data = with_contents(object_at(event, "custom_data"));
  const std::string below = fmt::format("{}/custom_data", base);
  if (known->shape == Shape::kPlain) {
    constexpr Copy kQuery[] = {{"search_string", "query"}};
    draft.copy(data, below, kQuery);
    return just(std::move(draft));
  }
  // ViewContent is of any page that the shop cares about; one that names no content is of none of its
  // garments.
  if (known->type == T::kProductView && data.at("contents").as_array().empty())
    return std::vector<Translated>();
  const auto shared = std::span(kOfMetaCall).first(known->type == T::kPurchase ? 2 : 1);
  return translate_each({known->type, id, data, below, "contents", kContent, shared}, draft);
}

}  // namespace modiste
