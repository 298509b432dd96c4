#include "ingest/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_schema.h"
#include "base/rng.h"
#include "events/event.h"

namespace modiste {
namespace {

constexpr std::string_view kContext = "context.";

// Null for members that are not ours.
const FieldSchema* field_of(std::string_view member) {
  static const SchemaBook kBook = [] {
    SchemaBook book;
    static_cast<void>(describe<Event>(book));
    return book;
  }();
  if (member.starts_with(kContext)) return kBook.object("EventContext").find(member.substr(kContext.size()));
  return kBook.object("Event").find(member);
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
  if (!number.is_number()) return value;
  const auto time = time_since_1970(number.to_number<double>());
  return time ? json::value(to_rfc3339(*time)) : value;
}

json::value fit(const Schema& schema, const json::value& value) {
  switch (schema.kind) {
    case Schema::Kind::kString:
      if (value.is_number()) return json::value(serialize_json(value));
      return value;
    case Schema::Kind::kNumber:
    case Schema::Kind::kInteger:
      if (const auto* text = value.if_string()) return value_from_text(schema, *text);
      return value;
    case Schema::Kind::kTime:
      return as_time(value);
    default:
      return value;
  }
}

std::string pointer_to(std::string_view path) {
  std::string out = fmt::format("/{}", path);
  std::replace(out.begin(), out.end(), '.', '/');
  return out;
}

}  // namespace

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

std::string content_id(std::string_view prefix, std::string_view content) {
  return fmt::format("{}-{:016x}{:016x}", prefix, hash64(content), hash64(content, 1));
}

void Draft::take(std::string_view member, const json::value& value, std::string pointer) {
  const auto* field = field_of(member);
  if (value.is_null() || field == nullptr) return;
  json::object* home = &event_;
  if (member.starts_with(kContext)) {
    auto& context = event_["context"];
    home = context.is_object() ? &context.get_object() : &context.emplace_object();
  }
  if (!home->emplace(field->name, fit(field->schema, value)).second) return;
  sources_.insert_or_assign(pointer_to(member), std::move(pointer));
}

void Draft::copy(const json::object& from, std::string_view base, std::span<const Copy> members) {
  for (const auto& [theirs, ours] : members) {
    std::string pointer = std::string(base) + pointer_to(theirs);
    if (const auto* found = find_path(from, theirs))
      take(ours, *found, std::move(pointer));
    else
      sources_.emplace(pointer_to(ours), std::move(pointer));  // where it would have been
  }
}

void Draft::show(json::object item, std::string pointer) {
  auto& items = event_["items"];
  auto& list = items.is_array() ? items.get_array() : items.emplace_array();
  sources_.insert_or_assign(fmt::format("/items/{}", list.size()), std::move(pointer));
  item["position"] = list.size();
  list.push_back(std::move(item));
}

}  // namespace modiste
