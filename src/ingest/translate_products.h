// What Segment, GA4, Shopify and Meta have in common: calls about products, of which one may become several
// events. Internal to translation.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "events/event.h"
#include "ingest/draft.h"

namespace modiste {

enum class Shape : uint8_t {
  kOne,   // about one product: one event
  kEach,  // about each product of a list: one event a product
  kList,  // a list that was shown: one impression
  kPlain  // about no product
};

// Another format's name for one of our members or types.
struct ForeignName {
  std::string_view name;
  EventType type;
  Shape shape;
};

struct ProductCall {
  EventType type;
  std::string event_id;
  const json::object& properties;  // of the call, at `pointer`; it outlives this
  std::string pointer;
  std::string_view list;          // its member that is the list of products
  std::span<const Copy> members;  // of a product
  std::span<const Copy> shared;   // of the call, where the product does not say itself
};

// A list of products, or what shops' systems make of one: PHP writes a list that was filtered as {"0": ..,
// "2": ..}, tag managers write its text, others the one product alone. Nothing: it is something else.
[[nodiscard]] std::optional<json::array> list_of_products(const json::value& sent);
// What is said of one product, by an object or by its id alone.
void take_product(Draft& draft, const json::value& product, const std::string& pointer,
                  std::span<const Copy> members);
// The names that Segment's spec and others have for a product's members, in snake case.
[[nodiscard]] std::span<const Copy> product_members();

// Numbers the lines of one order that are about the same variant, as far as the sender says it.
class OrderLines {
 public:
  void number(Draft& draft);

 private:
  std::map<std::string, int> lines_;  // of each variant
};

// One event a product, each begun as a copy of `common`. A return without a list is of the whole order.
Result<std::vector<Translated>> translate_each(const ProductCall& call, const Draft& common);
// One impression of all of them; none of no product.
Result<std::vector<Translated>> translate_list(const ProductCall& call, Draft common);

// The number of what Shopify names by a number, by an address that ends in it ("gid://shopify/LineItem/8665")
// or by an object that has either; else empty.
[[nodiscard]] std::string shopify_number(const json::value& named);

// The event ids of a Shopify return's lines, by the numbers of the lines of the order. The webhooks of the
// return's states and of its refunds tell the same lines: the ids agree.
class ReturnLineIds {
 public:
  explicit ReturnLineIds(std::string return_id) : return_id_(std::move(return_id)) {}
  [[nodiscard]] std::string next(const std::string& number);

 private:
  std::string return_id_;
  std::map<std::string, int> lines_;  // of each number
};

// A track call by a name of Segment's e-commerce spec, which other tools recommend too, or by another common
// name of ours (translate_common.cpp).
struct NamedTrack {
  std::string_view name;     // as the sender writes it
  std::string name_pointer;  // where
  std::string event_id;
  const json::object& properties;
  std::string pointer;  // of the properties
};
// The name's type and shape; empty: not of these.
[[nodiscard]] std::optional<ForeignName> track_of(std::string_view name);
// `known`: of track_of(). `draft` says who and when.
Result<std::vector<Translated>> translate_named(const NamedTrack& track, const ForeignName& known,
                                                Draft draft);
// By Segment's names alone: what else is known teaches nothing or is refused.
Result<std::vector<Translated>> no_track(const NamedTrack& track);
// The properties with every name in snake case beside the sender's own ("Product ID"), in lists too.
[[nodiscard]] json::object with_snake_names(const json::object& properties);
// Our type of another common name, in snake case: "cart_add".
[[nodiscard]] std::optional<EventType> type_of_common_name(std::string_view snake);

// The number that a tool gives to a session, which each device counts for itself (the second when it began):
// with the device's id before it; none without one. The device is taken before.
void take_session_number(Draft& draft, const json::value& number, std::string pointer);
// One event; none for an identify of one identifier and a search for nothing.
[[nodiscard]] std::vector<Translated> just(Draft draft);
[[nodiscard]] const ForeignName* find_name(std::string_view name, std::span<const ForeignName> known);
// Nothing for a name that is known and teaches nothing; else refuses it.
Result<std::vector<Translated>> untranslated(std::string_view name, std::string pointer,
                                             std::span<const ForeignName> known);
// Empty when there is none.
[[nodiscard]] const json::object& object_at(const json::object& object, std::string_view path);

}  // namespace modiste
