// The shopper's local time: UTC and an IANA time zone, by ICU's copy of the time zone database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "context/occasion.h"

namespace modiste {

// A day, and the hour if known: logged rentals, for instance, have only a date.
struct LocalTime {
  int year = 1970, month = 1, day = 1;  // month and day from 1
  int weekday = 3;                      // 0 Monday to 6 Sunday
  int day_of_year = 0;                  // from 0
  std::optional<int> hour;              // 0 to 23
  int minute = 0;
  std::optional<int> offset_minutes;  // east of UTC, summer time included; empty when no zone is known

  [[nodiscard]] bool weekend() const { return weekday >= 5; }
};

// kInvalid when the database does not have the zone (canonical names and aliases, "Europe/Berlin", "UTC").
Result<LocalTime> local_time(TimePoint utc, std::string_view zone);

// Parses "2026-07-04T18:30", with or without seconds: local time, so without an offset.
Result<LocalTime> parse_local_time(std::string_view text);

// A date without a time. The fields must be a valid date.
[[nodiscard]] LocalTime local_date(std::chrono::year_month_day date);

[[nodiscard]] DayPart day_part(int hour);

// ISO 3166 code of the country a zone belongs to: "Australia/Sydney" -> "AU"; empty if it belongs to none.
[[nodiscard]] std::string country_of(std::string_view zone);

// "2026-07-04T18:30+02:00"; without an hour only the date, without a zone no offset.
[[nodiscard]] std::string to_text(const LocalTime& time);

}  // namespace modiste
