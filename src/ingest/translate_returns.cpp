// Returns as Shopify's webhooks send them: https://shopify.dev/docs/api/webhooks (returns/request,
// returns/approve, returns/update, returns/close, ...). They say why, and name lines of the order by number.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/contains.h"
#include "base/text.h"
#include "events/event.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr std::string_view kReturnLines = "return_line_items";
// A return that is only asked for, or is not made, has taught nothing yet.
constexpr std::array<std::string_view, 4> kNotReturned{"requested", "declined", "canceled", "cancelled"};

// The number of what is named by it, or by an address that ends in it: "gid://shopify/LineItem/8665".
std::string number_of(const json::object& named) {
  if (const auto* id = named.if_contains("id"); id != nullptr && !id->is_null()) {
    if (!id->is_string()) return serialize_json(*id);
    return std::string(id->get_string().subview(id->get_string().rfind('/') + 1));
  }
  const auto address = text_at(named, "admin_graphql_api_id");
  return std::string(address.substr(address.rfind('/') + 1));
}

std::string order_of(const json::object& returned) {
  if (const auto* id = returned.if_contains("order_id"); id != nullptr && !id->is_null())
    return number_of({{"id", *id}});
  return number_of(object_at(returned, "order"));
}

}  // namespace

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
  const std::string id = number_of(returned), order = order_of(returned);
  for (size_t i = 0; i < std::min(lines.size(), kProductsPerCallMax); ++i) {
    const auto* line = lines[i].if_object();
    if (line == nullptr) continue;
    constexpr Copy kOfReturnLine[] = {{"quantity", "quantity"}, {"return_reason", "reason"}};
    constexpr Copy kOfItem[] = {{"sku", "sku"},
                                {"product_id", "garment_id"},
                                {"variant_id", kAlsoKnownAs},
                                {"variant_title", "colour"}};
    constexpr Copy kOfReturn[] = {{"updated_at", "occurred_at"}, {"created_at", "occurred_at"}};
    const std::string at = fmt::format("{}/{}/{}", base, kReturnLines, i);
    const bool direct = line->contains("line_item");
    const std::string_view path = direct ? "line_item" : "fulfillment_line_item.line_item";
    const auto& item = object_at(*line, path);
    const std::string number = number_of(item), own = number_of(*line);
    Draft draft;
    draft.put("type", json::value(name_of(T::kReturn)));
    draft.put("event_id", json::value(own.empty() ? numbered_id("returned-" + id, i)
                                                  : fmt::format("return-{}#{}", id, own)));
    draft.name_line(number);
    draft.copy(*line, at, kOfReturnLine);
    draft.copy(item, fmt::format("{}/{}", at, direct ? "line_item" : "fulfillment_line_item/line_item"),
               kOfItem);
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
