#include "vocabulary/google_taxonomy.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/check.h"
#include "base/text.h"
#include "base/toml.h"
#include "vocabulary/vocabulary_data.h"

namespace modiste {
namespace {

using Numbers = std::unordered_map<int, GoogleCategory>;

void read_numbers(const toml::table& file, Facet facet, Numbers& numbers) {
  for (const auto& [name, list] : *file[name_of(facet)].as_table()) {
    const Term* term = Vocabulary::standard().find(facet, name.str());
    CHECK(term != nullptr && list.is_array());
    for (const auto& node : *list.as_array()) {
      const int number = node.value_or(0);
      auto& entry = numbers[number];
      const Term*& place = facet == Facet::kCategory ? entry.category : entry.department;
      CHECK(number > 0 && place == nullptr);  // one meaning per number
      place = term;
      entry.number = number;
      entry.fashion = true;
    }
  }
}

const Numbers& all_numbers() {
  static const Numbers kNumbers = [] {
    const toml::parse_result file =
        toml::parse(google_taxonomy_toml(), std::string_view("google_taxonomy.toml"));
    CHECK(static_cast<bool>(file));  // the file is ours, and a test reads it
    Numbers numbers;
    read_numbers(file.table(), Facet::kCategory, numbers);
    read_numbers(file.table(), Facet::kDepartment, numbers);
    for (const auto& node : *file.table()["nothing_to_wear"]["numbers"].as_array()) {
      const int number = node.value_or(0);
      numbers[number].number = number;
      numbers[number].fashion = true;
    }
    return numbers;
  }();
  return kNumbers;
}

}  // namespace

std::optional<GoogleCategory> google_category(std::string_view text) {
  text = trim(text);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0) return std::nullopt;
  std::string_view rest = trim(text.substr(static_cast<size_t>(end - text.data())));
  // Spreadsheets write whole numbers as "173.0".
  if (rest.starts_with(".0") || rest.starts_with(",0"))
    rest = trim(rest.substr(std::min(rest.size(), rest.find_first_not_of('0', 1))));
  if (!rest.empty() && !rest.starts_with("- ")) return std::nullopt;  // "501 Jeans" is a name
  const auto found = all_numbers().find(number);
  if (found != all_numbers().end()) return found->second;
  GoogleCategory elsewhere;
  elsewhere.number = number;
  return elsewhere;
}

}  // namespace modiste
