#include "ingest/leave_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/contains.h"
#include "base/edit_distance.h"
#include "events/event_rules.h"
#include "feeds/money.h"
#include "ingest/fitted_value.h"
#include "ingest/sent_members.h"

namespace modiste {
namespace {

using Problem = std::optional<Error> (*)(std::string_view member, const json::value& value);

template <Described T>
std::optional<Error> unreadable(std::string_view member, const json::value& value) {
  static constexpr auto kNames = json_detail::field_names<T>();
  static constexpr auto kReaders = json_detail::field_readers<T>();
  const auto place = std::find(kNames.begin(), kNames.end(), member);
  if (place == kNames.end())
    return json_detail::at(json_detail::unknown_name(member, kNames.data(), kNames.size(), "field"), member);
  T scratch;
  auto read = kReaders[static_cast<size_t>(place - kNames.begin())](value, scratch);
  if (read.ok()) return std::nullopt;
  return json_detail::at(std::move(read).error(), member);
}

Error not_a_currency(std::string_view text) {
  return {Code::kInvalid, fmt::format("'{}' is not a currency", echo(text, 40)), "/currency",
          "a code of ISO 4217 such as EUR"};
}

bool is_code_of_currency(std::string_view text) {
  constexpr size_t kLetters = 3;  // not the numbers that ISO 4217 has too
  return text.size() == kLetters && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

bool is_empty(const json::value& value) {
  if (const auto* text = value.if_string()) return text->empty();
  if (const auto* list = value.if_array()) return list->empty();
  if (const auto* object = value.if_object()) return object->empty();
  return value.is_null();
}

const MemberRule* rule_of(std::string_view member) {
  const auto rules = member_rules();
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const MemberRule& rule) { return rule.member == member; });
  return found == rules.end() ? nullptr : &*found;
}

constexpr std::array<std::string_view, 6> kIdentifierMembers{"shopper_id",  "loyalty_id", "email_hash",
                                                             "external_id", "device_id",  "session_id"};

bool has_nobody(const json::object& event) {
  return std::none_of(kIdentifierMembers.begin(), kIdentifierMembers.end(),
                      [&](std::string_view member) { return event.contains(member); });
}

bool is_of_pieces(EventType type) {
  return type == EventType::kPurchase || type == EventType::kReturn || type == EventType::kAddToCart;
}

// Without its quantity an event of no piece would be of one.
bool is_none(const json::object& event) {
  const auto* quantity = event.if_contains("quantity");
  return quantity != nullptr && quantity->is_number() && quantity->to_number<double>() <= 0;
}

// Without these members the event says nothing, or not what the sender meant.
bool is_needed(std::string_view member, const json::object& event) {
  if (member == "event_id" || member == "type" || member == "schema_version") return true;
  // Without the garment that it names, a return would be of the whole order.
  if (member == "garment_id" && text_at(event, "type") == "return") return true;
  const auto type = enum_from_name<EventType>(text_at(event, "type"));
  if (member == "quantity" && type && is_of_pieces(*type) && is_none(event)) return true;
  const MemberRule* rule = rule_of(member);
  return !type || (rule != nullptr && rule->needed_by.contains(*type));
}

// A misspelled name of these is a mistake to mend, not a member to do without.
bool may_be_meant(std::string_view unknown, const json::object& event) {
  static constexpr auto kNames = json_detail::field_names<Event>();
  const auto meant = nearest_name(unknown, kNames.data(), kNames.size());
  if (meant.empty() || event.contains(meant)) return false;
  const bool of_one_line = meant == "garment_id" && text_at(event, "type") == "return";
  return is_needed(meant, event) || of_one_line || (contains(kIdentifierMembers, meant) && has_nobody(event));
}

std::optional<Error> problem_of_event(const json::object& event, std::string_view member,
                                      const json::value& value) {
  const bool forbids = member == "vetoes" || member == "consent";
  if (forbids || is_needed(member, event)) return std::nullopt;
  if (member == "currency" && value.is_string() && !is_code_of_currency(value.get_string()))
    return not_a_currency(value.get_string());
  if (is_money(member) && value.is_string())  // what parse_money() can read is a number by now
    return json_detail::at(parse_money(value.get_string()).error(), member);
  auto problem = unreadable<Event>(member, value);
  if (problem) return may_be_meant(member, event) ? std::nullopt : std::move(problem);
  const auto type = enum_from_name<EventType>(text_at(event, "type"));
  const MemberRule* rule = rule_of(member);
  if (rule == nullptr || !type || rule->allowed_on.contains(*type) || is_empty(value)) return std::nullopt;
  return misplaced(*rule, *type);
}

std::optional<Error> problem_of_item(std::string_view member, const json::value& value) {
  if (member == "garment_id") return std::nullopt;
  if (member == "propensity" && value.is_number() && value.to_number<double>() == 0)
    return json_detail::at(
        {Code::kInvalid, "propensity 0 of a shown item", "", "a probability above 0, at most 1"}, member);
  return unreadable<ShownItem>(member, value);
}

// Half a list of vetoes is not what the shopper said.
std::optional<Error> problem_of_quiz(std::string_view member, const json::value& value) {
  static constexpr auto kNames = json_detail::field_names<QuizAnswers>();
  if (member == "vetoes" || nearest_name(member, kNames.data(), kNames.size()) == "vetoes")
    return std::nullopt;
  return unreadable<QuizAnswers>(member, value);
}

std::optional<Error> problem_of_owned(std::string_view member, const json::value& value) {
  return member == "id" ? std::nullopt : unreadable<OwnedGarment>(member, value);
}

template <class Judge>
void judge(json::object& home, std::string_view prefix, const Judge& problem, std::vector<Error>& left_out) {
  std::vector<std::string> gone;  // what is judged may not change meanwhile
  for (const auto& [member, value] : home)
    if (std::optional<Error> error = problem(std::string_view(member), value); error) {
      error->where.insert(0, prefix);
      left_out.push_back(std::move(*error));
      gone.emplace_back(member);
    }
  for (const std::string& member : gone) home.stable_erase(home.find(member));
}

bool names_a_garment(const json::value& item) {
  return item.is_object() && !text_at(item.get_object(), "garment_id").empty() &&
         !unreadable<ShownItem>("garment_id", item.get_object().at("garment_id"));
}

// Items that name no garment go, if any stays; their sources and ids with them.
void leave_out_items(json::object& event, Sources& sources, std::vector<std::vector<std::string>>& items_ids,
                     std::vector<Error>& left_out) {
  auto& list = event.at("items").get_array();
  if (std::none_of(list.begin(), list.end(), names_a_garment)) return;
  size_t kept = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    const auto own = fmt::format("/items/{}", i);
    if (!names_a_garment(list[i])) {
      // A place of its own among the sources: what follows takes its place in the list.
      const auto gone = fmt::format("/item_left_out/{}", i);
      sources.insert_or_assign(gone, source_of(sources, own, own));
      left_out.push_back({Code::kInvalid, "the shown item has no garment", gone,
                          "the id of the garment that was shown, as garment_id"});
      continue;
    }
    if (kept != i) {
      list[kept] = std::move(list[i]);
      sources.insert_or_assign(fmt::format("/items/{}", kept), source_of(sources, own, own));
      if (i < items_ids.size()) items_ids[kept] = std::move(items_ids[i]);
    }
    ++kept;
  }
  if (items_ids.size() > kept) items_ids.resize(kept);
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(kept), list.end());
}

}  // namespace

std::vector<Error> leave_out_unreadable(json::object& event, Sources& sources,
                                        std::vector<std::vector<std::string>>& items_ids) {
  std::vector<Error> left_out;
  if (auto* items = event.if_contains("items"); items != nullptr && items->is_array()) {
    leave_out_items(event, sources, items_ids, left_out);
    for (size_t i = 0; i < items->get_array().size(); ++i)
      if (auto* item = items->get_array()[i].if_object())
        judge(*item, fmt::format("/items/{}", i), problem_of_item, left_out);
  }
  struct Below {
    std::string_view member;
    Problem problem;
  };
  for (const auto& [member, problem] :
       {Below{"context", unreadable<EventContext>}, Below{"quiz", problem_of_quiz},
        Below{"body", unreadable<BodyProfile>}, Below{"owned", problem_of_owned}})
    if (auto* below = event.if_contains(member); below != nullptr && below->is_object())
      judge(below->get_object(), fmt::format("/{}", member), problem, left_out);
  judge(
      event, "",
      [&](std::string_view member, const json::value& value) {
        return problem_of_event(event, member, value);
      },
      left_out);
  return left_out;
}

bool has_something_to_leave_out(const Event& event) {
  const auto rules = member_rules();
  const bool is_misplaced = std::any_of(rules.begin(), rules.end(), [&](const MemberRule& rule) {
    return !rule.allowed_on.contains(event.type) && rule.present(event);
  });
  const bool is_unshown = std::any_of(event.items.begin(), event.items.end(), [](const ShownItem& item) {
    return item.garment_id.empty() || item.propensity == 0;
  });
  return is_misplaced || is_unshown;
}

}  // namespace modiste
