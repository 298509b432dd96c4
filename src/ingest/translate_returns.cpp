// Returns as Shopify's webhooks send them: https://shopify.dev/docs/api/webhooks (returns/request,
// returns/approve, returns/update, returns/close, ...). They say why, and name lines of the order by number.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "base/text.h"
#include "events/event.h"
#include "ingest/event_ids.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr std::string_view kReturnLines = "return_line_items";
// A return that is only asked for, or is not made, has taught nothing yet.
constexpr std::array<std::string_view, 4> kNotReturned{"requested", "declined", "canceled", "cancelled"};

std::string order_of(const json::object& returned) {
  for (const std::string_view member : {"order_id", "order"})
    if (const auto* order = returned.if_contains(member); order != nullptr && !order->is_null())
      return shopify_number(*order);
  return {};
}

// What a line of a return is about: the line of the order, as an object or by its number alone.
struct ReturnedLine {
  std::string_view path;  // to the object
  std::string number;
};

ReturnedLine returned_line(const json::object& line) {
  for (const std::string_view path :
       {"line_item", "fulfillment_line_item.line_item", "line_item_id", "fulfillment_line_item.line_item_id"})
    if (const auto* item = find_path(line, path); item != nullptr && !item->is_null())
      return {path, shopify_number(*item)};
  return {"line_item", {}};
}

std::string address_of(std::string_view path) {
  std::string out(path);
  std::replace(out.begin(), out.end(), '.', '/');
  return out;
}

}  // namespace

std::string shopify_number(const json::value& named) {
  if (const auto* object = named.if_object()) {
    for (const std::string_view member : {"id", "admin_graphql_api_id"})
      if (const auto* id = object->if_contains(member); id != nullptr && !id->is_null())
        return shopify_number(*id);
    return {};
  }
  const auto* text = named.if_string();
  if (text != nullptr) return std::string(text->subview(text->rfind('/') + 1));
  return named.is_number() ? serialize_json(named) : std::string();
}

std::string ReturnLineIds::next(const std::string& number) {
  const int before = lines_[number]++;
  return before == 0 ? fmt::format("return-{}#{}", return_id_, number)
                     : fmt::format("return-{}#{}.{}", return_id_, number, before);
}

bool is_return(const json::object& entry) {
  const auto* lines = entry.if_contains(kReturnLines);
  return lines != nullptr && lines->is_array() && (entry.contains("order") || entry.contains("order_id")) &&
         !entry.contains("event") && !entry.contains("type");
}

void forget_notes(json::object& returned) {
  for (auto& line : returned.at(kReturnLines).as_array())
    if (auto* object = line.if_object())
      for (const std::string_view member : {"customer_note", "return_reason_note"}) object->erase(member);
}

Result<std::vector<Translated>> translate_return_webhook(const json::object& returned,
                                                         std::string_view base) {
  std::vector<Translated> out;
  if (contains(kNotReturned, ascii_lower(text_at(returned, "status")))) return out;
  const auto& lines = returned.at(kReturnLines).as_array();
  const std::string id = shopify_number(json::value(returned)), order = order_of(returned);
  ReturnLineIds ids(id);
  for (size_t i = 0; i < std::min(lines.size(), kLinesPerOrderMax); ++i) {
    const auto* line = lines[i].if_object();
    if (line == nullptr) continue;
    constexpr Copy kOfReturnLine[] = {{"quantity", "quantity"}, {"return_reason", "reason"}};
    constexpr Copy kOfItem[] = {{"sku", "sku"},
                                {"product_id", "garment_id"},
                                {"variant_id", kAlsoKnownAs},
                                {"variant_title", "colour"}};
    constexpr Copy kOfReturn[] = {{"updated_at", "occurred_at"}, {"created_at", "occurred_at"}};
    const std::string at = fmt::format("{}/{}/{}", base, kReturnLines, i);
    const auto [path, number] = returned_line(*line);
    const std::string own = shopify_number(json::value(*line));
    Draft draft;
    draft.put("type", json::value(name_of(T::kReturn)));
    draft.put("event_id", json::value(!number.empty() ? ids.next(number)
                                      : own.empty()   ? numbered_id("returned-" + id, i)
                                                      : fmt::format("return-{}#{}", id, own)));
    draft.name_line(number);
    draft.copy(*line, at, kOfReturnLine);
    draft.copy(object_at(*line, path), fmt::format("{}/{}", at, address_of(path)), kOfItem);
    // Of a line that has no name the order would be the whole order: it is refused, its neighbours count.
    if (!number.empty() || draft.has("sku") || draft.has("garment_id"))
      draft.take("order_id", json::value(order), fmt::format("{}/order", base));
    draft.copy(returned, base, kOfReturn);
    draft.take("session_id", json::value("return-" + id), at);
    out.push_back(std::move(draft).finish());
  }
  return out;
}

}  // namespace modiste
