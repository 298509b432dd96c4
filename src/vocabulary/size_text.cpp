#include "vocabulary/size_text.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "vocabulary/language.h"
#include "vocabulary/words.h"

namespace modiste::size_text {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// "38 1/2" -> "38.5". Brands that step by thirds lie within a quarter of the half.
void join_fractions(std::string& text) {
  for (size_t i = 1; i + 3 < text.size() + 1; ++i) {
    if (i + 3 > text.size() || text[i] != ' ' || !is_digit(text[i - 1])) continue;
    const std::string_view fraction = std::string_view(text).substr(i + 1, 3);
    const bool ends = i + 4 >= text.size() || !is_digit(text[i + 4]);
    if (!ends) continue;
    if (fraction == "1/2" || fraction == "1/3" || fraction == "2/3")
      text.replace(i, 4, ".5");
    else if (fraction == "1/4" || fraction == "3/4")
      text.replace(i, 4, fraction == "1/4" ? ".25" : ".75");
  }
}

void to_upper(std::string& text) {
  for (auto& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

// What stands between two numbers in every language, with spaces around it where the script writes them.
std::vector<std::string> words_between() {
  std::vector<std::string> words;
  for (const Language& language : languages())
    for (const auto& phrase : language.query[static_cast<size_t>(QueryRole::kTo)]) {
      std::string word = folded(phrase);
      to_upper(word);
      if (word.empty() || word.front() == '~') continue;
      const bool is_unspaced = static_cast<unsigned char>(word.front()) >= 0xE0;
      words.push_back(is_unspaced ? word : " " + word + " ");
    }
  return words;
}

// "5 TO 6 YEARS" -> "5-6 YEARS", "3 MONTHS TO 1 YEAR" -> "3 MONTHS-1 YEAR".
void join_ranges(std::string& text) {
  static const auto kWords = words_between();
  const auto has_digit = [](std::string_view part) {
    return std::any_of(part.begin(), part.end(), is_digit);
  };
  if (!has_digit(text) || (text.find(' ') == std::string::npos && is_plain_ascii(text))) return;
  for (const auto& word : kWords) {
    const size_t at = text.find(word);
    if (at == std::string::npos || !has_digit(std::string_view(text).substr(0, at))) continue;
    const size_t after = text.find_first_not_of(' ', at + word.size());
    if (after == std::string::npos || !is_digit(text[after])) continue;
    text.replace(at, after - at, "-");
    return;
  }
}

}  // namespace

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string clean(std::string_view word) {
  std::string text(word);
  static constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"½", " 1/2"}, {"⅓", " 1/3"}, {"⅔", " 2/3"}, {"¼", " 1/4"}, {"¾", " 3/4"},
      {"–", "-"},    {"—", "-"},    {"‑", "-"},    {"~", "-"},    {"〜", "-"}};
  for (const auto& [sign, plain] : kSigns) replace_all(text, sign, plain);
  text = folded(text);
  to_upper(text);
  join_fractions(text);
  join_ranges(text);
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    // "37,5" is a decimal; "36,38" and "36, 38" are lists.
    const bool half = text[i + 1] == '5' && (i + 2 == text.size() || !is_digit(text[i + 2]));
    if (text[i] == ',' && is_digit(text[i - 1]) && half) text[i] = '.';
  }
  return std::string(trim(text));
}

std::string compact(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool decimal =
        c == '.' && i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1]);
    if (decimal || (std::isspace(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '.' && c != ',' &&
                    c != '_' && c != ':' && c != '\''))
      out += c;
  }
  return out;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value < 1000))
    return std::nullopt;
  return value;
}

const SizeCharts& charts() { return SizeCharts::instance(); }

std::optional<SizeId> find_number(SizeSystem system, double value) {
  return charts().find(system, size_number(value));
}

std::vector<SizeId> numbers_between(SizeSystem system, double from, double to) {
  const bool clothes = system == SizeSystem::kEu || system == SizeSystem::kUk || system == SizeSystem::kUs ||
                       system == SizeSystem::kIt;
  constexpr double kWidestClothes = 8, kWidestShoes = 6;
  if (to < from || to - from > (clothes ? kWidestClothes : kWidestShoes)) return {};
  if (clothes && std::fmod(to - from, 2) != 0) return {};
  std::vector<SizeId> found;
  for (const auto& size : charts().sizes()) {
    const auto value = size.system == system ? number(size.name) : std::nullopt;
    if (value && *value >= from && *value <= to && (!clothes || std::fmod(*value - from, 2) == 0))
      found.push_back(size.id);
  }
  return found;
}

}  // namespace modiste::size_text
