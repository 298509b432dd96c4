#include "context/local_time.h"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <cmath>
#include <memory>

#include "base/check.h"

namespace modiste {
namespace {

constexpr size_t kZoneBytesMax = 64;  // the longest name in the database has 32

icu::UnicodeString to_icu(std::string_view zone) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), static_cast<int32_t>(zone.size())));
}

// Empty when the name is not in the database. ICU itself would return GMT, and also accepts "GMT+3:15".
std::string canonical(std::string_view zone) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString name;
  UBool known = 0;
  if (zone.empty() || zone.size() > kZoneBytesMax) return "";
  icu::TimeZone::getCanonicalID(to_icu(zone), name, known, status);
  std::string text;
  if (U_SUCCESS(status) && known != 0) name.toUTF8String(text);
  return text;
}

}  // namespace

LocalTime local_date(std::chrono::year_month_day date) {
  CHECK(date.ok());
  const std::chrono::sys_days day = date;
  LocalTime time;
  time.year = static_cast<int>(date.year());
  time.month = static_cast<int>(static_cast<unsigned>(date.month()));
  time.day = static_cast<int>(static_cast<unsigned>(date.day()));
  time.weekday = static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1;
  time.day_of_year =
      static_cast<int>((day - std::chrono::sys_days(date.year() / std::chrono::January / 1)).count());
  return time;
}

Result<LocalTime> local_time(TimePoint utc, std::string_view zone) {
  const std::string name = canonical(zone);
  if (name.empty())
    return Error{Code::kInvalid, fmt::format("unknown time zone '{}'", zone.substr(0, kZoneBytesMax)),
                 "time_zone", "a name of the IANA database such as Europe/Berlin or UTC"};
  const std::unique_ptr<icu::TimeZone> rules(icu::TimeZone::createTimeZone(to_icu(name)));
  UErrorCode status = U_ZERO_ERROR;
  int32_t raw_ms = 0, summer_ms = 0;
  const auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(utc.time_since_epoch());
  rules->getOffset(static_cast<double>(since_epoch.count()), 0, raw_ms, summer_ms, status);
  if (U_FAILURE(status))
    return Error{Code::kInternal, "ICU cannot convert the time to this zone", std::string(zone), ""};
  const auto offset = std::chrono::milliseconds(raw_ms + summer_ms);
  const auto wall = utc + offset;
  const auto midnight = std::chrono::floor<std::chrono::days>(wall);
  LocalTime time = local_date(std::chrono::year_month_day(midnight));
  const auto minutes = std::chrono::floor<std::chrono::minutes>(wall - midnight).count();
  time.hour = static_cast<int>(minutes / 60);
  time.minute = static_cast<int>(minutes % 60);
  time.offset_minutes = static_cast<int>(std::chrono::floor<std::chrono::minutes>(offset).count());
  return time;
}

// Local time is parsed as if it were UTC.
Result<LocalTime> parse_local_time(std::string_view text) {
  constexpr size_t kToMinutes = 16, kToSeconds = 19;
  const std::string_view seconds = text.size() == kToMinutes ? ":00Z" : "Z";
  if (text.size() == kToMinutes || text.size() == kToSeconds)
    if (const auto utc = parse_rfc3339(std::string(text) + std::string(seconds)); utc.ok()) {
      TRY_ASSIGN(auto time, local_time(*utc, "UTC"));
      time.offset_minutes.reset();
      return time;
    }
  return Error{Code::kInvalid, fmt::format("invalid local time '{}'", text.substr(0, 40)), "local_time",
               "a time such as 2026-07-04T18:30, without an offset"};
}

DayPart day_part(int hour) {
  if (hour < 5 || hour >= 22) return DayPart::kNight;
  if (hour < 11) return DayPart::kMorning;
  return hour < 17 ? DayPart::kDay : DayPart::kEvening;
}

std::string country_of(std::string_view zone) {
  if (canonical(zone).empty()) return "";
  UErrorCode status = U_ZERO_ERROR;
  std::array<char, 8> region{};
  icu::TimeZone::getRegion(to_icu(zone), region.data(), static_cast<int32_t>(region.size()), status);
  const std::string code(region.data());
  return U_SUCCESS(status) && code != "001" ? code : "";  // 001 is the world: UTC belongs to no country
}

std::string to_text(const LocalTime& time) {
  std::string text = fmt::format("{:04}-{:02}-{:02}", time.year, time.month, time.day);
  if (!time.hour) return text;
  text += fmt::format("T{:02}:{:02}", *time.hour, time.minute);
  if (const auto offset = time.offset_minutes)
    text +=
        fmt::format("{}{:02}:{:02}", *offset < 0 ? '-' : '+', std::abs(*offset) / 60, std::abs(*offset) % 60);
  return text;
}

}  // namespace modiste
