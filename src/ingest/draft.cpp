#include "ingest/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/contains.h"
#include "base/json_schema.h"
#include "base/rng.h"
#include "base/text.h"
#include "events/event.h"
#include "feeds/money.h"
#include "ingest/event_door.h"
#include "ingest/leave_out.h"
#include "ingest/sent_ids.h"
#include "ingest/written_time.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

constexpr std::string_view kContext = "context.";

const SchemaBook& event_book() {
  static const SchemaBook kBook = [] {
    SchemaBook book;
    static_cast<void>(describe<Event>(book));
    return book;
  }();
  return kBook;
}

// Null for members that are not ours.
const FieldSchema* field_of(std::string_view member) {
  if (member.starts_with(kContext))
    return event_book().object("EventContext").find(member.substr(kContext.size()));
  return event_book().object("Event").find(member);
}

// Seconds, milliseconds or microseconds by their size: seconds reach 10^11 in the year 5138.
std::optional<TimePoint> time_since_1970(double value) {
  if (!(value >= 0 && value < 1e17)) return std::nullopt;
  const double micros = value < 1e11 ? value * 1e6 : value < 1e14 ? value * 1e3 : value;
  return TimePoint(Micros(static_cast<int64_t>(micros)));
}

json::value as_time(const json::value& value) {
  json::value number = value;
  Schema schema;
  schema.kind = Schema::Kind::kNumber;
  if (const auto* text = value.if_string()) number = value_from_text(schema, *text);
  if (!number.is_number()) {
    const auto* text = value.if_string();
    constexpr size_t kSeconds = 19;  // "2026-11-21T09:29:00,123Z", as ISO 8601 allows
    if (text != nullptr && text->size() > kSeconds && (*text)[kSeconds] == ',') {
      std::string dotted(*text);
      dotted[kSeconds] = '.';
      return as_time(json::value(dotted));
    }
    const auto written = text != nullptr ? written_time(*text) : std::nullopt;
    return written ? json::value(to_rfc3339(*written)) : value;
  }
  const auto time = time_since_1970(number.to_number<double>());
  return time ? json::value(to_rfc3339(*time)) : value;
}

// Other words for our reasons of a return, among them Shopify's, in snake case.
struct ReasonWord {
  std::string_view theirs;
  ReturnReason ours;
};
constexpr ReasonWord kReasonWords[] = {{"size_too_small", ReturnReason::kTooSmall},
                                       {"too_tight", ReturnReason::kTooSmall},
                                       {"too_short", ReturnReason::kTooSmall},
                                       {"size_too_large", ReturnReason::kTooLarge},
                                       {"too_big", ReturnReason::kTooLarge},
                                       {"size_too_big", ReturnReason::kTooLarge},
                                       {"too_loose", ReturnReason::kTooLarge},
                                       {"too_long", ReturnReason::kTooLarge},
                                       {"not_as_pictured", ReturnReason::kNotAsDescribed},
                                       {"different_from_description", ReturnReason::kNotAsDescribed},
                                       {"wrong_item", ReturnReason::kNotAsDescribed},
                                       {"damaged", ReturnReason::kDefective},
                                       {"faulty", ReturnReason::kDefective},
                                       {"broken", ReturnReason::kDefective},
                                       {"defect", ReturnReason::kDefective},
                                       {"quality", ReturnReason::kDefective},
                                       {"changed_my_mind", ReturnReason::kChangedMind},
                                       {"unwanted", ReturnReason::kChangedMind},
                                       {"no_longer_needed", ReturnReason::kChangedMind},
                                       {"color", ReturnReason::kStyle},
                                       {"colour", ReturnReason::kStyle},
                                       {"did_not_like", ReturnReason::kStyle},
                                       {"too_small_for_me", ReturnReason::kTooSmall},
                                       {"runs_small", ReturnReason::kTooSmall},
                                       {"runs_large", ReturnReason::kTooLarge},
                                       {"runs_big", ReturnReason::kTooLarge},
                                       {"arrived_damaged", ReturnReason::kDefective},
                                       {"damaged_item", ReturnReason::kDefective},
                                       {"item_damaged", ReturnReason::kDefective},
                                       {"damaged_or_defective", ReturnReason::kDefective},
                                       {"defective_or_damaged", ReturnReason::kDefective},
                                       {"poor_quality", ReturnReason::kDefective},
                                       {"item_not_as_described", ReturnReason::kNotAsDescribed},
                                       {"wrong_item_received", ReturnReason::kNotAsDescribed},
                                       {"wrong_item_sent", ReturnReason::kNotAsDescribed},
                                       {"customer_changed_mind", ReturnReason::kChangedMind},
                                       {"ordered_by_mistake", ReturnReason::kChangedMind},
                                       {"didnt_like", ReturnReason::kStyle},
                                       {"did_not_like_it", ReturnReason::kStyle},
                                       {"didnt_like_it", ReturnReason::kStyle},
                                       {"zu_klein", ReturnReason::kTooSmall},
                                       {"zu_eng", ReturnReason::kTooSmall},
                                       {"zu_kurz", ReturnReason::kTooSmall},
                                       {"trop_petit", ReturnReason::kTooSmall},
                                       {"trop_court", ReturnReason::kTooSmall},
                                       {"troppo_piccolo", ReturnReason::kTooSmall},
                                       {"te_klein", ReturnReason::kTooSmall},
                                       {"muito_pequeno", ReturnReason::kTooSmall},
                                       {"zu_gross", ReturnReason::kTooLarge},
                                       {"zu_weit", ReturnReason::kTooLarge},
                                       {"zu_lang", ReturnReason::kTooLarge},
                                       {"trop_grand", ReturnReason::kTooLarge},
                                       {"trop_long", ReturnReason::kTooLarge},
                                       {"muy_grande", ReturnReason::kTooLarge},
                                       {"demasiado_grande", ReturnReason::kTooLarge},
                                       {"troppo_grande", ReturnReason::kTooLarge},
                                       {"te_groot", ReturnReason::kTooLarge},
                                       {"muito_grande", ReturnReason::kTooLarge},
                                       {"za_male", ReturnReason::kTooSmall},
                                       {"za_maly", ReturnReason::kTooSmall},
                                       {"za_mala", ReturnReason::kTooSmall},
                                       {"za_duze", ReturnReason::kTooLarge},
                                       {"za_duzy", ReturnReason::kTooLarge},
                                       {"za_duza", ReturnReason::kTooLarge},
                                       {"prilis_male", ReturnReason::kTooSmall},
                                       {"prilis_maly", ReturnReason::kTooSmall},
                                       {"prilis_velke", ReturnReason::kTooLarge},
                                       {"prilis_velky", ReturnReason::kTooLarge},
                                       {"cok_kucuk", ReturnReason::kTooSmall},
                                       {"kucuk_geldi", ReturnReason::kTooSmall},
                                       {"cok_buyuk", ReturnReason::kTooLarge},
                                       {"buyuk_geldi", ReturnReason::kTooLarge},
                                       {"for_liten", ReturnReason::kTooSmall},
                                       {"for_stor", ReturnReason::kTooLarge},
                                       {"for_lille", ReturnReason::kTooSmall},
                                       {"liian_pieni", ReturnReason::kTooSmall},
                                       {"liian_suuri", ReturnReason::kTooLarge},
                                       {"demasiado_pequeno", ReturnReason::kTooSmall},
                                       {"muy_pequeno", ReturnReason::kTooSmall},
                                       {"小さい", ReturnReason::kTooSmall},
                                       {"小さすぎる", ReturnReason::kTooSmall},
                                       {"大きい", ReturnReason::kTooLarge},
                                       {"大きすぎる", ReturnReason::kTooLarge},
                                       {"太小", ReturnReason::kTooSmall},
                                       {"太大", ReturnReason::kTooLarge},
                                       {"작아요", ReturnReason::kTooSmall},
                                       {"커요", ReturnReason::kTooLarge},
                                       {"слишком_маленькии", ReturnReason::kTooSmall},
                                       {"слишком_большои", ReturnReason::kTooLarge},
                                       {"мал", ReturnReason::kTooSmall},
                                       {"велик", ReturnReason::kTooLarge},
                                       {"gefallt_nicht", ReturnReason::kStyle},
                                       {"gefallt_mir_nicht", ReturnReason::kStyle},
                                       {"beschadigt", ReturnReason::kDefective},
                                       {"mangelhaft", ReturnReason::kDefective},
                                       {"abime", ReturnReason::kDefective},
                                       {"endommage", ReturnReason::kDefective},
                                       {"defectueux", ReturnReason::kDefective},
                                       {"uszkodzony", ReturnReason::kDefective},
                                       {"uszkodzone", ReturnReason::kDefective},
                                       {"defekt", ReturnReason::kDefective},
                                       {"defectuoso", ReturnReason::kDefective},
                                       {"difettoso", ReturnReason::kDefective},
                                       {"other", ReturnReason::kUnknown},
                                       {"wrong_size", ReturnReason::kUnknown},
                                       {"does_not_fit", ReturnReason::kUnknown}};

json::value as_reason(const json::value& value) {
  const auto* text = value.if_string();
  if (text == nullptr) return value;
  const std::string snake = snake_case(*text);
  if (enum_from_name<ReturnReason>(snake)) return json::value(snake);
  std::string folded;  // "Zu groß", "Za małe", "小さすぎる": snake case keeps plain letters only
  for (const auto& word : words_of(*text)) folded += (folded.empty() ? "" : "_") + word;
  const auto* found =
      std::find_if(std::begin(kReasonWords), std::end(kReasonWords),
                   [&](const ReasonWord& word) { return word.theirs == snake || word.theirs == folded; });
  return found == std::end(kReasonWords) ? value : json::value(name_of(found->ours));
}

// The whole of the text, as JSON writes numbers; else the text.
json::value as_number(const json::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return json::value(text);
  return json::value(number);
}

// Whether the mark before three digits may separate thousands: "1.299", not "0.125" nor "1299.000".
bool may_be_thousands(std::string_view number) {
  const size_t point = number.find('.');
  constexpr size_t kGroup = 3;
  return point != std::string_view::npos && number.size() - point - 1 == kGroup && point > 0 &&
         point <= kGroup && number.substr(0, point) != "0";
}

// "EUR" for "eur" and "€"; what cannot be read as a currency stays.
json::value as_currency(const json::value& value) {
  const auto* text = value.if_string();
  if (text == nullptr) return value;
  const auto money = parse_money("1 " + std::string(*text));
  return money.ok() && money->currency.size() == 3 ? json::value(money->currency) : value;
}

json::value fit(const Schema& schema, const json::value& value);

// One value where several may be is a list of it.
json::value as_list(const Schema& schema, const json::value& value) {
  json::array out;
  if (const auto* list = value.if_array())
    for (const auto& entry : *list) out.push_back(fit(*schema.element, entry));
  else if (!value.is_object() && !value.is_null())
    out.push_back(fit(*schema.element, value));
  else
    return value;
  return out;
}

json::value with_members_fitted(const Schema& schema, const json::object& value) {
  json::object out;
  for (const auto& [key, member] : value) {
    const FieldSchema* field =
        schema.kind == Schema::Kind::kObject ? event_book().object(schema.object).find(key) : nullptr;
    const Schema* inner = field != nullptr ? &field->schema : schema.element.get();
    out.emplace(key, inner == nullptr ? member : fit(*inner, member));
  }
  return out;
}

json::value as_name(const Schema& schema, const json::string& text) {
  const auto snake = snake_case(text);
  return json::value(contains(schema.names, snake) ? std::string_view(snake) : std::string_view(text));
}

json::value fit(const Schema& schema, const json::value& value) {
  const auto* text = value.if_string();
  switch (schema.kind) {
    case Schema::Kind::kString:
      if (value.is_number()) return json::value(serialize_json(value));
      return text != nullptr ? json::value(trim(*text)) : value;
    case Schema::Kind::kNumber:
    case Schema::Kind::kInteger:
      return text != nullptr ? as_number(*text) : value;
    case Schema::Kind::kBoolean:
      return text != nullptr && (*text == "true" || *text == "false") ? json::value(*text == "true") : value;
    case Schema::Kind::kEnum:
      return text != nullptr ? as_name(schema, *text) : value;
    case Schema::Kind::kTime:
      return as_time(value);
    case Schema::Kind::kList:
      return as_list(schema, value);
    case Schema::Kind::kMap:
    case Schema::Kind::kObject:
      return value.is_object() ? with_members_fitted(schema, value.get_object()) : value;
    default:
      return value;
  }
}

// Whether a value is of the type that the schema asks for; what it says is judged later.
bool is_of_type(const Schema& schema, const json::value& value) {
  switch (schema.kind) {
    case Schema::Kind::kString:
    case Schema::Kind::kTime:
      return value.is_string();
    case Schema::Kind::kEnum:
      return value.is_string() && contains(schema.names, std::string_view(value.get_string()));
    case Schema::Kind::kNumber:
    case Schema::Kind::kInteger:
      return value.is_number();
    case Schema::Kind::kBoolean:
      return value.is_bool();
    case Schema::Kind::kList:
      return value.is_array();
    case Schema::Kind::kMap:
    case Schema::Kind::kObject:
      return value.is_object();
    default:
      return true;
  }
}

json::value fit(const FieldSchema& field, const json::value& value) {
  if (is_money(field.name) && value.is_string() && may_be_thousands(trim(value.get_string()))) return value;
  if (field.name == "reason") return as_reason(value);
  if (field.name == "currency") return as_currency(value);
  return fit(field.schema, value);
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
  const std::string amount = first_of({"amount", "value", "price"});
  return amount.empty()
             ? std::string()
             : std::string(trim(amount + " " + first_of({"currencyCode", "currency_code", "currency"})));
}

bool is_absent(const json::value& value) {
  const auto* text = value.if_string();
  if (text == nullptr) return value.is_null();
  const auto said = trim(*text);
  return said.empty() || said == "(not set)" || said == "(not provided)";  // as Google's exports write it
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

bool is_money(std::string_view member) { return member == "price" || member == "discount"; }

const json::value* find_path(const json::object& object, std::string_view path) {
  const json::object* at = &object;
  while (true) {
    const size_t dot = path.find('.');
    const auto* found = at->if_contains(path.substr(0, dot));
    if (found == nullptr || dot == std::string_view::npos) return found;
    at = found->if_object();
    if (at == nullptr) return nullptr;
    path.remove_prefix(dot + 1);
  }
}

std::string_view text_at(const json::object& object, std::string_view path) {
  const auto* found = find_path(object, path);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

std::string snake_case(std::string_view name) {
  std::string out;
  bool after_lower = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!word || (upper && after_lower)) {
      if (!out.empty() && out.back() != '_') out += '_';
    }
    if (word) out += upper ? static_cast<char>(c + 32) : c;
    after_lower = word && !upper;
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* digits = text.data() + i + 1;
    const bool coded = text[i] == '%' && i + 2 < text.size() &&
                       std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
    out += coded ? static_cast<char>(byte) : text[i];
    if (coded) i += 2;
  }
  return is_utf8(out) ? out : std::string(text);
}

std::string_view echo(std::string_view text, size_t bytes_max) {
  constexpr size_t kCharacterMax = 4;
  std::string_view said = text.substr(0, bytes_max);
  for (size_t cut = 0; cut < kCharacterMax && !is_utf8(said); ++cut) said.remove_suffix(1);
  return said;
}

std::string source_of(const Sources& sources, std::string_view ours, std::string_view otherwise) {
  for (std::string_view prefix = ours; !prefix.empty(); prefix = prefix.substr(0, prefix.rfind('/')))
    if (const auto found = sources.find(prefix); found != sources.end())
      return found->second + std::string(ours.substr(prefix.size()));
  return std::string(otherwise);
}

std::string numbered_id(std::string_view base, size_t index) {
  constexpr size_t kLengthMax = 90;  // of the 100 that an event_id may have
  return base.size() <= kLengthMax ? fmt::format("{}#{}", base, index)
                                   : fmt::format("{}#{}", content_id("id", base), index);
}

std::string order_line_event_id(std::string_view order_id, std::string_view line) {
  return fmt::format("order-{}#{}", order_id, line);
}

std::string_view order_line_in(std::string_view event_id, std::string_view order_id) {
  const std::string before = order_line_event_id(order_id, "");
  return event_id.starts_with(before) ? event_id.substr(before.size()) : std::string_view();
}

std::string content_id(std::string_view prefix, std::string_view content) {
  return fmt::format("{}-{:016x}{:016x}", prefix, hash64(content), hash64(content, 1));
}

std::string kept_text(json::value event) {
  if (auto* object = event.if_object())
    for (const std::string_view member : {"sent_at", "sentAt"}) object->erase(member);
  make_coarse(event);
  return serialize_json(event);
}

std::string content_id_of(std::string_view prefix, json::object event) {
  return content_id(prefix, kept_text(std::move(event)));
}

std::string content_id_of(std::string_view prefix, json::object event, TimePoint received_at) {
  constexpr std::string_view kTimes[] = {"timestamp",       "originalTimestamp", "time",
                                         "event_time",      "client_event_time", "eventTime",
                                         "properties.time", "properties.$time",  "properties.timestamp"};
  const bool says_when = std::any_of(std::begin(kTimes), std::end(kTimes), [&](std::string_view path) {
    const auto* time = find_path(event, path);
    return time != nullptr && !is_absent(*time);
  });
  constexpr size_t kDay = 10;  // "2026-11-21"
  std::string said = kept_text(std::move(event));
  if (!says_when) said += '\n' + to_rfc3339(received_at).substr(0, kDay);
  return content_id(prefix, said);
}

void Draft::take(std::string_view member, const json::value& value, std::string pointer) {
  if (member == kAlsoKnownAs) return add_id(value);
  if (is_money(member) && value.is_object())
    if (const auto whole = written_money(value.get_object()); !whole.empty())
      return take(member, json::value(whole), std::move(pointer));
  const auto* field = field_of(member);
  if (is_absent(value) || field == nullptr) return;
  json::value fitted = fit(*field, value);
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
  const std::string home = event_.contains("currency") ? std::string(text("currency")) : currency_;
  for (const std::string_view member : {"price", "discount"})
    if (auto* amount = event_.if_contains(member)) read_money(*amount, home);
  auto left_out = leave_out_unreadable(event_, sources_, items_also_known_as_);
  left_out.insert(left_out.end(), std::make_move_iterator(no_ids_.begin()),
                  std::make_move_iterator(no_ids_.end()));
  if (!currency_.empty()) event_.emplace("currency", currency_);
  return {std::move(event_),       std::move(sources_),       std::move(left_out),
          std::move(line_number_), std::move(also_known_as_), std::move(items_also_known_as_)};
}

bool Draft::is_of_no_piece() const {
  const auto* quantity = event_.if_contains("quantity");
  return quantity != nullptr && quantity->is_number() && quantity->to_number<double>() == 0;
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
