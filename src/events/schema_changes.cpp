#include <fmt/format.h>

#include <algorithm>

#include "events/schema_registry.h"

namespace modiste {
namespace {

const json::value kAnything = true, kNothing = nullptr;

const json::value& member_or(const json::value& object, std::string_view name, const json::value& otherwise) {
  const auto* members = object.if_object();
  const auto* found = members != nullptr ? members->if_contains(name) : nullptr;
  return found == nullptr ? otherwise : *found;
}

bool has(const json::value& list, const json::value& entry) {
  return list.is_array() &&
         std::find(list.get_array().begin(), list.get_array().end(), entry) != list.get_array().end();
}

// Walks two schemas at once. Both documents are kept for their $defs.
class Comparison {
 public:
  Comparison(const json::value& older, const json::value& newer) : older_root_(older), newer_root_(newer) {}

  void compare(const json::value& older_in, const json::value& newer_in, const std::string& at) {
    const auto& older = resolve(older_in, older_root_);
    const auto& newer = resolve(newer_in, newer_root_);
    if (older == json::value(false) || newer == json::value(true)) return;
    if (newer == json::value(false)) return say(at, "is no longer allowed");
    compare_kind(older, newer, at);
    compare_limits(older, newer, at);
    compare_members(older, newer, at);
    compare_cases(older, newer, at);
    for (const auto* below : {"items", "additionalProperties"})
      compare(member_or(older, below, kAnything), member_or(newer, below, kAnything), at + "/" + below);
  }

  std::vector<std::string> found;

 private:
  void say(const std::string& at, std::string_view what) { found.push_back(fmt::format("{} {}", at, what)); }

  static const json::value& resolve(const json::value& schema, const json::value& root) {
    constexpr std::string_view kHere = "#/$defs/";
    const auto& reference = member_or(schema, "$ref", kNothing);
    if (!reference.is_string() || !std::string_view(reference.get_string()).starts_with(kHere))
      return schema;  // NOLINT(bugprone-return-const-ref-from-parameter): the documents outlive the
                      // comparison
    const auto name = std::string_view(reference.get_string()).substr(kHere.size());
    return member_or(member_or(root, "$defs", kNothing), name, kAnything);
  }

  void compare_kind(const json::value& older, const json::value& newer, const std::string& at) {
    const auto& type = member_or(newer, "type", kNothing);
    const auto& type_before = member_or(older, "type", kNothing);
    const bool wider = type_before == "integer" && type == "number";
    if (!type.is_null() && type != type_before && !wider) say(at, "is of another type");
    for (const auto* keyword : {"const", "format"}) {
      const auto& value = member_or(newer, keyword, kNothing);
      if (!value.is_null() && value != member_or(older, keyword, kNothing))
        say(at, fmt::format("has another {}", keyword));
    }
    if (member_or(newer, "default", kNothing) != member_or(older, "default", kNothing))
      say(at, "means something else when it is absent");
    const auto& names = member_or(newer, "enum", kNothing);
    const auto& names_before = member_or(older, "enum", kNothing);
    if (names.is_null()) return;
    if (!names_before.is_array()) return say(at, "is one of a list now");
    for (const auto& name : names_before.get_array())
      if (!has(names, name)) say(at, fmt::format("cannot be {} any more", serialize_json(name)));
  }

  void compare_limits(const json::value& older, const json::value& newer, const std::string& at) {
    const auto limit = [](const json::value& schema, std::string_view keyword) -> std::optional<double> {
      const auto& value = member_or(schema, keyword, kNothing);
      return value.is_number() ? std::optional(value.to_number<double>()) : std::nullopt;
    };
    for (const auto* keyword : {"maximum", "maxLength", "maxItems", "maxProperties"}) {
      const auto now = limit(newer, keyword), before = limit(older, keyword);
      if (now && (!before || *now < *before)) say(at, fmt::format("has a lower {}", keyword));
    }
    for (const auto* keyword : {"minimum", "minLength", "minItems", "minProperties"}) {
      const auto now = limit(newer, keyword), before = limit(older, keyword);
      const bool trivial = std::string_view(keyword) != "minimum" && now && *now <= 0;
      if (now && !trivial && (!before || *now > *before)) say(at, fmt::format("has a higher {}", keyword));
    }
  }

  void compare_members(const json::value& older, const json::value& newer, const std::string& at) {
    const auto& needed = member_or(newer, "required", kNothing);
    if (needed.is_array())
      for (const auto& name : needed.get_array())
        if (!has(member_or(older, "required", kNothing), name))
          say(at + "/" + std::string(name.as_string()), "is needed now");
    const auto& properties = member_or(newer, "properties", kNothing);
    const auto& before = member_or(older, "properties", kNothing);
    const auto& others = member_or(newer, "additionalProperties", kAnything);
    const auto& others_before = member_or(older, "additionalProperties", kAnything);
    if (before.is_object())
      for (const auto& [name, schema] : before.get_object())
        compare(schema, member_or(properties, name, others), at + "/" + std::string(name));
    if (properties.is_object())
      for (const auto& [name, schema] : properties.get_object())
        if (!before.is_object() || !before.get_object().contains(name))
          compare(others_before, schema, at + "/" + std::string(name));
  }

  // Alternatives, and what is asked of single types.
  void compare_cases(const json::value& older, const json::value& newer, const std::string& at) {
    const auto& ways = member_or(newer, "anyOf", kNothing);
    const auto& ways_before = member_or(older, "anyOf", kNothing);
    if (ways.is_array() && !ways_before.is_array()) say(at, "asks for one of several now");
    if (ways.is_array() && ways_before.is_array())
      for (const auto& way : ways_before.get_array())
        if (!has(ways, way)) say(at, fmt::format("no longer takes {}", serialize_json(way)));
    const auto& cases = member_or(newer, "allOf", kNothing);
    if (!cases.is_array()) return;
    for (const auto& one : cases.get_array()) {
      const auto& when = member_or(one, "if", kNothing);
      if (const auto name = type_of(when); is_old_type(name))
        compare(then_of(older, when), member_or(one, "then", kAnything), fmt::format("{}[{}]", at, name));
    }
  }

  static std::string type_of(const json::value& when) {
    const auto& type = member_or(member_or(when, "properties", kNothing), "type", kNothing);
    const auto& name = member_or(type, "const", kNothing);
    return name.is_string() ? std::string(name.get_string()) : "";
  }
  // A type that only the newer version has can ask for what it likes.
  [[nodiscard]] bool is_old_type(const std::string& name) const {
    const auto& types = member_or(member_or(older_root_, "properties", kNothing), "type", kNothing);
    return has(member_or(types, "enum", kNothing), json::value(name));
  }
  static const json::value& then_of(const json::value& schema, const json::value& when) {
    const auto& cases = member_or(schema, "allOf", kNothing);
    if (cases.is_array())
      for (const auto& one : cases.get_array())
        if (member_or(one, "if", kNothing) == when) return member_or(one, "then", kAnything);
    return kAnything;
  }

  const json::value& older_root_;
  const json::value& newer_root_;
};

}  // namespace

std::vector<std::string> breaking_changes(const json::value& older, const json::value& newer) {
  Comparison comparison(older, newer);
  comparison.compare(older, newer, "");
  return std::move(comparison.found);
}

}  // namespace modiste
