#include "feeds/size_dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "vocabulary/words.h"

namespace modiste {
namespace {

constexpr int kDayMax = 31;

// The beginnings of their names in the languages of spreadsheets, as words_of() leaves them.
constexpr std::array<std::string_view, 12> kMonths{
    "jan janv ene gen sty led oca ian tammi janu",
    "feb fev febr fevr lut uno sub fbr helmi febb",
    "mar mrz mars marz marzo mrt maa bre march marts maalis marec",
    "apr avr abr nis kwi dub huhti april",
    "may mai mei maj mag kve touko maio maja",
    "jun juin giu haz cze cvn kesa june juni iun",
    "jul juil lug tem lip cvc heina july juli iul",
    "aug aou aout ago sie srp elo agu avg",
    "sep sept eyl wrz zar syys",
    "oct okt ott out eki paz rij loka",
    "nov kas lis marras",
    "dec dez dic gru pro joulu ara dicembre"};

int month_of(std::string_view word) {
  for (size_t i = 0; i < kMonths.size(); ++i)
    for (const auto& name : split_list(kMonths[i], " "))
      if (word == name) return static_cast<int>(i) + 1;
  return 0;
}

// 0: none.
int number_up_to_99(std::string_view word) {
  const bool digits = !word.empty() && word.size() <= 2 && std::all_of(word.begin(), word.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
  return digits ? std::stoi(std::string(word)) : 0;
}

bool is_year(std::string_view word) {
  return word.size() == 4 && (word.starts_with("19") || word.starts_with("20"));
}

// "8-Oct", "08. Okt", "Oct-12".
std::pair<int, int> day_and_named_month(const std::vector<std::string>& words) {
  if (words.size() != 2) return {};
  const int first = month_of(words[0]), second = month_of(words[1]);
  return first > 0 ? std::pair(number_up_to_99(words[1]), first)
                   : std::pair(number_up_to_99(words[0]), second);
}

// "2026-08-10", "10/8/2026", with a clock of zeros or none.
std::pair<int, int> of_numbers(std::vector<std::string> words) {
  while (words.size() > 3 && (words.back() == "00" || words.back() == "0")) words.pop_back();
  if (words.size() != 3) return {};
  if (is_year(words[0])) return {number_up_to_99(words[1]), number_up_to_99(words[2])};
  return is_year(words[2]) ? std::pair(number_up_to_99(words[0]), number_up_to_99(words[1]))
                           : std::pair(0, 0);
}

}  // namespace

std::optional<std::string> size_of_date(std::string_view text) {
  constexpr size_t kLongest = 24, kShortest = 4;
  text = trim(text);
  const bool may_be = text.find_first_of("-./") != std::string_view::npos;  // "2 Oct" is written by hand
  if (!may_be || text.size() < kShortest || text.size() > kLongest) return std::nullopt;
  const auto words = words_of(text);
  auto [one, other] = day_and_named_month(words);
  if (one == 0 || other == 0) std::tie(one, other) = of_numbers(words);
  if (one > other) std::swap(one, other);
  constexpr int kMonthMax = 12;
  if (one == 0 || one == other || one > kMonthMax || other > kDayMax) return std::nullopt;
  return fmt::format("{}-{}", one, other);
}

}  // namespace modiste
