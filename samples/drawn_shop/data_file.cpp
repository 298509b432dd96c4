#include "drawn_shop/data_file.h"

#include <algorithm>

namespace modiste::drawn_shop {

std::span<const DataText> data_files();  // data_files.cpp, which CMake writes

const DataText& data_file(std::string_view name) {
  const auto files = data_files();
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const DataText& file) { return file.name == name; });
  CHECK(found != files.end());
  return *found;
}

Result<toml::table> parse_data(const DataText& text) {
  toml::parse_result parsed = toml::parse(text.text, text.name);
  if (parsed) return std::move(parsed).table();
  return Error{Code::kInvalid, std::string(parsed.error().description()),
               fmt::format("{}, line {}", text.name, parsed.error().source().begin.line), "TOML 1.0"};
}

std::string Row::quoted(std::string_view word) { return fmt::format("\"{}\"", word); }

void Row::fail(const toml::node* at, std::string what, std::string expected) {
  if (file_.fault) return;
  const auto line = (at == nullptr ? table_.source() : at->source()).begin.line;
  file_.fault = Error{Code::kInvalid, std::move(what), fmt::format("{}, line {}", file_.name, line),
                      std::move(expected)};
}

void Row::fail(std::string_view key, std::string what, std::string expected) {
  fail(table_.get(key), std::move(what), std::move(expected));
}

const toml::node* Row::find(std::string_view key) {
  read_.emplace(key);
  const toml::node* node = table_.get(key);
  if (node == nullptr) fail(node, fmt::format("{} is missing", key), fmt::format("{} = ...", key));
  return node;
}

void Row::refuse_unknown() {
  for (const auto& [key, node] : table_)
    if (!read_.contains(key.str()))
      fail(&node, fmt::format("unknown key \"{}\"", key.str()), fmt::format("{}", fmt::join(read_, ", ")));
}

std::vector<const toml::node*> Row::list(std::string_view key) {
  const toml::node* node = find(key);
  const toml::array* array = node == nullptr ? nullptr : node->as_array();
  std::vector<const toml::node*> entries;
  if (array != nullptr)
    for (const toml::node& entry : *array) entries.push_back(&entry);
  if (entries.empty()) fail(node, fmt::format("{} is not a list, or empty", key), "a list with an entry");
  return entries;
}

const toml::table* Row::table_of(std::string_view key, const toml::node* node) {
  const toml::table* table = node == nullptr ? nullptr : node->as_table();
  if (table == nullptr) fail(node, fmt::format("{} is not a table", key), "key = value pairs");
  return table;
}

std::string Row::text_of(std::string_view key, const toml::node* node) {
  const auto value = node == nullptr ? std::nullopt : node->value<std::string>();
  if (!value || value->empty()) fail(node, fmt::format("{} is not a text, or empty", key), "\"text\"");
  return value.value_or("");
}

double Row::number_of(std::string_view key, const toml::node* node, double low, double high) {
  const auto value = node == nullptr ? std::nullopt : node->value<double>();
  if (value && *value >= low && *value <= high) return *value;
  fail(node, fmt::format("{} is not a number within its limits", key),
       fmt::format("a number from {} to {}", low, high));
  return low;
}

size_t Row::index_of(std::string_view name, Names names, const toml::node* at) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  fail(at, fmt::format("unknown word {}", quoted(name)),
       fmt::format("one of {}", fmt::join(names.begin(), names.end(), ", ")));
  return 0;
}

size_t Row::index(std::string_view key, const toml::node* node, Names names) {
  return index_of(text_of(key, node), names, node);
}

std::string Row::text(std::string_view key) { return text_of(key, find(key)); }

double Row::number(std::string_view key, double low, double high) {
  return number_of(key, find(key), low, high);
}

double Row::number(std::string_view key, double low, double high, double otherwise) {
  read_.emplace(key);
  return has(key) ? number(key, low, high) : otherwise;
}

int Row::integer(std::string_view key, int low, int high) {
  const toml::node* node = find(key);
  const double value = number_of(key, node, low, high);
  if (node != nullptr && !node->is_integer()) fail(node, fmt::format("{} is not whole", key), "an integer");
  return static_cast<int>(value);
}

std::vector<int> Row::integers(std::string_view key, int low, int high) {
  std::vector<int> values;
  for (const toml::node* entry : list(key)) {
    values.push_back(static_cast<int>(number_of(key, entry, low, high)));
    if (!entry->is_integer()) fail(entry, fmt::format("{} has an entry that is not whole", key), "integers");
  }
  return values;
}

bool Row::flag(std::string_view key) {
  read_.emplace(key);
  if (!has(key)) return false;
  const auto value = table_.get(key)->value<bool>();
  if (!value) fail(key, fmt::format("{} is neither true nor false", key), "true or false");
  return value.value_or(false);
}

std::vector<std::string> Row::texts(std::string_view key) {
  std::vector<std::string> values;
  for (const toml::node* entry : list(key)) values.push_back(text_of(key, entry));
  return values;
}

std::vector<std::string> Row::texts_or_none(std::string_view key) {
  read_.emplace(key);
  const toml::array* array = has(key) ? table_.get(key)->as_array() : nullptr;
  if (!has(key) || (array != nullptr && array->empty())) return {};
  return texts(key);
}

drawing::Ink Row::ink(std::string_view key) {
  const toml::node* node = find(key);
  const auto colour = parse_hex(text_of(key, node));
  if (colour.ok()) return to_lab(*colour);
  fail(node, fmt::format("{} is not a colour", key), "\"#rrggbb\"");
  return {};
}

std::vector<std::pair<std::string, double>> Row::weighted_names(std::string_view key, double high) {
  std::vector<std::pair<std::string, double>> values;
  const toml::node* node = find(key);
  if (const toml::table* table = node == nullptr ? nullptr : node->as_table()) {
    for (const auto& [name, weight] : *table)
      values.emplace_back(name.str(), number_of(name.str(), &weight, 0, high));
    return values;
  }
  for (const toml::node* entry : list(key)) {
    const toml::array* pair = entry->as_array();
    if (pair == nullptr || pair->size() != 2) {
      fail(entry, fmt::format("{} has an entry that is not a pair", key), "[\"word\", number]");
      break;
    }
    values.emplace_back(text_of(key, pair->get(0)), number_of(key, pair->get(1), 0, high));
  }
  return values;
}

std::vector<std::string> Row::texts_by_name(std::string_view key, Names names) {
  std::vector<std::string> values(names.size());
  if (const toml::table* table = table_of(key, find(key)))
    for (const auto& [name, node] : *table)
      values[index_of(name.str(), names, &node)] = text_of(name.str(), &node);
  return values;
}

void Row::expect(std::string_view key, Names names, size_t which) {
  const std::string got = text(key);
  if (which < names.size() && got == names[which]) return;
  fail(key, fmt::format("{} is out of order", quoted(got)),
       which < names.size() ? quoted(names[which]) : "no row more");
}

}  // namespace modiste::drawn_shop
