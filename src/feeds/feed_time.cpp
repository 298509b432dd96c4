#include "feeds/feed_time.h"

#include <fmt/format.h>

#include <array>
#include <regex>
#include <string>

#include "base/text.h"

namespace modiste {
namespace {

struct Written {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  bool has_time = false;
  std::string zone = "Z";
};

int number_of(const std::csub_match& part) { return part.matched ? std::stoi(part.str()) : 0; }

// "+0100", "+01", "+01:00", "Z" -> RFC 3339's.
std::string zone_of(const std::csub_match& part) {
  if (!part.matched) return "Z";
  std::string zone = part.str();
  if (zone == "Z" || zone == "z") return "Z";
  std::erase(zone, ':');
  if (zone.size() == 3) zone += "00";
  return zone.substr(0, 3) + ":" + zone.substr(3);
}

// Hour, minute, second, AM or PM, zone.
constexpr const char* kTime =
    R"((?:[Tt ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?\s*([Zz]|UTC|[+-]\d{2}:?(?:\d{2})?)?)?)";

std::regex date_and(const char* date) { return std::regex(std::string(date) + kTime); }

// "Dec", "December" -> 12; 0 for another word.
int month_named(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                            "may",       "june",     "july",     "august",
                                                            "september", "october",  "november", "december"};
  const std::string word = ascii_lower(name);
  for (size_t i = 0; i < kMonths.size(); ++i)
    if (word.size() >= 3 && kMonths[i].starts_with(word)) return static_cast<int>(i) + 1;
  return 0;
}

// Seconds or milliseconds since 1970, of ten or thirteen digits.
std::optional<TimePoint> read_epoch(std::string_view text) {
  constexpr size_t kSeconds = 10, kMilliseconds = 13;
  if (text.size() != kSeconds && text.size() != kMilliseconds) return std::nullopt;
  if (text[0] != '1' || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return TimePoint(std::chrono::seconds(std::stoll(std::string(text.substr(0, kSeconds)))));
}

std::optional<Written> read_written(std::string_view text, SlashOrder order) {
  static const std::regex kYearFirst = date_and(R"((\d{4})[-/.](\d{1,2})[-/.](\d{1,2}))");
  static const std::regex kCompact = date_and(R"((\d{4})(\d{2})(\d{2}))");
  static const std::regex kBasic(
      R"((\d{4})(\d{2})(\d{2})[Tt](\d{2})(\d{2})(\d{2})?()([Zz]|[+-]\d{2}:?(?:\d{2})?)?)");  // 20261128T101500Z
  static const std::regex kMonthFirst =
      date_and(R"(([A-Za-z]{3,9})[ .]+(\d{1,2})(?:st|nd|rd|th)?,?[ ]+(\d{4}))");
  static const std::regex kSlashes = date_and(R"((\d{1,2})/(\d{1,2})/(\d{2}|\d{4}))");
  static const std::regex kNamed = date_and(R"((\d{1,2})[ .-]+([A-Za-z]{3,9})[ .,-]+(\d{4}))");
  static const std::regex kPoints = date_and(R"((\d{1,2})[.-](\d{1,2})[.-](\d{2}|\d{4}))");
  std::cmatch found;
  const char *begin = text.data(), *end = begin + text.size();
  Written written;
  if (std::regex_match(begin, end, found, kYearFirst) || std::regex_match(begin, end, found, kCompact) ||
      std::regex_match(begin, end, found, kBasic)) {
    written.year = number_of(found[1]), written.month = number_of(found[2]),
    written.day = number_of(found[3]);
  } else if (std::regex_match(begin, end, found, kSlashes)) {
    written.month = number_of(found[1]), written.day = number_of(found[2]),
    written.year = number_of(found[3]);
    const bool day_first = order == SlashOrder::kDayFirst && written.day <= 12;
    if (day_first || written.month > 12) std::swap(written.month, written.day);
  } else if (std::regex_match(begin, end, found, kPoints)) {
    written.day = number_of(found[1]), written.month = number_of(found[2]),
    written.year = number_of(found[3]);
  } else if (std::regex_match(begin, end, found, kMonthFirst)) {  // "Dec 3, 2026"
    written.month = month_named(found[1].str()), written.day = number_of(found[2]),
    written.year = number_of(found[3]);
  } else if (std::regex_match(begin, end, found, kNamed)) {  // "03 Dec 2026"
    written.day = number_of(found[1]), written.month = month_named(found[2].str()),
    written.year = number_of(found[3]);
  } else {
    return std::nullopt;
  }
  if (written.year < 100) written.year += 2000;
  written.has_time = found[4].matched;
  written.hour = number_of(found[4]), written.minute = number_of(found[5]),
  written.second = number_of(found[6]);
  if (found[7].length() > 0) {
    if (written.hour < 1 || written.hour > 12) return std::nullopt;
    written.hour = written.hour % 12 + (ascii_lower(found[7].str()) == "pm" ? 12 : 0);
  }
  written.zone = found[8].matched && found[8].str() == "UTC" ? "Z" : zone_of(found[8]);
  return written;
}

}  // namespace

std::optional<FeedTime> parse_feed_time(std::string_view text, SlashOrder order) {
  constexpr size_t kTextMax = 40;
  text = trim(text);
  if (text.empty() || text.size() > kTextMax) return std::nullopt;
  if (const auto epoch = read_epoch(text)) return FeedTime{*epoch, *epoch};
  const auto written = read_written(text, order);
  if (!written) return std::nullopt;
  const auto time = parse_rfc3339(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", written->year,
                                              written->month, written->day, written->hour, written->minute,
                                              written->second, written->zone));
  if (!time.ok()) return std::nullopt;
  return FeedTime{*time, written->has_time ? *time : *time + std::chrono::days(1)};
}

ToldOrder slash_order_of(std::string_view from, std::string_view to, std::string_view currency) {
  static const std::regex kSlashes(R"((\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(.*))");
  bool any = false;
  for (const std::string_view text : {trim(from), trim(to)}) {
    std::cmatch found;
    if (!std::regex_match(text.data(), text.data() + text.size(), found, kSlashes)) continue;
    const int first = number_of(found[1]), second = number_of(found[2]);
    if (first > 12) return {SlashOrder::kDayFirst};
    const bool is_adobes = found[3].length() == 2 || ascii_lower(text).ends_with('m');  // "3:27 PM"
    if (second > 12 || is_adobes) return {SlashOrder::kMonthFirst};
    any = any || first != second;
  }
  // The United States, the Philippines and much of Canada write the month first.
  const bool month_first = currency == "USD" || currency == "PHP" || currency == "CAD";
  return {month_first ? SlashOrder::kMonthFirst : SlashOrder::kDayFirst, any};
}

WindowState window_state(std::string_view from, std::string_view to, std::optional<TimePoint> now,
                         SlashOrder order) {
  from = trim(from), to = trim(to);
  const auto is_none = [](std::string_view text) {  // what databases write for "no date"
    return text.empty() || text.starts_with("0000-00-00");
  };
  if (is_none(from) && is_none(to)) return WindowState::kAlways;
  std::optional<FeedTime> begin, end;
  if (!is_none(from)) {
    begin = parse_feed_time(from, order);
    if (!begin) return WindowState::kUnreadable;
  }
  if (!is_none(to)) {
    end = parse_feed_time(to, order);
    if (!end) return WindowState::kUnreadable;
  }
  if (!now) return WindowState::kNoClock;
  if (begin && *now < begin->begin) return WindowState::kBefore;
  if (end && *now >= end->end) return WindowState::kAfter;
  return WindowState::kWithin;
}

std::pair<std::string_view, std::string_view> split_window(std::string_view text) {
  text = trim(text);
  // Between two dates also a dash, "to" or "bis" with spaces around it, or a comma after which no time
  // stands.
  for (const std::string_view between :
       {" - ", " – ", " — ", " to ", " bis ", " au ", "–", "—", "~", ",", ";"}) {
    const size_t found = text.find(between);
    if (found == std::string_view::npos || found != text.rfind(between)) continue;
    const auto from = trim(text.substr(0, found)), to = trim(text.substr(found + between.size()));
    if (parse_feed_time(from) && parse_feed_time(to)) return {from, to};
  }
  // A slash may also stand within a date, so the middle one separates.
  std::array<size_t, 8> at{};
  size_t count = 0;
  for (size_t i = 0; i < text.size() && count < at.size(); ++i)
    if (text[i] == '/') at[count++] = i;
  if (count % 2 == 0) return {text, text.substr(text.size())};
  const size_t middle = at[count / 2];
  return {trim(text.substr(0, middle)), trim(text.substr(middle + 1))};
}

}  // namespace modiste
