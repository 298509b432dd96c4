#include "ingest/written_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "base/text.h"

namespace modiste {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

// 0: it is not one.
int month_of(std::string_view word) {
  const auto found =
      word.size() == 3 ? std::find(kMonths.begin(), kMonths.end(), ascii_lower(word)) : kMonths.end();
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

std::optional<int> number_of(std::string_view word) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return number;
}

// "GMT", "UTC", "Z", "+0100", "GMT+0100" -> "Z", "+01:00"; empty for any other.
std::string zone_of(std::string_view word) {
  for (const std::string_view utc : {"GMT", "UTC", "UT", "Z"})
    if (word.starts_with(utc)) {
      word.remove_prefix(utc.size());
      if (word.empty()) return "Z";
      break;
    }
  const bool is_offset = word.size() == 5 && (word[0] == '+' || word[0] == '-') && number_of(word.substr(1));
  return is_offset ? fmt::format("{}:{}", word.substr(0, 3), word.substr(3)) : std::string();
}

}  // namespace

std::optional<TimePoint> written_time(std::string_view text) {
  auto words = split_list(text.substr(0, text.find('(')), " ,");
  if (words.size() == 3) {  // as databases write it
    const std::string zone = zone_of(words[2]);
    const auto time = parse_rfc3339(fmt::format("{}T{}{}", words[0], words[1], zone));
    return !zone.empty() && time.ok() ? std::optional(*time) : std::nullopt;
  }
  if (words.size() == 6) words.erase(words.begin());  // the weekday
  if (words.size() != 5) return std::nullopt;
  const bool month_first = month_of(words[0]) != 0;
  const int month = month_of(words[month_first ? 0 : 1]);
  const auto day = number_of(words[month_first ? 1 : 0]), year = number_of(words[2]);
  const std::string zone = zone_of(words[4]);
  if (month == 0 || !day || !year || zone.empty()) return std::nullopt;
  const auto time = parse_rfc3339(fmt::format("{:04}-{:02}-{:02}T{}{}", *year, month, *day, words[3], zone));
  return time.ok() ? std::optional(*time) : std::nullopt;
}

}  // namespace modiste
