#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/contains.h"
#include "events/event.h"
#include "ingest/known_events.h"
#include "ingest/other_names.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

// By snake case, so that eventId and event-id are event_id before they come here.
constexpr Copy kMembers[] = {{"id", "event_id"},
                             {"message_id", "event_id"},
                             {"event_uuid", "event_id"},
                             {"event", "type"},
                             {"event_type", "type"},
                             {"event_name", "type"},
                             {"action", "type"},
                             {"name", "type"},
                             {"user_id", "shopper_id"},
                             {"user", "shopper_id"},
                             {"customer_id", "shopper_id"},
                             {"account_id", "shopper_id"},
                             {"anonymous_id", "device_id"},
                             {"client_id", "device_id"},
                             {"visitor_id", "device_id"},
                             {"timestamp", "occurred_at"},
                             {"ts", "occurred_at"},
                             {"time", "occurred_at"},
                             {"event_time", "occurred_at"},
                             {"created_at", "occurred_at"},
                             {"item_id", "garment_id"},
                             {"item", "garment_id"},
                             {"product_id", "garment_id"},
                             {"product", "garment_id"},
                             {"color", "colour"},
                             {"variant_id", "sku"},
                             {"variant", "colour"},
                             {"item_variant", "colour"},
                             {"transaction_id", "order_id"},
                             {"order_number", "order_id"},
                             {"qty", "quantity"},
                             {"amount", "price"},
                             {"unit_price", "price"},
                             {"dwell", "dwell_ms"},
                             {"duration_ms", "dwell_ms"},
                             {"search_term", "query"},
                             {"search_query", "query"},
                             {"return_reason", "reason"},
                             {"path", "page"}};

constexpr Copy kTypes[] = {{"cart_add", "add_to_cart"},
                           {"added_to_cart", "add_to_cart"},
                           {"basket_add", "add_to_cart"},
                           {"add_to_basket", "add_to_cart"},
                           {"add_to_bag", "add_to_cart"},
                           {"added_to_bag", "add_to_cart"},
                           {"added_to_basket", "add_to_cart"},
                           {"bag_add", "add_to_cart"},
                           {"item_added", "add_to_cart"},
                           {"item_added_to_cart", "add_to_cart"},
                           {"product_added_to_cart", "add_to_cart"},
                           {"product_added_to_bag", "add_to_cart"},
                           {"cart_remove", "remove_from_cart"},
                           {"removed_from_cart", "remove_from_cart"},
                           {"basket_remove", "remove_from_cart"},
                           {"remove_from_bag", "remove_from_cart"},
                           {"removed_from_bag", "remove_from_cart"},
                           {"remove_from_basket", "remove_from_cart"},
                           {"removed_from_basket", "remove_from_cart"},
                           {"item_removed_from_cart", "remove_from_cart"},
                           {"product_removed_from_cart", "remove_from_cart"},
                           {"view", "product_view"},
                           {"viewed", "product_view"},
                           {"detail_view", "product_view"},
                           {"item_view", "product_view"},
                           {"item_viewed", "product_view"},
                           {"viewed_item", "product_view"},
                           {"view_product", "product_view"},
                           {"product_detail_viewed", "product_view"},
                           {"product_page_viewed", "product_view"},
                           {"view_item", "product_view"},
                           {"pdp_view", "product_view"},
                           {"pdp_viewed", "product_view"},
                           {"viewed_pdp", "product_view"},
                           {"view_content", "product_view"},
                           {"product_detail_view", "product_view"},
                           {"pageview", "page_view"},
                           {"page_viewed", "page_view"},
                           {"clicked", "click"},
                           {"liked_product", "like"},
                           {"product_like", "like"},
                           {"liked", "like"},
                           {"product_liked", "like"},
                           {"item_liked", "like"},
                           {"like_product", "like"},
                           {"thumbs_up", "like"},
                           {"swipe_right", "like"},
                           {"dislike", "pass"},
                           {"disliked", "pass"},
                           {"skip", "pass"},
                           {"skipped", "pass"},
                           {"swipe_left", "pass"},
                           {"product_disliked", "pass"},
                           {"item_disliked", "pass"},
                           {"product_skipped", "pass"},
                           {"thumbs_down", "pass"},
                           {"wishlist_add", "save"},
                           {"add_to_wishlist", "save"},
                           {"favourite", "save"},
                           {"favorite", "save"},
                           {"bookmark", "save"},
                           {"saved", "save"},
                           {"added_to_wishlist", "save"},
                           {"add_to_favorites", "save"},
                           {"add_to_favourites", "save"},
                           {"added_to_favorites", "save"},
                           {"added_to_favourites", "save"},
                           {"favorited", "save"},
                           {"favourited", "save"},
                           {"product_favorited", "save"},
                           {"product_favourited", "save"},
                           {"product_saved", "save"},
                           {"item_saved", "save"},
                           {"wishlisted", "save"},
                           {"save_for_later", "save"},
                           {"saved_for_later", "save"},
                           {"heart", "save"},
                           {"hearted", "save"},
                           {"wishlist_remove", "unsave"},
                           {"remove_from_wishlist", "unsave"},
                           {"unlike", "unsave"},
                           {"unliked", "unsave"},
                           {"unfavourite", "unsave"},
                           {"unfavorite", "unsave"},
                           {"removed_from_wishlist", "unsave"},
                           {"remove_from_favorites", "unsave"},
                           {"remove_from_favourites", "unsave"},
                           {"removed_from_favorites", "unsave"},
                           {"removed_from_favourites", "unsave"},
                           {"purchased", "purchase"},
                           {"buy", "purchase"},
                           {"bought", "purchase"},
                           {"order", "purchase"},
                           {"placed_order", "purchase"},
                           {"order_placed", "purchase"},
                           {"ordered_product", "purchase"},
                           {"product_purchased", "purchase"},
                           {"item_purchased", "purchase"},
                           {"checkout_complete", "purchase"},
                           {"checkout_completed", "purchase"},
                           {"completed_checkout", "purchase"},
                           {"transaction_completed", "purchase"},
                           {"order_success", "purchase"},
                           {"order_complete", "purchase"},
                           {"order_confirmed", "purchase"},
                           {"returned_item", "return"},
                           {"returned_product", "return"},
                           {"returned", "return"},
                           {"refund", "return"},
                           {"refunded", "return"},
                           {"refunded_order", "return"},
                           {"order_returned", "return"},
                           {"returned_order", "return"},
                           {"product_returned", "return"},
                           {"product_refunded", "return"},
                           {"item_returned", "return"},
                           {"item_refunded", "return"},
                           {"search_performed", "search"},
                           {"site_search", "search"},
                           {"performed_search", "search"},
                           {"searched", "search"},
                           {"filtered", "filter"},
                           {"rate", "review"},
                           {"rated", "review"},
                           {"login", "identify"},
                           {"product_viewed", "product_view"},
                           {"product_clicked", "click"},
                           {"item_clicked", "click"},
                           {"not_interested", "pass"},
                           {"uninterested", "pass"},
                           {"favorited_product", "save"},
                           {"favourited_product", "save"},
                           {"saved_product", "save"},
                           {"wishlist_added", "save"},
                           {"wishlist_removed", "unsave"},
                           {"product_unfavorited", "unsave"},
                           {"unfavorited", "unsave"},
                           {"unfavourited", "unsave"},
                           {"order_paid", "purchase"},
                           {"order_created", "purchase"},
                           {"checkout_success", "purchase"},
                           {"purchase_completed", "purchase"},
                           {"purchase_complete", "purchase"},
                           {"purchase_success", "purchase"},
                           {"return_completed", "return"},
                           {"return_received", "return"},
                           {"refund_issued", "return"},
                           {"refund_created", "return"},
                           {"refund_completed", "return"},
                           {"review_submitted", "review"},
                           {"submitted_review", "review"},
                           {"review_created", "review"},
                           {"review_added", "review"},
                           {"left_review", "review"},
                           {"product_rated", "review"},
                           {"rated_product", "review"},
                           {"reviewed", "review"},
                           {"reviewed_product", "review"},
                           {"shown", "impression"},
                           {"impressions", "impression"}};

std::string_view ours(std::span<const Copy> table, std::string_view theirs) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Copy& name) { return name.from == theirs; });
  return found == table.end() ? std::string_view() : found->to;
}

// Of a member in snake case.
std::string_view alias_of(std::string_view snake) {
  for (const std::span<const Copy> table :
       {std::span<const Copy>(kMembers), std::span<const Copy>(kOtherNumbers),
        std::span<const Copy>(kOrderStates), std::span<const Copy>(kRatings)})
    if (const auto alias = ours(table, snake); !alias.empty()) return alias;
  return {};
}

bool is_ours(std::string_view name) {
  static constexpr auto kNames = json_detail::field_names<Event>();
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// Our own spelling first: where both are there, it counts.
std::string member_of(std::string_view theirs) {
  if (is_ours(theirs)) return std::string(theirs);
  auto snake = snake_case(theirs);
  if (is_ours(snake)) return snake;
  const auto alias = alias_of(snake);
  return std::string(alias.empty() ? theirs : alias);
}

// Which members count first where several are one of ours: our own name, then others, at last what may be
// anything of a variant.
enum MemberTurn { kOurSpelling, kOtherSpelling, kOfAVariant };
MemberTurn turn_of(std::string_view key) {
  const auto snake = snake_case(key);
  if (snake == "variant" || snake == "item_variant") return kOfAVariant;
  return is_ours(key) ? kOurSpelling : kOtherSpelling;
}

// Read, and no member of ours.
bool is_aside(std::string_view member) {
  return member == kRatingBest || member == kOrderState || member == kAlsoKnownAs;
}

// Members below, where only letters and the names of things differ.
json::value spelled(const json::value& sent) {
  const json::value& value = unwrapped(sent);
  if (const auto* list = value.if_array()) {
    json::array out;
    for (const auto& entry : *list) out.push_back(spelled(entry));
    return out;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return value;
  json::object out;
  for (const int turn : {kOurSpelling, kOtherSpelling, kOfAVariant})
    for (const auto& [key, member] : *object) {
      const auto snake = snake_case(key);
      if (turn_of(key) != turn) continue;
      const auto alias = alias_of(snake);
      const auto name = alias == "garment_id" || alias == "colour" ? alias
                        : snake == "timezone"                      ? std::string_view("time_zone")
                                                                   : std::string_view(snake);
      out.emplace(name, spelled(member));
    }
  return out;
}

bool holds_more(std::string_view name) {
  return name == "properties" || name == "payload" || name == "data" || name == "params";
}

json::value type_of(const json::value& theirs) {
  const auto* text = theirs.if_string();
  if (text == nullptr) return theirs;
  const auto snake = snake_case(*text);
  if (enum_from_name<EventType>(snake)) return json::value(snake);
  const auto type = ours(kTypes, snake);
  return type.empty() ? theirs : json::value(type);
}

// Its type is not ours, by any name, and stands in the table of known events.
bool is_known_to_teach_nothing(const json::object& entry) {
  for (const auto& [key, value] : entry) {
    const auto* name = member_of(key) == "type" ? value.if_string() : nullptr;
    if (name == nullptr) continue;
    const auto snake = snake_case(*name);
    if (!enum_from_name<EventType>(snake) && ours(kTypes, snake).empty() && teaches_nothing(snake))
      return true;
  }
  return false;
}

// {"product": {"id": ..}} and {"user": {"id": ..}}: what else is said there of a product counts too.
void take_described(Draft& draft, std::string_view member, const json::object& described,
                    const std::string& base) {
  if (member == "garment_id") return draft.copy(described, base, product_members());
  constexpr Copy kOfUser[] = {{"id", "shopper_id"}, {"user_id", "shopper_id"}, {"userId", "shopper_id"}};
  draft.copy(described, base, kOfUser);
}

// The list of products of an order or a cart; empty: the entry is of one garment.
std::string_view list_name_in(const json::object& entry) {
  for (const std::string_view name : {"products", "items", "line_items", "lineItems"})
    if (const auto* found = entry.if_contains(name); found != nullptr)
      if (const auto list = list_of_products(*found); list && !list->empty()) return name;
  return {};
}

// The type of an entry that may be about several garments at once.
std::optional<EventType> type_of_each(const Draft& draft) {
  constexpr EventType kOfSeveral[] = {
      EventType::kProductView,    EventType::kClick,    EventType::kSave,  EventType::kAddToCart,
      EventType::kRemoveFromCart, EventType::kPurchase, EventType::kReturn};
  const auto type = enum_from_name<EventType>(draft.text("type"));
  return type && contains(kOfSeveral, *type) ? type : std::nullopt;
}

void take_all(Draft& draft, const json::object& entry, std::string_view base);

void take_member(Draft& draft, std::string_view key, const json::value& value, const std::string& pointer) {
  const auto member = member_of(key);
  if (holds_more(key) && value.is_object()) {
    take_all(draft, value.get_object(), pointer);
  } else if (value.is_object() && !is_ours(key) && (member == "garment_id" || member == "shopper_id")) {
    take_described(draft, member, value.get_object(), pointer);
  } else if (is_aside(member) && !is_ours(key)) {
    draft.take(member, value, pointer);
  } else if (!is_ours(member)) {
    draft.take_unknown(key, value, pointer);
  } else if (member == "type") {
    draft.take(member, type_of(value), pointer);
  } else {
    draft.take(member, member == "filters" ? value : spelled(value), pointer);
  }
}

void take_all(Draft& draft, const json::object& entry, std::string_view base) {
  for (const int turn : {kOurSpelling, kOtherSpelling, kOfAVariant})
    for (const auto& [key, value] : entry)
      if (turn_of(key) == turn)
        take_member(draft, key, value, std::string(base) + json_detail::at(Error{}, key).where);
}

}  // namespace

std::optional<EventType> type_of_common_name(std::string_view snake) {
  if (const auto own = enum_from_name<EventType>(snake)) return own;
  const auto other = ours(kTypes, snake);
  return other.empty() ? std::nullopt : enum_from_name<EventType>(other);
}

bool is_common(const json::object& body) {
  return std::any_of(body.begin(), body.end(), [](const auto& member) {
    const auto snake = snake_case(member.key()), name = member_of(member.key());
    if (snake == "name")
      return member.value().is_string() && track_of(member.value().get_string()).has_value();
    return snake != "id" && (name == "type" || name == "event_id");
  });
}

Result<std::vector<Translated>> translate_common(const json::object& entry, std::string_view base) {
  std::vector<Translated> out;
  if (is_known_to_teach_nothing(entry)) return out;
  if (const auto list = list_name_in(entry); !list.empty()) {
    json::object rest = entry;
    rest.erase(list);
    Draft common;
    take_all(common, rest, base);
    const auto type = type_of_each(common);
    if (type && common.has("event_id") && !common.names_a_product())
      return translate_each({*type,
                             std::string(common.text("event_id")),
                             entry,
                             std::string(base),
                             list,
                             product_members(),
                             {}},
                            common);
  }
  Draft draft;
  take_all(draft, entry, base);
  if (!draft.is_of_no_order()) out.push_back(std::move(draft).finish());
  return out;
}

}  // namespace modiste
