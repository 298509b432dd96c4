// Reads the data files of the drawn shop (data/*.toml, compiled in).
//
// A malformed file is refused with its name, the line and what would be right: TOML that does not parse, a
// key that is missing, of the wrong type or unknown, a number outside its limits, a word that is not in its
// list.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/toml.h"
#include "drawn_shop/drawing/palette.h"

namespace modiste::drawn_shop {

struct DataText {
  std::string_view name;  // "brands.toml"
  std::string_view text;
};

// CHECKs that it was compiled in.
[[nodiscard]] const DataText& data_file(std::string_view name);

// One table of a data file. The first fault is kept in the file, and what is read after it means nothing:
// read_data answers the fault instead. Keys that are absent and not optional are faults.
class Row {
 public:
  struct File {
    std::string_view name;
    std::optional<Error> fault;
  };

  Row(const toml::table& table, File& file) : table_(table), file_(file) {}

  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  std::string text(std::string_view key);
  double number(std::string_view key, double low, double high);
  double number(std::string_view key, double low, double high, double otherwise);
  int integer(std::string_view key, int low, int high);
  std::vector<int> integers(std::string_view key, int low, int high);
  bool flag(std::string_view key);                       // absent: false
  std::vector<std::string> texts(std::string_view key);  // at least one
  std::vector<std::string> texts_or_none(std::string_view key);
  drawing::Ink ink(std::string_view key);  // "#rrggbb"

  template <NamedEnum E>
  E word(std::string_view key) {
    return static_cast<E>(index(key, find(key), EnumNames<E>::kNames));
  }
  // At least one.
  template <NamedEnum E>
  std::vector<E> words(std::string_view key) {
    std::vector<E> values;
    for (const toml::node* entry : list(key))
      values.push_back(static_cast<E>(index(key, entry, EnumNames<E>::kNames)));
    return values;
  }
  template <NamedEnum E>
  std::vector<E> words_or_none(std::string_view key) {
    return has(key) ? words<E>(key) : std::vector<E>();
  }
  // A table of numbers by word, or a list of [word, number], in the file's order.
  template <NamedEnum E>
  std::vector<std::pair<E, double>> weights(std::string_view key, double high) {
    std::vector<std::pair<E, double>> values;
    for (const auto& [name, weight] : weighted_names(key, high))
      values.emplace_back(static_cast<E>(index_of(name, EnumNames<E>::kNames, find(key))), weight);
    return values;
  }
  // A table that says something of each word; "" where it is silent.
  template <NamedEnum E>
  std::vector<std::string> texts_by(std::string_view key) {
    return texts_by_name(key, EnumNames<E>::kNames);
  }

  template <class Read>
  void table(std::string_view key, Read read) {
    if (const toml::table* inner = table_of(key, find(key))) {
      Row row(*inner, file_);
      read(row);
      row.refuse_unknown();
    }
  }
  // A list of tables, read one by one, at least one.
  template <class Read>
  auto rows(std::string_view key, Read read) {
    std::vector<decltype(read(*this))> values;
    for (const toml::node* entry : list(key)) {
      if (const toml::table* table = table_of(key, entry)) {
        Row row(*table, file_);
        values.push_back(read(row));
        row.refuse_unknown();
      }
    }
    return values;
  }
  // The same for a list that has one row per word, in the order of the words, which `key` of each row
  // repeats.
  template <NamedEnum E, class Read>
  auto rows_by(std::string_view key, Read read) {
    size_t next = 0;
    auto values = rows(key, [&](Row& row) {
      row.expect(key, EnumNames<E>::kNames, next++);
      return read(row);
    });
    if (next < EnumNames<E>::kNames.size())
      fail(find(key), std::string(key) + " lacks a row", quoted(EnumNames<E>::kNames[next]));
    return values;
  }

  // For rules that the readers above do not know.
  void fail(std::string_view key, std::string what, std::string expected);
  void refuse_unknown();

 private:
  using Names = std::span<const std::string_view>;
  [[nodiscard]] static std::string quoted(std::string_view word);
  const toml::node* find(std::string_view key);  // a fault where absent
  void fail(const toml::node* at, std::string what, std::string expected);
  std::vector<const toml::node*> list(std::string_view key);
  const toml::table* table_of(std::string_view key, const toml::node* node);
  std::string text_of(std::string_view key, const toml::node* node);
  double number_of(std::string_view key, const toml::node* node, double low, double high);
  size_t index(std::string_view key, const toml::node* node, Names names);
  size_t index_of(std::string_view name, Names names, const toml::node* at);
  std::vector<std::pair<std::string, double>> weighted_names(std::string_view key, double high);
  std::vector<std::string> texts_by_name(std::string_view key, Names names);
  void expect(std::string_view key, Names names, size_t which);

  const toml::table& table_;
  File& file_;
  std::set<std::string, std::less<>> read_;
};

Result<toml::table> parse_data(const DataText& text);

// Parses a file and reads its root table; kInvalid with the first fault.
template <class Read>
auto read_data(const DataText& text, Read read) -> Result<decltype(read(std::declval<Row&>()))> {
  TRY_ASSIGN(const toml::table table, parse_data(text));
  Row::File file{text.name, {}};
  Row root(table, file);
  auto value = read(root);
  root.refuse_unknown();
  if (file.fault) return std::move(*file.fault);
  return value;
}
// A file of ours: CHECKs that it is well formed, after printing its fault.
template <class Read>
auto read_own(std::string_view name, Read read) {
  auto value = read_data(data_file(name), read);
  if (!value.ok()) fmt::print(stderr, "{}\n", value.error().message());
  CHECK(value.ok());
  return std::move(*value);
}

}  // namespace modiste::drawn_shop
