// Orders and refunds as the webhooks of Shopify and WooCommerce send them:
// https://shopify.dev/docs/api/webhooks (orders/create, orders/paid, refunds/create)
// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties (order.created, order.updated)
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/contains.h"
#include "base/text.h"
#include "ingest/event_ids.h"
#include "ingest/line_prices.h"
#include "ingest/order_forms.h"
#include "ingest/sent_members.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

using T = EventType;

constexpr std::string_view kLines = "line_items", kRefundLines = "refund_line_items";

constexpr Copy kWebhookOrder[] = {{"customer.id", "shopper_id"},
                                  {"contact_email", "email_hash"},
                                  {"email", "email_hash"},
                                  {"billing.email", "email_hash"},
                                  {"checkout_token", "session_id"},
                                  {"cart_token", "session_id"},
                                  {"order_key", "session_id"},
                                  {"processed_at", "occurred_at"},
                                  {"created_at", "occurred_at"},
                                  {"customer_locale", "context.locale"},
                                  {"client_details.user_agent", "context.user_agent"},
                                  {"currency", "currency"}};
constexpr Copy kWebhookLine[] = {{"sku", "sku"},
                                 {"product_id", "garment_id"},
                                 {"variant_id", kAlsoKnownAs},
                                 {"variation_id", kAlsoKnownAs},
                                 {"variant_title", "colour"},
                                 {"price", "price"},
                                 {"quantity", "quantity"}};

// Woo's states of orders that nobody paid for, and of carts.
constexpr std::array<std::string_view, 8> kNotSold{"auto-draft", "cancelled", "failed",         "trash",
                                                   "pending",    "on-hold",   "checkout-draft", "draft"};
constexpr std::array<std::string_view, 3> kWooStates{"processing", "completed", "refunded"};  // of the others

// Its state, without what Woo's database puts before it ("wc-completed").
std::string_view state_of(const json::object& order) {
  constexpr std::string_view kWoo = "wc-";
  const auto state = text_at(order, "status");
  return state.starts_with(kWoo) ? state.substr(kWoo.size()) : state;
}

// An order's number alone is not an id of ours: a kind goes before it.
std::string order_event_id(const json::object& order, std::string_view kind) {
  const auto* id = order.if_contains("id");
  return fmt::format("{}-{}", kind,
                     id == nullptr     ? ""
                     : id->is_string() ? std::string(id->get_string())
                                       : serialize_json(*id));
}

bool is_null(const json::object& object, std::string_view member) {
  const auto* found = object.if_contains(member);
  return found == nullptr || found->is_null();
}

bool says_nothing(const json::object& line, std::string_view member) {
  const auto* found = line.if_contains(member);
  if (found == nullptr || found->is_null()) return true;
  if (const auto* text = found->if_string()) return text->empty();
  return found->is_number() && found->to_number<double>() == 0;
}

// A shop's trial of its own checkout, and what was not paid for in the end.
bool is_no_sale(const json::object& order) {
  const auto* test = order.if_contains("test");
  if (test != nullptr && test->is_bool() && test->get_bool()) return true;
  constexpr std::array<std::string_view, 2> kNotPaid{"voided", "expired"};
  return !is_null(order, "cancelled_at") || contains(kNotSold, state_of(order)) ||
         contains(kNotPaid, ascii_lower(text_at(order, "financial_status")));
}

bool is_zero(const json::object& line, std::string_view member) {
  const auto* found = line.if_contains(member);
  return found != nullptr && found->is_number() && found->to_number<double>() == 0;
}

// Tips, fees and custom items have no product; a gift card is money. They say nothing about taste.
bool is_no_garment(const json::value& value) {
  const auto* line = value.if_object();
  if (line == nullptr) return false;
  const auto* gift = line->if_contains("gift_card");
  if (gift != nullptr && gift->is_bool() && gift->get_bool()) return true;
  if (is_zero(*line, "current_quantity")) return true;  // taken out of the order again
  return line->contains("product_id") && says_nothing(*line, "product_id") &&
         says_nothing(*line, "variant_id") && says_nothing(*line, "variation_id") &&
         says_nothing(*line, "sku");
}

void take_buyer(Draft& draft, const json::object& order, std::string_view base) {
  // Woo's guests are customer 0; its times are UTC without saying so.
  if (const auto* customer = order.if_contains("customer_id");
      customer != nullptr && customer->is_number() && customer->to_number<double>() > 0)
    draft.take("shopper_id", *customer, fmt::format("{}/customer_id", base));
  if (const auto time = text_at(order, "date_created_gmt"); !time.empty())
    draft.take("occurred_at", json::value(fmt::format("{}Z", time)),
               fmt::format("{}/date_created_gmt", base));
  draft.copy(order, base, kWebhookOrder);
  draft.take("session_id", json::value(order_event_id(order, "order")),
             fmt::format("{}/id", base));  // a guest
}

// The price of Shopify's lines is before discounts, which are told apart by what gave them.
void take_discounts(Translated& translated, const json::object& line) {
  double off = 0;
  if (const auto* list = line.if_contains("discount_allocations"); list != nullptr && list->is_array())
    for (const auto& allocation : list->get_array())
      if (const auto* object = allocation.if_object()) off += amount_at(*object, "amount");
  if (off <= 0) off = amount_at(line, "total_discount");
  take_off(translated.event.get_object(), off);
}

// By its own number, where it has one: returns know lines by that. In the id too, which the log keeps.
void name_by_line(Translated& translated, const json::object& order, const json::object& line) {
  const auto* number = line.if_contains("id");
  if (number == nullptr || !number->is_number()) return;
  const json::value& id = order.at("id");
  translated.line_number = serialize_json(*number);
  translated.event.get_object()["event_id"] = order_line_event_id(
      id.is_string() ? std::string(id.get_string()) : serialize_json(id), translated.line_number);
}

Result<std::vector<Translated>> translate_refund(const json::object& refund, std::string_view base) {
  std::vector<Translated> out;
  const auto& lines = refund.at(kRefundLines).as_array();
  OrderLines numbers;
  // The money of a return is given back line by line: each is what the return said of it.
  const auto* returned = refund.if_contains("return");
  const std::string return_id = returned != nullptr ? shopify_number(*returned) : "";
  ReturnLineIds ids(return_id);
  for (size_t i = 0; i < std::min(lines.size(), kLinesPerOrderMax); ++i) {
    const auto* line = lines[i].if_object();
    if (line == nullptr || is_no_garment(json::value(object_at(*line, "line_item")))) continue;
    if (text_at(*line, "restock_type") == "cancel") continue;  // taken out before it was sent: no return
    const std::string at = fmt::format("{}/{}/{}", base, kRefundLines, i);
    constexpr Copy kOfRefundLine[] = {{"quantity", "quantity"}};
    constexpr Copy kOfRefund[] = {{"created_at", "occurred_at"}};
    constexpr Copy kOfItem[] = {{"sku", "sku"},
                                {"product_id", "garment_id"},
                                {"variant_id", kAlsoKnownAs},
                                {"variant_title", "colour"}};
    Draft draft;
    draft.put("type", json::value(name_of(T::kReturn)));
    draft.put("event_id", json::value(numbered_id(order_event_id(refund, "refund"), i)));
    draft.copy(*line, at, kOfRefundLine);
    draft.copy(object_at(*line, "line_item"), at + "/line_item", kOfItem);
    const auto* number = line->if_contains("line_item_id");
    const bool is_numbered = number != nullptr && number->is_number();
    if (is_numbered) draft.name_line(serialize_json(*number));
    if (is_numbered && !return_id.empty())
      draft.put("event_id", json::value(ids.next(serialize_json(*number))));
    // Of a line that has no name the order would be the whole order.
    if (is_numbered || draft.has("sku") || draft.has("garment_id"))
      draft.take("order_id", refund.at("order_id"), fmt::format("{}/order_id", base));
    draft.copy(refund, base, kOfRefund);
    draft.take("session_id", json::value(order_event_id(refund, "refund")), at);
    numbers.number(draft);
    out.push_back(std::move(draft).finish());
  }
  return out;
}

// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-refund-properties
bool is_woo_refund(const json::object& entry) {
  return entry.contains("parent_id") && entry.contains("amount") && !entry.contains("order_key");
}

// Its lines count backwards, and its reason is free text.
Result<std::vector<Translated>> translate_woo_refund(const json::object& refund, std::string_view base) {
  std::vector<Translated> out;
  const auto& lines = refund.at(kLines).as_array();
  for (size_t i = 0; i < std::min(lines.size(), kLinesPerOrderMax); ++i) {
    const auto* line = lines[i].if_object();
    if (line == nullptr || is_no_garment(lines[i])) continue;
    const auto* count = line->if_contains("quantity");
    const bool is_counted = count != nullptr && count->is_number();
    if (is_counted && count->to_number<double>() == 0) continue;  // money back, and the garment is kept
    const std::string at = fmt::format("{}/{}/{}", base, kLines, i);
    constexpr Copy kOfLine[] = {{"sku", "sku"}, {"product_id", "garment_id"}, {"variation_id", kAlsoKnownAs}};
    Draft draft;
    draft.put("type", json::value(name_of(T::kReturn)));
    draft.put("event_id", json::value(numbered_id(order_event_id(refund, "refund"), i)));
    draft.take("order_id", refund.at("parent_id"), fmt::format("{}/parent_id", base));
    draft.copy(*line, at, kOfLine);
    if (is_counted)
      draft.take("quantity", json::value(std::abs(count->to_number<double>())), at + "/quantity");
    draft.take("reason", json::value(text_at(refund, "reason")), fmt::format("{}/reason", base));
    if (const auto time = text_at(refund, "date_created_gmt"); !time.empty())
      draft.take("occurred_at", json::value(fmt::format("{}Z", time)),
                 fmt::format("{}/date_created_gmt", base));
    draft.take("session_id", json::value(order_event_id(refund, "refund")), at);
    out.push_back(std::move(draft).finish());
  }
  return out;
}

}  // namespace

bool is_order(const json::object& entry) {
  if (order_form_of(entry) != nullptr) return true;
  const auto is_list = [&](std::string_view member) {
    const auto* found = entry.if_contains(member);
    return found != nullptr && found->is_array();
  };
  if (!entry.contains("id") || entry.contains("event") || entry.contains("type")) return false;
  if (is_list(kRefundLines) && entry.contains("order_id")) return true;
  if (is_list(kLines) && is_woo_refund(entry)) return true;
  if (!is_list(kLines)) return false;
  if (entry.contains("order_number") || entry.contains("order_key")) return true;
  // Some relays keep the members that they need only. A cart has lines too, but no state of its payment; a
  // fulfilment and a draft name an order beside them.
  const bool of_woo = contains(kWooStates, state_of(entry)) || contains(kNotSold, state_of(entry));
  return !entry.contains("order_id") &&
         (entry.contains("financial_status") || (of_woo && entry.contains("customer_id")));
}

void forget_buyer(json::object& order) {
  if (const auto* form = order_form_of(order)) return keep_order_members(order, *form);
  for (const std::string_view member :
       {"billing", "billing_address", "shipping", "shipping_address", "email", "contact_email", "phone",
        "note", "note_attributes", "customer_note", "browser_ip", "customer_ip_address", "client_details",
        "payment_details", "shipping_lines", "fulfillments", "meta_data", "landing_site", "referring_site"})
    order.erase(member);
  if (auto* customer = order.if_contains("customer"); customer != nullptr && customer->is_object()) {
    json::object kept;
    if (const auto* id = customer->get_object().if_contains("id")) kept["id"] = *id;
    *customer = std::move(kept);
  }
}

Result<std::vector<Translated>> translate_order_webhook(const json::object& order, std::string_view base) {
  if (const auto* form = order_form_of(order)) return translate_platform_order(order, *form, base);
  if (order.contains(kRefundLines)) return translate_refund(order, base);
  if (is_woo_refund(order)) return translate_woo_refund(order, base);
  if (is_no_sale(order)) return std::vector<Translated>();
  const bool refunded = state_of(order) == "refunded";
  Draft draft;
  draft.put("type", json::value(name_of(refunded ? T::kReturn : T::kPurchase)));
  take_buyer(draft, order, base);
  draft.take("order_id", order.at("id"), fmt::format("{}/id", base));
  const ProductCall call{refunded ? T::kReturn : T::kPurchase,
                         order_event_id(order, refunded ? "refunded" : "order"),
                         order,
                         std::string(base),
                         kLines,
                         kWebhookLine,
                         {}};
  TRY_ASSIGN(auto lines, translate_each(call, draft));
  std::vector<const json::value*> sent;  // that became events
  for (const auto& line : order.at(kLines).as_array())
    if (!line.is_object() || !is_zero(line.get_object(), "quantity")) sent.push_back(&line);
  if (lines.size() != sent.size()) return lines;  // of the whole order
  for (size_t i = 0; i < lines.size(); ++i)
    if (const auto* line = sent[i]->if_object();
        line != nullptr && text_at(lines[i].event.get_object(), "type") == name_of(T::kPurchase)) {
      name_by_line(lines[i], order, *line);
      take_discounts(lines[i], *line);
    }
  size_t place = 0;
  std::erase_if(lines, [&](const Translated&) { return is_no_garment(*sent[place++]); });
  return lines;
}

}  // namespace modiste
