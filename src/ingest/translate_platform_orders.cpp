// Orders as order_forms.h describes them.
#include <fmt/format.h>

#include <algorithm>

#include "base/contains.h"
#include "base/text.h"
#include "ingest/event_ids.h"
#include "ingest/line_prices.h"
#include "ingest/order_forms.h"
#include "ingest/translate.h"
#include "ingest/translate_products.h"

namespace modiste {
namespace {

std::string written_at(const json::object& object, std::string_view path) {
  const auto* found = path.empty() ? nullptr : find_path(object, path);
  if (found == nullptr || found->is_null()) return {};
  return found->is_string() ? std::string(found->get_string()) : serialize_json(*found);
}

std::string pointer_of(std::string_view path) {
  std::string pointer = fmt::format("/{}", path);
  std::replace(pointer.begin(), pointer.end(), '.', '/');
  return pointer;
}

OrderOutcome outcome_of(const json::object& order, const OrderForm& form) {
  const auto rule = std::find_if(form.states.begin(), form.states.end(), [&](const OrderStateRule& one) {
    return ascii_lower(written_at(order, one.path)) == one.value;
  });
  return rule == form.states.end() ? OrderOutcome::kSold : rule->outcome;
}

// Adobe's times are UTC without saying so. PrestaShop's are of the shop's clock, whose zone nobody tells: as
// UTC they are wrong by hours, where the time of receipt may be wrong by years.
bool take_time_without_zone(Draft& draft, const json::object& from, std::string_view base, const Copy& one) {
  constexpr std::string_view kForm = "2026-11-21 09:29:00";
  const auto time = text_at(from, one.from);
  if (one.to != "occurred_at" || time.size() != kForm.size() || time[kForm.find(' ')] != ' ') return false;
  draft.take(one.to, json::value(fmt::format("{}Z", time)), std::string(base) + pointer_of(one.from));
  return true;
}

// A guest is customer 0 to some, and a product without variants has variant 0.
void copy_members(Draft& draft, const json::object& from, std::string_view base,
                  std::span<const Copy> members) {
  constexpr std::array<std::string_view, 3> kIds{"shopper_id", "garment_id", kAlsoKnownAs};
  for (const Copy& one : members) {
    if (contains(kIds, one.to) && written_at(from, one.from) == "0") continue;
    if (!take_time_without_zone(draft, from, base, one)) draft.copy(from, base, {&one, 1});
  }
}

// "Colour: Olive, Size: M", which is taken apart where the garment is known.
std::string choices_of(const json::object& line, const LineChoices& choices) {
  const auto* list = choices.list.empty() ? nullptr : find_path(line, choices.list);
  if (list == nullptr || !list->is_array()) return {};
  std::string all;
  for (const auto& one : list->get_array()) {
    const auto* choice = one.if_object();
    if (choice == nullptr) continue;
    std::string value = written_at(*choice, choices.values[0]);
    if (value.empty()) value = written_at(*choice, choices.values[1]);
    if (!value.empty())
      all += fmt::format("{}{}: {}", all.empty() ? "" : ", ", written_at(*choice, choices.name), value);
  }
  return all;
}

bool is_no_garment(const json::object& line, const OrderForm& form) {
  const std::string parent = written_at(line, form.parent);
  return (!parent.empty() && parent != "0") || is_no_garment_kind(written_at(line, form.kind));
}

class OrderReading {
 public:
  OrderReading(const json::object& order, const OrderForm& form, std::string_view base)
      : form_(form), id_(written_at(order, form.id)), outcome_(outcome_of(order, form)) {
    draft_.take("order_id", json::value(id_), std::string(base) + pointer_of(form.id));
    copy_members(draft_, order, base, form.of_order);
    draft_.take("session_id", json::value(fmt::format("order-{}", id_)),
                std::string(base) + pointer_of(form.id));  // a guest
  }

  void read(const json::object& line, const std::string& at) {
    if (is_no_garment(line, form_)) return;
    Draft draft = draft_;
    copy_members(draft, line, at, form_.of_line);
    draft.take("colour", json::value(choices_of(line, form_.choices)), at + pointer_of(form_.choices.list));
    if (!draft.names_a_product() || draft.is_of_no_piece()) return;  // a fee, or taken out again
    numbers_.number(draft);
    const std::string line_id = written_at(line, form_.line_id);
    if (!line_id.empty()) draft.name_line(line_id);
    add(draft, outcome_ == OrderOutcome::kSentBack ? EventType::kReturn : EventType::kPurchase, line);
    const double returned = outcome_ == OrderOutcome::kSold ? amount_at(line, form_.returned) : 0;
    if (returned <= 0) return;
    draft.put("quantity", json::value(returned));
    add(draft, EventType::kReturn, line);
  }

  std::vector<Translated> events;

 private:
  void add(Draft draft, EventType type, const json::object& line) {
    const std::string line_id = written_at(line, form_.line_id);
    const std::string name = line_id.empty() ? std::to_string(events.size()) : line_id;
    const std::string of_line = order_line_event_id(id_, name);
    draft.put("type", json::value(name_of(type)));
    draft.put("event_id", json::value(type == EventType::kReturn ? "refunded-" + of_line : of_line));
    auto event = std::move(draft).finish();
    if (type == EventType::kPurchase) take_off(event.event.get_object(), amount_at(line, form_.discount));
    events.push_back(std::move(event));
  }

  const OrderForm& form_;
  std::string id_;
  OrderOutcome outcome_;
  Draft draft_;
  OrderLines numbers_;
};

// Puts a value where `path` leads, in objects that are made for it.
void put_path(json::object& object, std::string_view path, const json::value& value) {
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) {
    object[path] = value;
    return;
  }
  auto& inner = object[path.substr(0, dot)];
  if (!inner.is_object()) inner = json::object();
  put_path(inner.get_object(), path.substr(dot + 1), value);
}

}  // namespace

Result<std::vector<Translated>> translate_platform_order(const json::object& order, const OrderForm& form,
                                                         std::string_view base) {
  if (outcome_of(order, form) == OrderOutcome::kUnsold) return std::vector<Translated>();
  const std::string pointer = std::string(base) + pointer_of(form.lines);
  const auto* lines = find_path(order, form.lines);
  if (lines == nullptr || !lines->is_array() || lines->get_array().empty())
    return Error{Code::kInvalid, "an order without its lines", pointer, "a list of at least one line"};
  const auto& list = lines->get_array();
  if (list.size() > kLinesPerOrderMax)
    return Error{Code::kInvalid, fmt::format("has {} lines", list.size()), pointer,
                 fmt::format("at most {}", kLinesPerOrderMax)};
  OrderReading reading(order, form, base);
  for (size_t i = 0; i < list.size(); ++i)
    if (const auto* line = list[i].if_object()) reading.read(*line, fmt::format("{}/{}", pointer, i));
  return std::move(reading.events);
}

void keep_order_members(json::object& order, const OrderForm& form) {
  json::object kept;
  const auto keep = [&](std::string_view path) {
    const auto* found = path.empty() ? nullptr : find_path(order, path);
    if (found != nullptr) put_path(kept, path, *found);
  };
  for (const std::string_view member : form.has)
    if (!order.at(member).is_object()) keep(member);
  keep(form.id);
  keep(form.lines);
  for (const auto& rule : form.states) keep(rule.path);
  for (const auto& copy : form.of_order) keep(copy.from);
  for (const std::string_view member : form.has)
    if (!kept.contains(member)) kept[member] = json::object();
  order = std::move(kept);
}

}  // namespace modiste
