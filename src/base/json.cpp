#include "base/json.h"

#include <fmt/format.h>

#include "base/edit_distance.h"
#include "base/json_document.h"
#include "base/text.h"

namespace modiste {

namespace {

Result<json::value> parse_into(std::string_view text, json::storage_ptr memory) {
  json::parse_options options;
  options.max_depth = 32;
  json::error_code error;
  json::parser parser({}, options);
  parser.reset(std::move(memory));
  const size_t read = parser.write(text.data(), text.size(), error);
  if (error)
    return Error{Code::kInvalid, "not valid JSON: " + error.message(), fmt::format("byte {}", read),
                 "JSON in UTF-8, nested at most 32 levels deep"};
  return parser.release();
}

}  // namespace

// A parsed document is read once and discarded: freeing its blocks together costs less than freeing a heap of
// nodes. A copy of a part owns its memory and does not keep these blocks.
Result<json::value> parse_json(std::string_view text) {
  return parse_into(text, json::make_shared_resource<json::monotonic_resource>(text.size()));
}

Result<json::value> parse_json(std::string_view text, json::monotonic_resource* memory) {
  return parse_into(text, memory);
}

namespace {

void serialize_into(std::string& out, const json::value& value) {
  if (value.is_double()) {
    fmt::format_to(std::back_inserter(out), "{}", value.get_double());
  } else if (value.is_array()) {
    const char* separator = "[";
    for (const auto& entry : value.get_array()) {
      out += separator;
      serialize_into(out, entry);
      separator = ",";
    }
    out += value.get_array().empty() ? "[]" : "]";
  } else if (value.is_object()) {
    const char* separator = "{";
    for (const auto& [key, entry] : value.get_object()) {
      out += separator;
      out += json::serialize(json::string_view(key));
      out += ':';
      serialize_into(out, entry);
      separator = ",";
    }
    out += value.get_object().empty() ? "{}" : "}";
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string serialize_json(const json::value& value) {
  std::string out;
  serialize_into(out, value);
  return out;
}

namespace json_detail {
namespace {

std::string_view kind_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "a boolean";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return "a number";
    case json::kind::string:
      return "a string";
    case json::kind::array:
      return "a list";
    case json::kind::object:
      return "an object";
  }
  return "an unknown kind";
}

// RFC 6901: ~ and / are escaped in a step of a JSON pointer.
std::string escape_step(std::string_view step) {
  std::string out;
  for (const char c : step) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

}  // namespace

Error wrong_type(const json::value& got, std::string_view expected) {
  return {Code::kInvalid, fmt::format("wrong type: {}", kind_of(got)), "", std::string(expected)};
}

Error out_of_range(double value, const FieldSpec& spec) {
  std::string expected = "a number in range";
  const bool low = std::isfinite(spec.min), high = std::isfinite(spec.max);
  if (low && high)
    expected = fmt::format("{} to {}", spec.min, spec.max);
  else if (low)
    expected = fmt::format("at least {}", spec.min);
  else if (high)
    expected = fmt::format("at most {}", spec.max);
  return {Code::kInvalid, fmt::format("{} is out of range", value), "", std::move(expected)};
}

Error too_long(size_t size, size_t limit, std::string_view unit) {
  return {Code::kInvalid, fmt::format("too long: {} {}", size, unit), "",
          fmt::format("at most {} {}", limit, unit)};
}

Error unknown_name(std::string_view got, const std::string_view* names, size_t count, std::string_view kind) {
  const std::string_view nearest = nearest_name(got, names, count);
  std::string all;
  for (size_t i = 0; i < count; ++i) all += (i == 0 ? "" : ", ") + std::string(names[i]);
  std::string expected = nearest.empty() ? "one of " + all : fmt::format("'{}', perhaps", nearest);
  std::string_view shown = got.substr(0, 60);
  while (!is_utf8(shown)) shown.remove_suffix(1);  // whole characters
  return {Code::kInvalid, fmt::format("unknown {} '{}'", kind, shown), "", std::move(expected)};
}

Error missing(std::string_view field) {
  return {Code::kInvalid, fmt::format("'{}' is missing", field), "", "a value for this required field"};
}

size_t find_name(std::string_view name, const std::string_view* names, size_t count, size_t hint) {
  for (size_t i = hint; i < count; ++i)
    if (names[i] == name) return i;
  for (size_t i = 0; i < std::min(hint, count); ++i)
    if (names[i] == name) return i;
  return count;
}

Error at(Error error, std::string_view step) {
  error.where = "/" + escape_step(step) + error.where;
  return error;
}

Error at(Error error, size_t index) {
  error.where = fmt::format("/{}{}", index, error.where);
  return error;
}

}  // namespace json_detail
}  // namespace modiste
