// The data files of the drawn shop (data/*.toml, compiled in), read by contract and checked.
//
// A malformed file is refused with its name, the line, the key and what would be right.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "base/toml.h"

namespace modiste::drawn_shop {

// The text of "brands.toml" and its like; CHECKs that it was compiled in.
[[nodiscard]] std::string_view data_file(std::string_view name);

// Fields of a contract; what they mean is said in the file.
inline constexpr FieldSpec kNeeded{.doc = "", .required = true};
constexpr FieldSpec within(double min, double max) { return {.doc = "", .min = min, .max = max}; }
constexpr FieldSpec needed(double min, double max) {
  return {.doc = "", .required = true, .min = min, .max = max};
}

// Reads T by its contract, then by what `check(T)` beside it asks for; its errors point into the file as
// those of the contract do: "/brand/3/dyes".
template <class T>
Result<T> parse_data(std::string_view text, const std::string& name) {
  TRY_ASSIGN(const auto document, TomlDocument::parse(text, name));
  auto data = from_json<T>(document.value());
  if (!data.ok()) return document.located(std::move(data).error());
  if (auto checked = check(*data); !checked.ok()) return document.located(std::move(checked).error());
  return data;
}

// A file of ours: prints its fault and stops the program when it is malformed.
template <class T>
T read_own(const std::string& name) {
  auto data = parse_data<T>(data_file(name), name);
  if (!data.ok()) fmt::print(stderr, "{}\n", data.error().message());
  CHECK(data.ok());
  return std::move(*data);
}

// kInvalid: a word that is not in a list of another file, or of the vocabulary.
[[nodiscard]] Error unknown_word(std::string_view word, std::string where, std::string expected);

}  // namespace modiste::drawn_shop
