#include "ingest/translate_products.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/contains.h"
#include "ingest/event_ids.h"
#include "ingest/known_events.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"

namespace modiste {
namespace {

bool is_of_an_order(EventType type) { return type == EventType::kPurchase || type == EventType::kReturn; }

bool has_no_products(const ProductCall& call) {
  const auto* found = call.properties.if_contains(call.list);
  if (found == nullptr || found->is_null()) return true;
  const auto list = list_of_products(*found);
  return list && list->empty();
}

Result<json::array> products_of(const ProductCall& call) {
  const auto* found = call.properties.if_contains(call.list);
  auto list = found != nullptr ? list_of_products(*found) : std::nullopt;
  const std::string pointer = fmt::format("{}/{}", call.pointer, call.list);
  if (!list || list->empty())
    return Error{Code::kInvalid, fmt::format("a {} names no product", name_of(call.type)), pointer,
                 "a list of at least one product"};
  const size_t most = is_of_an_order(call.type) ? kLinesPerOrderMax : kProductsPerCallMax;
  if (list->size() > most)
    return Error{Code::kInvalid, fmt::format("has {} products", list->size()), pointer,
                 fmt::format("at most {}", most)};
  return std::move(*list);
}

// Where in the list a product was shown, as its sender counts: GA4's index (item_list_index in its export)
// from 0, Segment's and Snowplow's position from 1.
std::optional<size_t> place_of(const json::value& product) {
  constexpr size_t kPlaceMax = 10'000;  // as ShownItem's
  const auto* object = product.if_object();
  if (object == nullptr) return std::nullopt;
  for (const std::string_view member : {"index", "item_list_index", "position"}) {
    const auto* found = object->if_contains(member);
    if (found == nullptr || found->is_null()) continue;
    const std::string text = found->is_string() ? std::string(found->get_string()) : serialize_json(*found);
    size_t place = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), place);
    if (error != std::errc() || end != text.data() + text.size() || place > kPlaceMax) return std::nullopt;
    return member == "position" && place > 0 ? place - 1 : place;
  }
  return std::nullopt;
}

// The places of all, where each says its own; else none, and the order of the list counts. Many count GA4's
// index from 1 too.
std::vector<std::optional<size_t>> places_of(const json::array& products) {
  std::vector<std::optional<size_t>> places;
  std::set<size_t> taken;
  for (const auto& product : products) {
    places.push_back(place_of(product));
    if (!places.back() || !taken.insert(*places.back()).second)
      return std::vector<std::optional<size_t>>(products.size());
  }
  if (!taken.empty() && *taken.begin() == 1)
    for (auto& place : places) --*place;
  return places;
}

// Others' identify and login also say what else is known of one identifier, which teaches nothing; nor does a
// search for nothing, an order of no piece or one that came to nothing.
bool tells_nothing(const Draft& draft) {
  constexpr std::string_view kOfPieces[] = {"purchase", "return", "add_to_cart"};
  if (draft.is_of_no_order()) return true;
  if (contains(kOfPieces, draft.text("type")) && draft.is_of_no_piece()) return true;
  if (draft.text("type") == name_of(EventType::kSearch)) return !draft.has("query");  // an empty box
  if (draft.text("type") != name_of(EventType::kIdentify)) return false;
  constexpr std::string_view kIds[] = {"shopper_id",  "loyalty_id", "email_hash",
                                       "external_id", "device_id",  "session_id"};
  return std::count_if(std::begin(kIds), std::end(kIds), [&](std::string_view id) { return draft.has(id); }) <
         2;
}

}  // namespace

std::optional<json::array> list_of_products(const json::value& sent) {
  if (const auto* list = sent.if_array()) return *list;
  if (const auto* text = sent.if_string()) {
    if (!text->starts_with("[")) return std::nullopt;
    auto read = parse_json(*text);
    return read.ok() && read->is_array() ? std::optional(std::move(read->get_array())) : std::nullopt;
  }
  const auto* object = sent.if_object();
  if (object == nullptr || object->empty()) return std::nullopt;
  const bool is_numbered = std::all_of(object->begin(), object->end(), [](const auto& member) {
    return member.key().find_first_not_of("0123456789") == json::string_view::npos;
  });
  if (!is_numbered) return json::array{sent};
  json::array list;
  for (const auto& member : *object) list.push_back(member.value());
  return list;
}

void take_product(Draft& draft, const json::value& product, const std::string& pointer,
                  std::span<const Copy> members) {
  if (const auto* object = product.if_object()) return draft.copy(*object, pointer, members);
  const bool is_an_id = product.is_string() || product.is_number();
  // What is not a product is refused by name: a return without a garment would be of the whole order.
  draft.take("garment_id", is_an_id ? product : json::value(json::array{product}), pointer);
}

void OrderLines::number(Draft& draft) {
  const int line = lines_[fmt::format("{}\n{}\n{}\n{}", draft.text("garment_id"), draft.text("sku"),
                                      draft.text("colour"), draft.text("size"))]++;
  if (line > 0) draft.put("order_line", json::value(line));
}

Result<std::vector<Translated>> translate_each(const ProductCall& call, const Draft& common) {
  std::vector<Translated> out;
  if (call.type == EventType::kReturn && has_no_products(call)) {  // all of the order
    Draft draft = common;
    draft.copy(call.properties, call.pointer, call.shared);
    if (draft.has("order_id")) return just(std::move(draft));  // nothing of a cancelled one
  }
  TRY_ASSIGN(const auto list, products_of(call));
  OrderLines lines;
  for (size_t i = 0; i < list.size(); ++i) {
    Draft draft = common;
    draft.put("event_id", json::value(numbered_id(call.event_id, i)));
    const std::string pointer = fmt::format("{}/{}/{}", call.pointer, call.list, i);
    take_product(draft, list[i], pointer, call.members);
    draft.copy(call.properties, call.pointer, call.shared);
    if (draft.is_of_no_piece() || draft.is_of_no_order()) continue;  // taken out again, or never sold
    // Of a line that names nothing the order would be the whole order: it is refused, its neighbours count.
    if (call.type == EventType::kReturn && !draft.names_a_product()) draft.drop("order_id");
    if (is_of_an_order(call.type)) lines.number(draft);
    out.push_back(std::move(draft).finish());
  }
  return out;
}

Result<std::vector<Translated>> translate_list(const ProductCall& call, Draft common) {
  if (has_no_products(call)) return std::vector<Translated>();  // an empty category
  TRY_ASSIGN(const auto list, products_of(call));
  const auto places = places_of(list);
  for (size_t i = 0; i < list.size(); ++i) {
    const std::string pointer = fmt::format("{}/{}/{}", call.pointer, call.list, i);
    Draft one;
    take_product(one, list[i], pointer, call.members);
    std::vector<std::string> ids = one.other_ids();
    if (const auto sku = one.text("sku"); !sku.empty()) ids.emplace(ids.begin(), sku);
    json::object item;
    if (one.has("garment_id"))
      item["garment_id"] = one.text("garment_id");
    else if (!ids.empty())
      item["garment_id"] = ids.front();
    if (const auto colour = one.text("colour"); !colour.empty()) item["colour"] = colour;
    common.show(std::move(item), pointer, std::move(ids), places[i]);
  }
  return just(std::move(common));
}

void take_session_number(Draft& draft, const json::value& number, std::string pointer) {
  const std::string id = number.is_string() ? std::string(number.get_string()) : serialize_json(number);
  const bool is_counted = id.find_first_not_of("0123456789.eE+") == std::string::npos;
  if (!is_counted) return draft.take("session_id", number, std::move(pointer));  // the shop's own
  if (const auto device = draft.text("device_id"); !device.empty())
    draft.take("session_id", json::value(fmt::format("{}/{}", device, id)), std::move(pointer));
}

std::vector<Translated> just(Draft draft) {
  std::vector<Translated> out;
  if (tells_nothing(draft)) return out;
  out.push_back(std::move(draft).finish());
  return out;
}

Result<std::vector<Translated>> untranslated(std::string_view name, std::string pointer,
                                             std::span<const ForeignName> known) {
  if (teaches_nothing(snake_case(name))) return std::vector<Translated>();
  std::string names;
  for (const auto& entry : known) names += fmt::format("{}{}", names.empty() ? "" : ", ", entry.name);
  return Error{Code::kInvalid, fmt::format("'{}' has no counterpart in the taxonomy", echo(name, 60)),
               std::move(pointer), "one of " + names};
}

const ForeignName* find_name(std::string_view name, std::span<const ForeignName> known) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const ForeignName& entry) { return entry.name == name; });
  return found == known.end() ? nullptr : &*found;
}

const json::object& object_at(const json::object& object, std::string_view path) {
  static const json::object kNothing;
  const auto* found = find_path(object, path);
  return found != nullptr && found->is_object() ? found->get_object() : kNothing;
}

}  // namespace modiste
