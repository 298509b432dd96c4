// Segment's spec: https://segment.com/docs/connections/spec/ (common fields, identify, page, track) and its
// e-commerce events, V2 with V1's names.
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

// By snake case.
constexpr ForeignName kTracks[] = {{"product_viewed", T::kProductView, Shape::kOne},
                                   {"viewed_product", T::kProductView, Shape::kOne},
                                   {"product_clicked", T::kClick, Shape::kOne},
                                   {"product_added", T::kAddToCart, Shape::kOne},
                                   {"added_product", T::kAddToCart, Shape::kOne},
                                   {"wishlist_product_added_to_cart", T::kAddToCart, Shape::kOne},
                                   {"product_removed", T::kRemoveFromCart, Shape::kOne},
                                   {"removed_product", T::kRemoveFromCart, Shape::kOne},
                                   {"product_added_to_wishlist", T::kSave, Shape::kOne},
                                   {"product_removed_from_wishlist", T::kUnsave, Shape::kOne},
                                   {"product_reviewed", T::kReview, Shape::kOne},
                                   {"product_list_viewed", T::kImpression, Shape::kList},
                                   {"order_completed", T::kPurchase, Shape::kEach},
                                   {"completed_order", T::kPurchase, Shape::kEach},
                                   {"order_refunded", T::kReturn, Shape::kEach},
                                   {"products_searched", T::kSearch, Shape::kPlain},
                                   {"product_list_filtered", T::kFilter, Shape::kPlain},
                                   {"cart_viewed", T::kPageView, Shape::kPlain}};

constexpr Copy kEveryCall[] = {{"messageId", "event_id"},
                               {"userId", "shopper_id"},
                               {"anonymousId", "device_id"},
                               {"context.locale", "context.locale"},
                               {"context.timezone", "context.time_zone"},
                               {"context.userAgent", "context.user_agent"},
                               {"context.page.referrer", "context.referrer"},
                               {"context.location.region", "context.region"},
                               {"context.location.city", "context.region"},
                               {"context.location.latitude", "context.latitude"},
                               {"context.location.longitude", "context.longitude"}};

constexpr auto kProduct = joined(std::to_array<Copy>({{"product_id", "garment_id"},
                                                      {"productId", "garment_id"},
                                                      {"id", "garment_id"},
                                                      {"item_id", "garment_id"},
                                                      {"garment_id", "garment_id"},
                                                      {"sku", "sku"},
                                                      {"variant_id", kAlsoKnownAs},
                                                      {"variantId", kAlsoKnownAs},
                                                      {"shopify_variant_id", kAlsoKnownAs},
                                                      {"shopify_product_id", kAlsoKnownAs},
                                                      {"colour", "colour"},
                                                      {"color", "colour"},
                                                      {"variant", "colour"},  // often a size or a number
                                                      {"item_variant", "colour"},
                                                      {"size", "size"},
                                                      {"price", "price"},
                                                      {"unit_price", "price"},
                                                      {"unitPrice", "price"},
                                                      {"item_price", "price"},
                                                      {"quantity", "quantity"},
                                                      {"qty", "quantity"},
                                                      {"discount", "discount"},
                                                      {"currency", "currency"}}),
                                 kOtherNumbers);

// What a call says for all its products.
constexpr auto kOfCall = std::to_array<Copy>({{"currency", "currency"}});
constexpr auto kOfOrderCall = joined(std::to_array<Copy>({{"currency", "currency"},
                                                          {"order_id", "order_id"},
                                                          {"orderId", "order_id"},
                                                          {"transaction_id", "order_id"}}),
                                     kOrderStates);
constexpr auto kOfReturnCall =
    joined(kOfOrderCall, std::to_array<Copy>({{"reason", "reason"}, {"return_reason", "reason"}}));

std::span<const Copy> shared_by(T type) {
  if (type == T::kReturn) return kOfReturnCall;
  return type == T::kPurchase ? std::span<const Copy>(kOfOrderCall) : kOfCall;
}

struct Word {
  std::string_view theirs, ours;
};
constexpr Word kDevices[] = {{"ios", "phone"},   {"android", "phone"},    {"mobile", "phone"},
                             {"phone", "phone"}, {"smartphone", "phone"}, {"tablet", "tablet"},
                             {"ipad", "tablet"}, {"desktop", "desktop"},  {"web", "desktop"}};
constexpr Word kChannels[] = {{"browser", "web"}, {"web", "web"}, {"mobile", "app"}, {"server", "server"}};

void take_word(Draft& draft, const json::object& call, std::string_view path, std::string_view member,
               std::span<const Word> words) {
  const auto theirs = snake_case(text_at(call, path));
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.theirs == theirs; });
  if (found != words.end()) draft.take(member, json::value(found->ours), "");
}

// By Segment's spec a phone's clock is corrected by what it showed when it sent:
//   timestamp = receivedAt - (sentAt - originalTimestamp)
// A relay that has received the call has done so already, and says both times; else the door does it by
// sent_at. https://segment.com/docs/connections/spec/common/#timestamp-overview
void take_time(Draft& draft, const json::object& call, std::string_view base) {
  constexpr Copy kTimes[] = {{"timestamp", "occurred_at"}, {"originalTimestamp", "occurred_at"}};
  const bool has_timestamp = !text_at(call, "timestamp").empty();
  const auto original = parse_rfc3339(text_at(call, "originalTimestamp"));
  const auto sent = parse_rfc3339(text_at(call, "sentAt"));
  const auto received = parse_rfc3339(text_at(call, "receivedAt"));
  if (!has_timestamp && original.ok() && sent.ok() && received.ok())
    draft.take("occurred_at", json::value(to_rfc3339(*received - std::max(*sent - *original, Micros(0)))),
               fmt::format("{}/originalTimestamp", base));
  draft.copy(call, base, kTimes);
  const bool is_corrected =
      received.ok() || (has_timestamp && !text_at(call, "originalTimestamp").empty() &&
                        text_at(call, "timestamp") != text_at(call, "originalTimestamp"));
  constexpr Copy kSent[] = {{"sentAt", "sent_at"}, {"sent_at", "sent_at"}};
  if (!is_corrected) draft.copy(call, base, kSent);
}

Draft begin(const json::object& call, std::string_view base, T type, TimePoint received_at) {
  Draft draft;
  draft.put("type", json::value(name_of(type)));
  draft.copy(call, base, kEveryCall);
  if (const auto* session = find_path(call, "context.sessionId"))  // RudderStack's is when it began
    take_session_number(draft, *session, fmt::format("{}/context/sessionId", base));
  take_time(draft, call, base);
  take_word(draft, call, "context.device.type", "context.device", kDevices);
  take_word(draft, call, "channel", "context.channel", kChannels);
  // Segment's examples write the country out; ours is a code.
  if (text_at(call, "context.location.country").size() == 2)
    draft.take("context.country", *find_path(call, "context.location.country"),
               fmt::format("{}/context/location/country", base));
  if (!draft.has("event_id")) draft.put("event_id", json::value(content_id_of("segment", call, received_at)));
  return draft;
}

std::string id_of(const json::object& call, TimePoint received_at) {
  const auto id = text_at(call, "messageId");
  return id.empty() ? content_id_of("segment", call, received_at) : std::string(id);
}

// Segment's filters are a list of {type, value}; ours are values by facet.
void take_filters(Draft& draft, const json::object& properties, std::string_view base) {
  const auto* list = find_path(properties, "filters");
  if (list == nullptr) return;
  if (!list->is_array()) return draft.take("filters", *list, fmt::format("{}/filters", base));
  json::object filters;
  for (const auto& entry : list->get_array()) {
    const auto* filter = entry.if_object();
    const auto* value = filter != nullptr ? filter->if_contains("value") : nullptr;
    if (value == nullptr) continue;
    auto& values = filters[text_at(*filter, "type")];
    (values.is_array() ? values.get_array() : values.emplace_array())
        .push_back(value->is_string() ? *value : json::value(serialize_json(*value)));
  }
  draft.take("filters", json::value(std::move(filters)), fmt::format("{}/filters", base));
}

Result<std::vector<Translated>> translate_plain(Draft draft, T type, const json::object& properties,
                                                const std::string& base) {
  constexpr Copy kQuery[] = {{"query", "query"}, {"search_term", "query"}};
  if (type == T::kSearch) draft.copy(properties, base, kQuery);
  if (type == T::kFilter) take_filters(draft, properties, base);
  if (type == T::kPageView) draft.put("page", json::value("cart"));
  return just(std::move(draft));
}

// The member that is the list of products, as others than Segment call it.
std::string_view product_list_in(const json::object& properties) {
  for (const std::string_view name : {"items", "line_items"})
    if (const auto* list = properties.if_contains(name); list != nullptr && list_of_products(*list))
      return name;
  return "products";
}

// An order's own "id" does not name a product.
bool names_one_of_an_order(const json::object& properties) {
  return std::any_of(std::begin(kProduct), std::end(kProduct), [&](const Copy& copy) {
    return copy.from != "id" && (copy.to == "garment_id" || copy.to == "sku" || copy.to == kAlsoKnownAs) &&
           properties.contains(copy.from);
  });
}

// The one product, as an object or by its id alone.
constexpr std::string_view kProductHolders[] = {"product", "item"};

bool names_a_product(const json::object& properties) {
  return properties.contains("id") || names_one_of_an_order(properties) ||
         std::any_of(std::begin(kProductHolders), std::end(kProductHolders), [&](std::string_view holder) {
           const auto* product = properties.if_contains(holder);
           return product != nullptr && !product->is_null() && !product->is_array();
         });
}

void take_held_product(Draft& draft, const NamedTrack& track) {
  for (const std::string_view holder : kProductHolders)
    if (const auto* product = track.properties.if_contains(holder);
        product != nullptr && !product->is_null() && !product->is_array())
      take_product(draft, *product, fmt::format("{}/{}", track.pointer, holder), kProduct);
}

Result<std::vector<Translated>> translate_track(const json::object& call, std::string_view base,
                                                TimePoint received_at) {
  const auto name = text_at(call, "event");
  const NamedTrack track{name, fmt::format("{}/event", base), id_of(call, received_at),
                         object_at(call, "properties"), fmt::format("{}/properties", base)};
  const auto known = track_of(name);
  if (!known) return no_track(track);
  return translate_named(track, *known, begin(call, base, known->type, received_at));
}

// A body of POST /v1/track says by its address alone that it is one.
bool is_untyped_track(const json::object& entry) {
  const auto* properties = entry.if_contains("properties");
  return !entry.contains("type") && properties != nullptr && properties->is_object() &&
         (entry.contains("userId") || entry.contains("anonymousId")) &&
         find_name(snake_case(text_at(entry, "event")), kTracks) != nullptr;
}

}  // namespace

std::span<const Copy> product_members() { return kProduct; }

std::optional<ForeignName> track_of(std::string_view name) {
  const std::string snake = snake_case(name);
  if (const auto* known = find_name(snake, kTracks)) return *known;
  // What shops call them without a spec; a list where the call has one.
  constexpr T kOfOneGarment[] = {T::kProductView, T::kClick,  T::kLike,      T::kPass,
                                 T::kSave,        T::kUnsave, T::kAddToCart, T::kRemoveFromCart,
                                 T::kPurchase,    T::kReturn, T::kReview};
  const auto type = type_of_common_name(snake);
  if (type == T::kSearch || type == T::kFilter) return ForeignName{{}, *type, Shape::kPlain};
  if (type == T::kImpression || snake == "view_item_list")
    return ForeignName{{}, T::kImpression, Shape::kList};
  if (type == T::kIdentify || name == "$identify" || snake == "sign_up")
    return ForeignName{{}, T::kIdentify, Shape::kPlain};
  if (type && contains(kOfOneGarment, *type)) return ForeignName{{}, *type, Shape::kOne};
  return std::nullopt;
}

json::object with_snake_names(const json::object& properties) {
  json::object out = properties;
  for (const auto& [key, value] : properties) {
    json::value inner = value;
    const std::string snake = snake_case(key);
    constexpr std::string_view kLists[] = {"products", "items", "line_items"};
    if (contains(kLists, snake))
      if (auto products = list_of_products(inner)) inner = std::move(*products);
    if (auto* list = inner.if_array())
      for (auto& entry : *list)
        if (const auto* object = entry.if_object()) entry = with_snake_names(json::object(*object));
    out[out.contains(snake) ? std::string(key) : snake] = std::move(inner);
  }
  return out;
}

Result<std::vector<Translated>> no_track(const NamedTrack& track) {
  return untranslated(track.name, track.name_pointer, kTracks);
}

Result<std::vector<Translated>> translate_named(const NamedTrack& track, const ForeignName& known,
                                                Draft draft) {
  const json::object& properties = track.properties;
  if (known.shape == Shape::kPlain)
    return translate_plain(std::move(draft), known.type, properties, track.pointer);
  if (const auto* session = properties.if_contains("session_id");
      session != nullptr && (known.shape == Shape::kOne || known.shape == Shape::kEach))
    take_session_number(draft, *session, track.pointer + "/session_id");
  const auto shared = shared_by(known.type);
  const std::string_view list_name =
      properties.contains("products") ? "products" : product_list_in(properties);
  const ProductCall products{known.type, track.event_id, properties, track.pointer,
                             list_name,  kProduct,       shared};
  if (known.shape == Shape::kList) return translate_list(products, std::move(draft));
  // Some send the one product as a list, and the one product of an order without one.
  const auto* list = properties.if_contains(list_name);
  const bool is_one =
      names_one_of_an_order(properties) || (!properties.contains("id") && names_a_product(properties));
  if (known.shape == Shape::kEach && (list != nullptr || !is_one)) return translate_each(products, draft);
  const auto read = list != nullptr ? list_of_products(*list) : std::nullopt;
  if (read && !read->empty() && !names_a_product(properties)) return translate_each(products, draft);
  if (known.type == T::kReturn && !names_a_product(properties)) return translate_each(products, draft);
  take_held_product(draft, track);
  draft.copy(properties, track.pointer, kProduct);
  if (known.type == T::kClick && known.name.empty() && !draft.names_a_product())  // on a button
    return std::vector<Translated>();
  if (known.type == T::kReview) draft.copy(properties, track.pointer, kRatings);
  draft.copy(properties, track.pointer, shared);
  return just(std::move(draft));
}

bool is_segment(const json::object& entry) {
  const auto type = text_at(entry, "type");
  if (is_untyped_track(entry)) return true;
  constexpr std::string_view kCalls[] = {"track", "identify", "page", "screen", "group", "alias", "merge"};
  return std::find(std::begin(kCalls), std::end(kCalls), type) != std::end(kCalls) &&
         (entry.contains("messageId") || entry.contains("userId") || entry.contains("anonymousId"));
}

Result<std::vector<Translated>> translate_segment(const json::object& call, std::string_view base,
                                                  TimePoint received_at) {
  const auto type = text_at(call, "type");
  if (type == "track" || is_untyped_track(call)) return translate_track(call, base, received_at);
  // Traits are ignored: a profile is built from what the shopper does.
  if (type == "identify") return just(begin(call, base, T::kIdentify, received_at));
  return std::vector<Translated>();  // pages, screens, groups, aliases and RudderStack's merges teach nothing
}

}  // namespace modiste
