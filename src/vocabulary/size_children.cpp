#include "vocabulary/size_children.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/contains.h"

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
  // With its dash: compact() drops it.
  word.clear();
  for (const char c : text)
    if (c != ' ' && c != '.' && c != ':') word += c;
  bool years = false;
  for (const std::string_view before :
       {"AGES", "AGED", "AGE", "ALTER", "EDAD", "ETA", "LEEFTIJD", "WIEK", "возраст", "вік", "ηλικια", "อายุ"})
    if (word.starts_with(before)) word.erase(0, before.size()), years = true;
  take_before_number(word, kFromWords);
  if (take_before_number(word, kUpToWords)) word.insert(0, "0-");
  size_t end = 0;
  while (end < word.size() && is_digit(word[end])) ++end;
  const auto from = number(std::string_view(word).substr(0, end));
  // "6M-12M", "6 MONTHS - 1 YEAR" say the unit twice.
  size_t at = word.find_first_of("-/", end);
  std::string first_unit;
  std::optional<double> to = from;
  if (from && at != std::string::npos) {
    first_unit = word.substr(end, at - end);
    end = ++at;
    while (end < word.size() && is_digit(word[end])) ++end;
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
  constexpr double kMonthsOfAYear = 12;
  const bool to_years = is_month(first_unit) && is_year(unit);  // "6 MONTHS-1 YEAR"
  if (to_years) *to *= kMonthsOfAYear;
  if (*to < *from || (!first_unit.empty() && !to_years && is_month(first_unit) != is_month(unit)))
    return std::nullopt;
  years = !to_years && (years ? unit.empty() || is_year(unit) : is_year(unit));
  if (!years && !to_years && !is_month(unit)) return std::nullopt;
  return charts().find(SizeSystem::kAge, age_name(static_cast<int>(*from), static_cast<int>(*to), years));
}

std::optional<SizeId> child_number(double value) {
  constexpr double kHeightMin = 44;
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
  constexpr double kHeightMin = 44;
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
