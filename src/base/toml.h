// TOML, read as JSON so that Contract<T> describes files that people write as well as messages.
//
// toml++ as every file of ours includes it: it is all inline, so two files that configure it differently
// would break the one-definition rule. Its assertions are off: they stand before the branches that report the
// same mistakes (such as the key "[@"), and would end the program over a mistyped file.
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/toml.h>

#include "base/json.h"

namespace modiste {

class TomlDocument {
 public:
  // kInvalid: not TOML, or a value that JSON does not have (dates, times, inf, nan). name: of the file, for
  // messages.
  static Result<TomlDocument> parse(std::string_view text, std::string name);

  [[nodiscard]] const json::value& value() const { return value_; }
  // The error of reading value(): its JSON pointer becomes "modiste.toml line 12, server.port".
  [[nodiscard]] Error located(Error error) const;

 private:
  TomlDocument(toml::table table, std::string name) : table_(std::move(table)), name_(std::move(name)) {}

  toml::table table_;
  std::string name_;
  json::value value_;
};

// Errors as TomlDocument and from_json; where: file, line and key.
template <class T>
Result<T> from_toml(std::string_view text, const std::string& name) {
  TRY_ASSIGN(const auto document, TomlDocument::parse(text, name));
  auto read = from_json<T>(document.value());
  if (!read.ok()) return document.located(std::move(read).error());
  return read;
}

}  // namespace modiste
