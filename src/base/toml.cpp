#include "base/toml.h"

#include <fmt/format.h>

#include <charconv>

namespace modiste {
namespace {

Result<json::value> to_json_value(const toml::node& node, const std::string& name) {
  if (const auto* table = node.as_table()) {
    json::object object;
    for (const auto& [key, value] : *table) {
      TRY_ASSIGN(auto converted, to_json_value(value, name));
      object.emplace(key.str(), std::move(converted));
    }
    return json::value(std::move(object));
  }
  if (const auto* list = node.as_array()) {
    json::array array;
    for (const auto& entry : *list) {
      TRY_ASSIGN(auto converted, to_json_value(entry, name));
      array.push_back(std::move(converted));
    }
    return json::value(std::move(array));
  }
  if (const auto* text = node.as_string()) return json::value(text->get());
  if (const auto* number = node.as_integer()) return json::value(number->get());
  if (const auto* truth = node.as_boolean()) return json::value(truth->get());
  if (const auto* number = node.as_floating_point(); number != nullptr && std::isfinite(number->get()))
    return json::value(number->get());
  return Error{Code::kInvalid, "unsupported TOML value: a date, a time, inf or nan",
               fmt::format("{} line {}", name, node.source().begin.line),
               "a string in quotes, a number, true, false, a list or a table"};
}

// Removes the next step of a JSON pointer from `rest` and returns it unescaped.
std::string take_step(std::string_view& rest) {
  rest.remove_prefix(1);
  const auto step = rest.substr(0, rest.find('/'));
  rest.remove_prefix(step.size());
  std::string plain;
  for (size_t i = 0; i < step.size(); ++i) {
    const bool escaped = step[i] == '~' && i + 1 < step.size();
    plain += !escaped ? step[i] : step[++i] == '1' ? '/' : '~';
  }
  return plain;
}

const toml::node* child_of(const toml::node& node, const std::string& step) {
  if (const auto* table = node.as_table()) return table->get(step);
  const auto* list = node.as_array();
  size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  return list == nullptr || error != std::errc() ? nullptr : list->get(index);
}

}  // namespace

Result<TomlDocument> TomlDocument::parse(std::string_view text, std::string name) {
  toml::parse_result parsed = toml::parse(text, std::string_view(name));
  if (!parsed)
    return Error{Code::kInvalid, std::string(parsed.error().description()),
                 fmt::format("{} line {}", name, parsed.error().source().begin.line), "TOML"};
  TomlDocument document(std::move(parsed).table(), std::move(name));
  TRY_ASSIGN(document.value_, to_json_value(document.table_, document.name_));
  return document;
}

Error TomlDocument::located(Error error) const {
  const toml::node* node = &table_;
  std::string key;
  uint32_t line = 0;
  for (std::string_view rest = error.where; rest.starts_with('/');) {
    const std::string step = take_step(rest);
    key += (key.empty() ? "" : ".") + step;
    if (node != nullptr) node = child_of(*node, step);
    if (node != nullptr) line = node->source().begin.line;
  }
  error.where = line > 0 ? fmt::format("{} line {}, {}", name_, line, key)
                         : fmt::format("{}{}{}", name_, key.empty() ? "" : ", ", key);
  return error;
}

}  // namespace modiste
