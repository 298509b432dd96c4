#include "vocabulary/size_children.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/contains.h"
#include "base/text.h"

namespace modiste {

namespace {

using namespace size_text;  // NOLINT(google-build-using-namespace)
namespace tables = size_tables;

bool of_child(SizeChart chart) { return chart == SizeChart::kKids || chart == SizeChart::kShoesKids; }

std::vector<SizeId> as_list(std::optional<SizeId> size) {
  return size ? std::vector<SizeId>{*size} : std::vector<SizeId>{};
}

// Before the first of two ages, and before the last: "from 5 to 6 years", "up to 3 months".
constexpr auto kFromWords =
    std::to_array<std::string_view>({"FROM", "BETWEEN", "VON", "ZWISCHEN", "DES", "DE", "DAI", "DA", "TRA",
                                     "ENTRE", "VAN", "OD", "FRAN", "FRA", "от", "с", "від", "απο"});
constexpr auto kUpToWords = std::to_array<std::string_view>(
    {"UPTO", "UNDER", "UNTIL", "TO",    "BISZU",   "BIS",    "JUSQU'A", "JUSQUA", "HASTA", "FINOA",
     "ATE",  "TOT",   "DO",    "OPTIL", "UPPTILL", "INDTIL", "OPPTIL",  "TIL",    "до",    "εωσ"});

// Takes the word that the text begins with, if a number follows it.
bool take_before_number(std::string& word, std::span<const std::string_view> words) {
  for (const auto before : words)
    if (word.starts_with(before) && word.size() > before.size() && is_digit(word[before.size()])) {
      word.erase(0, before.size());
      return true;
    }
  return false;
}

constexpr double kHeightMin = 44;
constexpr double kMonthsOfAYear = 12;

// With its dash, which compact() drops, and the point of "1.5".
std::string with_dashes(std::string_view text) {
  std::string word;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool decimal =
        text[i] == '.' && i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1]);
    if (decimal || (text[i] != ' ' && text[i] != '.' && text[i] != ':')) word += text[i];
  }
  return word;
}

size_t end_of_number(std::string_view word, size_t from) {
  size_t end = from;
  while (end < word.size() && (is_digit(word[end]) || (word[end] == '.' && end > from))) ++end;
  return end;
}

bool is_half(double value) { return value != std::floor(value); }

std::optional<SizeId> age(double from, double to, bool years) {
  return charts().find(SizeSystem::kAge, age_name(static_cast<int>(from), static_cast<int>(to), years));
}

// "1½ years" are 18 months, "1½-2" the toddlers' 18 to 24; above them a half lies between two years.
std::optional<SizeId> half_years(double from, double to) {
  const double from_months = from * kMonthsOfAYear, to_months = to * kMonthsOfAYear;
  if (!is_half(from_months) && !is_half(to_months))
    if (const auto months = age(from_months, to_months, false)) return months;
  return age(std::floor(from), std::ceil(to), true);
}

}  // namespace

std::optional<SizeId> read_age(std::string_view text, SizeChart chart) {
  std::string word = compact(text);
  if (word.starts_with("NEWBORN") || word == "NB" || word == "TINYBABY") {
    return charts().find(SizeSystem::kAge, "newborn");
  }
  if (word.starts_with("PREEMIE") || word.starts_with("PREMATUR")) {
    return charts().find(SizeSystem::kAge, "preemie");
  }
  if (chart == SizeChart::kKids && word == "6X") return charts().find(SizeSystem::kAge, age_name(6, 7, true));
  word = with_dashes(text);
  bool years = false;
  for (const std::string_view before :
       {"AGES", "AGED", "AGE", "ALTER", "EDAD", "ETA", "LEEFTIJD", "WIEK", "возраст", "вік", "ηλικια", "อายุ"})
    if (word.starts_with(before)) word.erase(0, before.size()), years = true;
  take_before_number(word, kFromWords);
  if (take_before_number(word, kUpToWords)) word.insert(0, "0-");
  size_t end = end_of_number(word, 0);
  const auto from = number(std::string_view(word).substr(0, end));
  // "6M-12M", "6 MONTHS - 1 YEAR" say the unit twice.
  size_t at = word.find_first_of("-/", end);
  std::string first_unit;
  std::optional<double> to = from;
  if (from && at != std::string::npos) {
    first_unit = word.substr(end, at - end);
    end = end_of_number(word, ++at);
    to = number(std::string_view(word).substr(at, end - at));
  }
  if (!from || !to) return std::nullopt;
  const std::string unit = word.substr(end);
  const bool shorts = of_child(chart) && chart != SizeChart::kShoesKids;
  const auto is_month = [&](std::string_view u) {
    return contains(tables::kMonthWords, u) || (shorts && contains(tables::kShortMonthWords, u));
  };
  const auto is_year = [&](std::string_view u) {
    return contains(tables::kYearWords, u) || (shorts && contains(tables::kShortYearWords, u));
  };
  const bool to_years = is_month(first_unit) && is_year(unit);  // "6 MONTHS-1 YEAR"
  if (to_years) *to *= kMonthsOfAYear;
  if ((is_half(*from) || is_half(*to)) && (to_years || is_month(unit))) return std::nullopt;
  if (*to < *from || (!first_unit.empty() && !to_years && is_month(first_unit) != is_month(unit)))
    return std::nullopt;
  years = !to_years && (years ? unit.empty() || is_year(unit) : is_year(unit));
  if (!years && !to_years && !is_month(unit)) return std::nullopt;
  return years && (is_half(*from) || is_half(*to)) ? half_years(*from, *to) : age(*from, *to, years);
}

std::string without_height(std::string_view text) {
  const auto is_height = [](std::string_view part) {
    std::string word = with_dashes(part);
    for (const std::string_view unit : {"CM", "см"})
      if (word.ends_with(unit)) {
        word.erase(word.size() - unit.size());
        const auto value = number(word.substr(0, word.find_first_of("-/")));
        return value && *value >= kHeightMin;
      }
    return false;
  };
  const auto says_unit = [](std::string_view part) {
    return std::any_of(part.begin(), part.end(), is_digit) &&
           part.find_first_not_of("0123456789.,/- ") != std::string_view::npos;
  };
  for (size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    const std::string_view first = trim(text.substr(0, at)), last = trim(text.substr(at + 1));
    if (is_height(last) && says_unit(first) && !is_height(first)) return std::string(first);
    if (is_height(first) && says_unit(last) && !is_height(last)) return std::string(last);
  }
  return {};
}

std::optional<SizeId> child_number(double value) {
  if (value >= kHeightMin) return find_number(SizeSystem::kHeight, value);
  if (value != std::floor(value)) return std::nullopt;
  return charts().find(SizeSystem::kAge, age_name(static_cast<int>(value), static_cast<int>(value), true));
}

std::optional<SizeId> child_shoe(SizeSystem system, double value) {
  const bool us = system == SizeSystem::kShoeUs;
  if (system == SizeSystem::kShoeEu) return find_number(system, value);
  if (value >= 7) return charts().find(system, size_number(value) + (us ? "C" : "K"));
  if (value < 3) return charts().find(system, size_number(value) + (us ? "Y" : ""));
  return std::nullopt;
}

std::vector<SizeId> child_pair(const Pair& pair, double from, double to) {
  if (from >= kHeightMin) {
    if (const auto both = charts().find(SizeSystem::kHeight, pair.first + "/" + pair.second)) return {*both};
    return numbers_between(SizeSystem::kHeight, from, std::min(to, from + 12));
  }
  // "5-6" are years; "0-3" can only be months; "3-6" may be either.
  if (from == 0) return as_list(charts().find(SizeSystem::kAge, age_name(0, static_cast<int>(to), false)));
  if (to - from > 2) return {};
  return as_list(
      charts().find(SizeSystem::kAge, age_name(static_cast<int>(from), static_cast<int>(to), true)));
}

}  // namespace modiste
