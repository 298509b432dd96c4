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

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "GMT", "UTC", "Z", "+0100", "+01:00", "GMT+0100" -> "Z", "+01:00"; empty for any other.
std::string zone_of(std::string_view word) {
  for (const std::string_view utc : {"GMT", "UTC", "UT", "Z"})
    if (word.starts_with(utc)) {
      word.remove_prefix(utc.size());
      if (word.empty()) return "Z";
      break;
    }
  if (word.size() == 6 && word[3] == ':') return is_digits(word.substr(1, 2)) ? std::string(word) : "";
  const bool is_offset = word.size() == 5 && (word[0] == '+' || word[0] == '-') && is_digits(word.substr(1));
  return is_offset ? fmt::format("{}:{}", word.substr(0, 3), word.substr(3)) : std::string();
}

std::optional<TimePoint> parsed(const std::string& text) {
  const auto time = parse_rfc3339(text);
  return time.ok() ? std::optional(*time) : std::nullopt;
}

// ISO 8601 without separators: "20261130T075255Z", "20261130T085255.123+0100".
std::optional<TimePoint> basic_time(std::string_view text) {
  constexpr size_t kDay = 8, kClock = 6, kZone = kDay + 1 + kClock;
  if (text.size() <= kZone || (text[kDay] != 'T' && text[kDay] != 't')) return std::nullopt;
  const auto day = text.substr(0, kDay), clock = text.substr(kDay + 1, kClock);
  if (!is_digits(day) || !is_digits(clock)) return std::nullopt;
  return parsed(fmt::format("{}-{}-{}T{}:{}:{}{}", day.substr(0, 4), day.substr(4, 2), day.substr(6),
                            clock.substr(0, 2), clock.substr(2, 2), clock.substr(4), text.substr(kZone)));
}

// A day and a time of day apart from the zone, as databases write it, or with it.
std::optional<TimePoint> time_of_database(std::string_view day, std::string_view rest,
                                          std::string_view zone) {
  std::string dashed(day);
  std::replace(dashed.begin(), dashed.end(), '/', '-');
  return parsed(fmt::format("{}T{}{}", dashed, rest, zone));
}

// Its words are a month's name, a day, a year, a time of day and a zone.
std::optional<TimePoint> time_of_mail(const std::vector<std::string>& words) {
  const bool month_first = month_of(words[0]) != 0;
  const int month = month_of(words[month_first ? 0 : 1]);
  const auto day = number_of(words[month_first ? 1 : 0]), year = number_of(words[2]);
  const std::string zone = zone_of(words[4]);
  if (month == 0 || !day || !year || zone.empty()) return std::nullopt;
  return parsed(fmt::format("{:04}-{:02}-{:02}T{}{}", *year, month, *day, words[3], zone));
}

}  // namespace

std::optional<TimePoint> written_time(std::string_view text) {
  text = text.substr(0, text.find_first_of("(["));  // "(CET)", "[Europe/Paris]"
  auto words = split_list(text, " ,");
  const bool has_year_first =
      !words.empty() && words[0].size() > 4 && is_digits(std::string_view(words[0]).substr(0, 4));
  if (has_year_first && words.size() == 4 && words[3].find_first_of("0123456789") == std::string::npos)
    words.pop_back();  // Go's name of the zone, behind its offset
  if (words.size() == 1) {
    const auto basic = basic_time(words[0]);
    return basic ? basic : parsed(words[0]);
  }
  if (words.size() == 2) return time_of_database(words[0], words[1], "");
  if (words.size() == 3) {
    const std::string zone = zone_of(words[2]);
    return zone.empty() ? std::nullopt : time_of_database(words[0], words[1], zone);
  }
  if (words.size() == 6) words.erase(words.begin());  // the weekday
  return words.size() == 5 ? time_of_mail(words) : std::nullopt;
}

std::optional<double> time_number_in(const json::value& value) {
  if (const auto* text = value.if_string()) {
    constexpr std::string_view kNet = "/Date(";
    if (!text->starts_with(kNet)) return std::nullopt;
    const std::string_view inner = std::string_view(*text).substr(kNet.size());
    double number = 0;  // of milliseconds since 1970 in UTC; an offset behind it is for display
    const auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  for (const std::string_view member : {"seconds", "_seconds"})
    if (const auto* seconds = object->if_contains(member); seconds != nullptr && seconds->is_number())
      return seconds->to_number<double>();
  return std::nullopt;
}

}  // namespace modiste
