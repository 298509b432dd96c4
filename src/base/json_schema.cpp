#include "base/json_schema.h"

#include <fmt/format.h>

#include <charconv>

#include "base/check.h"

namespace modiste {

using Kind = Schema::Kind;

const FieldSchema* ObjectSchema::find(std::string_view field) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.name == field; });
  return found == fields.end() ? nullptr : &*found;
}

bool SchemaBook::reserve(std::string_view name, const void* type) {
  const auto [entry, fresh] = types_.emplace(name, type);
  CHECK(entry->second == type);
  return fresh;
}

void SchemaBook::put(ObjectSchema object) {
  auto name = object.name;
  objects_.insert_or_assign(std::move(name), std::move(object));
}

const ObjectSchema& SchemaBook::object(std::string_view name) const {
  const auto found = objects_.find(name);
  CHECK(found != objects_.end());
  return found->second;
}

std::vector<const ObjectSchema*> SchemaBook::objects() const {
  std::vector<const ObjectSchema*> out;
  for (const auto& [name, object] : objects_) out.push_back(&object);
  return out;
}

namespace {

// Limits that are whole numbers are written as integers: 100, not 100.0.
json::value limit(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<int64_t>(value);
  return value;
}

void add_range(json::object& out, const FieldSpec& limits) {
  if (std::isfinite(limits.min)) out["minimum"] = limit(limits.min);
  if (std::isfinite(limits.max)) out["maximum"] = limit(limits.max);
}

bool says_something(const json::value& value) {
  if (value.is_string()) return !value.get_string().empty();
  if (value.is_array()) return !value.get_array().empty();
  if (value.is_object()) return !value.get_object().empty();
  return !value.is_null();
}

// A contract gives examples as text; this converts one to a value of the field's type.
json::value example_value(const FieldSchema& field) { return value_from_text(field.schema, field.example); }

}  // namespace

json::value json_schema(const Schema& schema) {
  json::object out;
  switch (schema.kind) {
    case Kind::kAny:
      break;
    case Kind::kBoolean:
      out["type"] = "boolean";
      break;
    case Kind::kInteger:
      out["type"] = "integer";
      add_range(out, schema.limits);
      break;
    case Kind::kNumber:
      out["type"] = "number";
      add_range(out, schema.limits);
      break;
    case Kind::kString:
      out["type"] = "string";
      out["maxLength"] = schema.limits.length_max;
      break;
    case Kind::kTime:
      out["type"] = "string";
      out["format"] = "date-time";
      break;
    case Kind::kEnum:
      out["type"] = "string";
      out["enum"] = json::array(schema.names.begin(), schema.names.end());
      break;
    case Kind::kList:
      out["type"] = "array";
      out["items"] = json_schema(*schema.element);
      out["maxItems"] = schema.limits.items_max;
      break;
    case Kind::kMap:
      out["type"] = "object";
      out["additionalProperties"] = json_schema(*schema.element);
      out["maxProperties"] = schema.limits.items_max;
      break;
    case Kind::kObject:
      out["$ref"] = "#/components/schemas/" + schema.object;
      break;
  }
  return out;
}

json::object json_schema(const ObjectSchema& object) {
  json::object properties;
  json::array required;
  for (const auto& field : object.fields) {
    auto property = json_schema(field.schema).as_object();
    property["description"] = field.doc;
    if (says_something(field.default_value)) property["default"] = field.default_value;
    if (!field.example.empty()) property["examples"] = json::array{example_value(field)};
    properties[field.name] = std::move(property);
    if (field.required) required.push_back(json::value(field.name));
  }
  json::object out{{"type", "object"}, {"description", object.doc}};
  if (!required.empty()) out["required"] = std::move(required);
  out["properties"] = std::move(properties);
  out["additionalProperties"] = false;
  return out;
}

namespace {

constexpr size_t kLineMax = 100;

void pretty_into(std::string& out, const json::value& value, size_t depth) {
  const auto flat = serialize_json(value);
  if (value.is_primitive() || 2 * depth + flat.size() <= kLineMax) {
    out += flat;
    return;
  }
  const auto begin_line = [&out](size_t level) { out.append(1, '\n').append(2 * level, ' '); };
  const char* separator = "";
  if (const auto* list = value.if_array()) {
    out += '[';
    for (const auto& entry : *list) {
      out += std::exchange(separator, ",");
      begin_line(depth + 1);
      pretty_into(out, entry, depth + 1);
    }
  } else {
    out += '{';
    for (const auto& [key, entry] : value.get_object()) {
      out += std::exchange(separator, ",");
      begin_line(depth + 1);
      out += serialize_json(json::value(key)) + ": ";
      pretty_into(out, entry, depth + 1);
    }
  }
  begin_line(depth);
  out += value.is_array() ? ']' : '}';
}

}  // namespace

std::string pretty_json(const json::value& value) {
  std::string out;
  pretty_into(out, value, 0);
  return out + "\n";
}

json::value example_of(const Schema& schema, const SchemaBook& book) {
  switch (schema.kind) {
    case Kind::kAny:
    case Kind::kMap:
      return json::object{};
    case Kind::kBoolean:
      return false;
    case Kind::kInteger:
    case Kind::kNumber:
      return limit(std::isfinite(schema.limits.min) ? schema.limits.min : 0);
    case Kind::kString:
      return "…";
    case Kind::kTime:
      return "2026-11-21T09:30:00Z";
    case Kind::kEnum:
      return json::value(schema.names.front());
    case Kind::kList:
      return json::array{example_of(*schema.element, book)};
    case Kind::kObject:
      break;
  }
  json::object out;
  for (const auto& field : book.object(schema.object).fields)
    if (field.required || !field.example.empty()) out[field.name] = example_of(field, book);
  return out;
}

json::value example_of(const FieldSchema& field, const SchemaBook& book) {
  return field.example.empty() ? example_of(field.schema, book) : example_value(field);
}

json::value value_from_text(const Schema& schema, std::string_view text) {
  const char* end = text.data() + text.size();
  switch (schema.kind) {
    case Kind::kInteger: {
      int64_t value = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, value);
      if (error == std::errc{} && stop == end) return value;
      break;
    }
    case Kind::kNumber: {
      double value = 0;
      const auto [stop, error] = std::from_chars(text.data(), end, value);
      if (error == std::errc{} && stop == end && std::isfinite(value)) return value;
      break;
    }
    case Kind::kBoolean:
      if (text == "true" || text == "false") return text == "true";
      break;
    case Kind::kList:
      return json::array{value_from_text(*schema.element, text)};
    default:
      break;
  }
  return json::value(text);
}

}  // namespace modiste
