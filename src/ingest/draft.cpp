#include "ingest/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/contains.h"
#include "base/text.h"
#include "feeds/money.h"
#include "ingest/event_ids.h"
#include "ingest/fitted_value.h"
#include "ingest/leave_out.h"
#include "ingest/order_state.h"
#include "ingest/sent_ids.h"
#include "ingest/sent_members.h"
#include "ingest/written_rating.h"

namespace modiste {
namespace {

constexpr std::string_view kContext = "context.";

// Null for members that are not ours.
const FieldSchema* field_of(std::string_view member) {
  if (member.starts_with(kContext))
    return event_schemas().object("EventContext").find(member.substr(kContext.size()));
  return event_schemas().object("Event").find(member);
}

// {"amount": "89.00", "currencyCode": "EUR"} -> "89.00 EUR"; empty when it is not of that form.
std::string written_money(const json::object& object) {
  const auto first_of = [&](std::initializer_list<std::string_view> members) -> std::string {
    for (const std::string_view member : members)
      if (const auto* found = object.if_contains(member); found != nullptr)
        return found->is_string() ? std::string(found->get_string())
                                  : (found->is_number() ? serialize_json(*found) : std::string());
    return {};
  };
  if (const auto* shop = object.if_contains("shop_money"); shop != nullptr && shop->is_object())  // Shopify's
    return written_money(shop->get_object());
  const std::string amount = first_of({"amount", "value", "price"});
  return amount.empty()
             ? std::string()
             : std::string(trim(amount + " " + first_of({"currencyCode", "currency_code", "currency"})));
}

bool names_nothing(std::string_view member, const json::value& id) {
  constexpr std::string_view kIds[] = {"shopper_id",  "loyalty_id", "email_hash",
                                       "external_id", "device_id",  "session_id"};
  const auto* text = id.if_string();
  if (text == nullptr) return false;
  return member == "order_id" ? is_no_order(*text) : contains(kIds, member) && is_no_id(*text);
}

// The zero of a program's time: of 1970, or of year 1.
bool is_unset_time(const FieldSchema& field, const json::value& time) {
  const auto* text = time.if_string();
  if (field.schema.kind != Schema::Kind::kTime || text == nullptr) return false;
  const auto read = parse_rfc3339(*text);
  return read.ok() && *read < TimePoint(std::chrono::sys_days(std::chrono::year(1971) / 1 / 1));
}

std::string pointer_to(std::string_view path) {
  std::string out = fmt::format("/{}", path);
  std::replace(out.begin(), out.end(), '.', '/');
  return out;
}

}  // namespace

std::string source_of(const Sources& sources, std::string_view ours, std::string_view otherwise) {
  for (std::string_view prefix = ours; !prefix.empty(); prefix = prefix.substr(0, prefix.rfind('/')))
    if (const auto found = sources.find(prefix); found != sources.end())
      return found->second + std::string(ours.substr(prefix.size()));
  return std::string(otherwise);
}

bool Draft::read_aside(std::string_view member, const json::value& value) {
  const auto* text = value.if_string();
  if (member == kAlsoKnownAs) return add_id(value), true;
  if (member == kOrderState) {
    order_failed_ = order_failed_ || (text != nullptr && says_failed(*text));
    return true;
  }
  if (member == kRatingBest) {
    if (const auto best = written_rating(value)) rating_best_ = *best;
    return true;
  }
  if (member == "reason") cancelled_ = cancelled_ || (text != nullptr && says_cancelled(*text));
  if (member == "rating") {
    const bool is_plain = text != nullptr && text->find_first_not_of("0123456789., ") == std::string::npos;
    rating_has_scale_ = !value.is_number() && !is_plain;
  }
  return false;
}

void Draft::take(std::string_view member, const json::value& sent, std::string pointer) {
  const json::value& value = unwrapped(sent);
  if (read_aside(member, value)) return;
  if (is_money(member) && value.is_object())
    if (const auto whole = written_money(value.get_object()); !whole.empty())
      return take(member, json::value(whole), std::move(pointer));
  const auto* field = field_of(member);
  if (is_absent(value) || field == nullptr) return;
  json::value fitted = fitted_value(*field, value);
  if (names_nothing(member, fitted)) {
    // A place of its own among the sources: a later value may be an id.
    const auto place = "/names_nothing" + pointer_to(member);
    sources_.insert_or_assign(place, std::move(pointer));
    no_ids_.push_back(no_id(fitted.get_string(), place));
    return;
  }
  if (is_money(member)) read_money(fitted, "");
  if (is_unset_time(*field, fitted)) {
    const auto place = "/unset" + pointer_to(member);
    sources_.insert_or_assign(place, std::move(pointer));
    no_ids_.push_back({Code::kInvalid,
                       fmt::format("{} is a clock that was never set", fitted.as_string().c_str()), place,
                       "the time, or no such member"});
    return;
  }
  json::object* home = &event_;
  if (member.starts_with(kContext)) {
    auto& context = event_["context"];
    home = context.is_object() ? &context.get_object() : &context.emplace_object();
  }
  if (const auto* held = home->if_contains(field->name); held != nullptr) {
    if (is_of_type(field->schema, *held) || !is_of_type(field->schema, fitted)) return;
  }
  (*home)[field->name] = std::move(fitted);
  sources_.insert_or_assign(pointer_to(member), std::move(pointer));
}

void Draft::read_money(json::value& value, std::string_view home) {
  const auto* text = value.if_string();
  if (text == nullptr) return;
  auto money = parse_money(*text, home);
  if (!money.ok()) return;
  value = money->amount;
  if (currency_.empty()) currency_ = std::move(money->currency);
}

void Draft::take_unknown(std::string_view member, const json::value& value, std::string pointer) {
  if (event_.emplace(member, value).second)
    sources_.emplace(json_detail::at(Error{}, member).where, std::move(pointer));
}

void Draft::add_id(const json::value& id) {
  if (id.is_number()) also_known_as_.push_back(serialize_json(id));
  if (const auto* text = id.if_string(); text != nullptr && !trim(*text).empty())
    also_known_as_.emplace_back(trim(*text));
}

void Draft::copy(const json::object& from, std::string_view base, std::span<const Copy> members) {
  for (const auto& [theirs, ours] : members) {
    std::string pointer = std::string(base) + pointer_to(theirs);
    if (const auto* found = find_path(from, theirs)) take(ours, *found, pointer);
    sources_.emplace(pointer_to(ours), std::move(pointer));  // where it would have been
  }
}

Translated Draft::finish() && {
  constexpr size_t kIdMax = 100;  // of most members that are ids
  for (const std::string_view member : {"event_id", "device_id", "session_id"})
    if (const auto id = text(member); id.size() > kIdMax) event_[member] = content_id("id", id);
  read_pieces_that_go_back();
  const std::string home = event_.contains("currency") ? std::string(text("currency")) : currency_;
  for (const std::string_view member : {"price", "discount"})
    if (auto* amount = event_.if_contains(member)) read_money(*amount, home);
  if (auto* rating = event_.if_contains("rating"); rating != nullptr && rating->is_number())
    if (const auto given = rating->to_number<double>();
        rating_best_ > 1 && !rating_has_scale_ && given <= rating_best_)
      *rating = rating_of_five(given, rating_best_);
  auto left_out = leave_out_unreadable(event_, sources_, items_also_known_as_);
  left_out.insert(left_out.end(), std::make_move_iterator(no_ids_.begin()),
                  std::make_move_iterator(no_ids_.end()));
  if (!currency_.empty()) event_.emplace("currency", currency_);
  return {std::move(event_),       std::move(sources_),       std::move(left_out),
          std::move(line_number_), std::move(also_known_as_), std::move(items_also_known_as_)};
}

bool Draft::is_of_no_order() const {
  const auto type = text("type");
  return (order_failed_ && (type == "purchase" || type == "return")) || (cancelled_ && type == "return");
}

bool Draft::is_of_no_piece() const {
  const auto* quantity = event_.if_contains("quantity");
  if (quantity == nullptr || !quantity->is_number()) return false;
  const auto pieces = quantity->to_number<double>();
  const auto type = text("type");
  if (pieces < 0) return type == "add_to_cart" || (type == "purchase" && !has("order_id"));
  return pieces == 0;
}

// Fewer than none of an order's pieces came back: exchanges and refunds are booked so.
void Draft::read_pieces_that_go_back() {
  auto* quantity = event_.if_contains("quantity");
  const auto type = text("type");
  const bool may_go_back = type == "return" || (type == "purchase" && has("order_id"));
  if (!may_go_back || quantity == nullptr || !quantity->is_number()) return;
  const auto pieces = quantity->to_number<double>();
  if (pieces >= 0) return;
  *quantity = -pieces;
  put("type", json::value("return"));
}

void Draft::show(json::object item, std::string pointer, std::vector<std::string> also_known_as,
                 std::optional<size_t> place) {
  items_also_known_as_.push_back(std::move(also_known_as));
  auto& items = event_["items"];
  auto& list = items.is_array() ? items.get_array() : items.emplace_array();
  sources_.insert_or_assign(fmt::format("/items/{}", list.size()), std::move(pointer));
  item["position"] = place.value_or(list.size());
  list.push_back(std::move(item));
}

}  // namespace modiste
