#include "history/history_time.h"

#include <charconv>
#include <cmath>
#include <ctime>

namespace modiste {
namespace {

using namespace std::chrono;

constexpr double kSecondsMax = 253'402'300'799;  // the end of the year 9999

std::optional<TimePoint> from_seconds(std::string_view text, double per_second) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const double at_s = value / per_second;
  if (!(at_s >= 0 && at_s <= kSecondsMax)) return std::nullopt;
  return TimePoint(Micros(std::llround(at_s * 1e6)));
}

std::optional<TimePoint> by_format(std::string_view text, const std::string& format) {
  const std::string ended(text);
  std::tm parts{};
  parts.tm_mday = 1;
  const char* end = ::strptime(ended.c_str(), format.c_str(), &parts);
  if (end != ended.c_str() + ended.size()) return std::nullopt;
  const year_month_day day(year(parts.tm_year + 1900), month(static_cast<unsigned>(parts.tm_mon) + 1),
                           std::chrono::day(static_cast<unsigned>(parts.tm_mday)));
  if (!day.ok()) return std::nullopt;  // the 30th of February
  // tm_gmtoff: of %z, and of the machine's zone, in which %s tells the fields; else 0.
  return TimePoint(sys_days(day)) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec) -
         seconds(parts.tm_gmtoff);
}

}  // namespace

std::optional<TimePoint> parse_history_time(std::string_view text, const std::string& format) {
  if (text.empty()) return std::nullopt;
  if (format == "unix") return from_seconds(text, 1);
  if (format == "unix_ms") return from_seconds(text, 1e3);
  if (!format.empty()) return by_format(text, format);
  if (text.size() == 10) return by_format(text, "%Y-%m-%d");
  std::string complete(text);
  if (complete.size() > 10 && complete[10] == ' ') complete[10] = 'T';
  const size_t sign = complete.find_last_of("+-");
  if (sign > 10 && sign + 3 == complete.size()) complete += ":00";  // SQL's "+00"
  auto parsed = parse_rfc3339(complete);
  if (!parsed.ok()) parsed = parse_rfc3339(complete + "Z");
  return parsed.ok() ? std::optional(*parsed) : std::nullopt;
}

}  // namespace modiste
