#include "events/schema_registry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_schema.h"
#include "events/event_rules.h"

namespace modiste {
namespace {

constexpr std::string_view kIdentifiers[] = {"shopper_id",  "loyalty_id", "email_hash",
                                             "external_id", "device_id",  "session_id"};

// References of OpenAPI become those of a document that stands alone.
void make_local(json::value& value) {
  constexpr std::string_view kFar = "#/components/schemas/";
  if (auto* list = value.if_array())
    for (auto& entry : *list) make_local(entry);
  if (auto* object = value.if_object())
    for (auto& [key, member] : *object) {
      if (key == "$ref" && std::string_view(member.as_string()).starts_with(kFar))
        member = "#/$defs/" + std::string(std::string_view(member.as_string()).substr(kFar.size()));
      else
        make_local(member);
    }
}

bool is_engines_own(const MemberRule& rule) {
  return std::none_of(kEventTypes.begin(), kEventTypes.end(), [&](const EventTypeRow& row) {
    return !row.is_internal && rule.allowed_on.contains(row.type);
  });
}

// Present as validate() means it: an empty text or list is absent.
json::object not_empty(const json::object& property) {
  const auto* type = property.if_contains("type");
  if (type == nullptr) return {{"minProperties", 1}};  // a described object
  if (*type == "string" && !property.contains("enum")) return {{"minLength", 1}};
  if (*type == "array") return {{"minItems", 1}};
  return *type == "object" ? json::object{{"minProperties", 1}} : json::object{};
}

json::object needs(std::initializer_list<std::string_view> members) {
  return {{"required", json::array(members.begin(), members.end())}};
}

json::array two_identifiers() {
  json::array pairs;
  for (size_t i = 0; i < std::size(kIdentifiers); ++i)
    for (size_t j = i + 1; j < std::size(kIdentifiers); ++j)
      pairs.push_back(needs({kIdentifiers[i], kIdentifiers[j]}));
  return pairs;
}

// What a type asks for beyond what every event has; empty when nothing.
json::object rules_of(EventType type, const json::object& all_properties) {
  json::array required;
  json::object properties, out;
  for (const auto& rule : member_rules()) {
    if (is_engines_own(rule)) continue;
    if (rule.needed_by.contains(type)) {
      required.push_back(json::string_view(rule.member));
      if (auto filled = not_empty(all_properties.at(rule.member).as_object());
          !filled.empty() && !teaches(type, Lesson::kPreferences))  // a quiz may be answered by nothing
        properties[rule.member] = std::move(filled);
    }
    if (!rule.allowed_on.contains(type)) properties[rule.member] = false;
  }
  if (!required.empty()) out["required"] = std::move(required);
  if (!properties.empty()) out["properties"] = std::move(properties);
  if (type == EventType::kReview) out["anyOf"] = json::array{needs({"rating"}), needs({"fit"})};
  if (type == EventType::kReturn) out["anyOf"] = json::array{needs({"garment_id"}), needs({"order_id"})};
  if (type == EventType::kIdentify) out["anyOf"] = two_identifiers();
  return out;
}

void leave_out_engines_own(json::object& properties) {
  for (const auto& rule : member_rules())
    if (is_engines_own(rule)) properties.erase(rule.member);
  json::array names;
  for (const auto& name : properties["type"].as_object()["enum"].as_array())
    if (!is_internal(*enum_from_name<EventType>(name.as_string()))) names.push_back(name);
  properties["type"].as_object()["enum"] = std::move(names);
  properties["type"].as_object().erase("default");
}

}  // namespace

json::object event_schema() {
  SchemaBook book;
  static_cast<void>(describe<Event>(book));
  json::object out{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"$id", fmt::format("urn:modiste:event:{}", kTaxonomyVersion)},
                   {"title", fmt::format("Event, taxonomy version {}", kTaxonomyVersion)}};
  for (auto& [key, value] : json_schema(book.object("Event"))) out[key] = std::move(value);
  auto& properties = out["properties"].as_object();
  leave_out_engines_own(properties);

  json::array somebody, by_type;
  for (const auto name : kIdentifiers) somebody.push_back(needs({name}));
  for (const auto& row : kEventTypes) {
    if (row.is_internal) continue;
    auto rules = rules_of(row.type, properties);
    if (rules.empty()) continue;
    json::object when{{"properties", json::object{{"type", json::object{{"const", row.name}}}}}};
    by_type.push_back(json::object{{"if", std::move(when)}, {"then", std::move(rules)}});
  }
  out["anyOf"] = std::move(somebody);
  out["allOf"] = std::move(by_type);
  json::object definitions;
  for (const auto* object : book.objects())
    if (object->name != "Event") definitions[object->name] = json_schema(*object);
  out["$defs"] = std::move(definitions);
  json::value document(std::move(out));
  make_local(document);
  return std::move(document.as_object());
}

}  // namespace modiste
