#include "history/history_mapping.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/toml.h"
#include "feeds/feed_text.h"
#include "history/history_fields.h"

namespace modiste {
namespace {

Result<HistoryMapping> read_either(std::string_view text, const std::string& name) {
  if (trim(text).starts_with('{')) return from_json_text<HistoryMapping>(text);
  return from_toml<HistoryMapping>(text, name);
}

Result<Done> check_field(const std::string& field, std::string_view table) {
  if (find_history_field(field) != nullptr) return kOk;
  const auto names = history_fields();
  return json_detail::at(
      json_detail::at(json_detail::unknown_name(field, names.data(), names.size(), "field"), field), table);
}

Result<Done> check(const HistoryMapping& mapping) {
  for (const auto& [field, value] : mapping.constants) TRY(check_field(field, "constants"));
  for (const auto& [field, column] : mapping.columns) {
    TRY(check_field(field, "columns"));
    if (mapping.constants.contains(field))
      return Error{Code::kInvalid, fmt::format("'{}' is a constant and a column", field), "/columns/" + field,
                   "one of them"};
  }
  for (const auto& [field, words] : mapping.words)
    if (!mapping.columns.contains(field))
      return Error{Code::kInvalid, fmt::format("words for '{}', which has no column", field),
                   "/words/" + field, "the column under [columns]"};
  if (!mapping.constants.contains("type") && !mapping.columns.contains("type"))
    return Error{Code::kInvalid, "no type of event", "/constants/type",
                 "type = \"purchase\" or the like under [constants], or its column under [columns]"};
  return kOk;
}

}  // namespace

Result<HistoryMapping> parse_history_mapping(std::string_view text, const std::string& name) {
  const auto parse = [&]() -> Result<HistoryMapping> {
    TRY_ASSIGN(auto mapping, read_either(text, name));
    TRY(check(mapping));
    return mapping;
  };
  auto mapping = parse();
  if (!mapping.ok() && !mapping.error().where.starts_with(name)) {
    Error error = mapping.error();
    error.where = name + " " + error.where;
    return error;
  }
  return mapping;
}

}  // namespace modiste
