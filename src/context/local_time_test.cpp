#include "context/local_time.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TimePoint at(std::string_view text) { return parse_rfc3339(text).value(); }
std::string shown(std::string_view utc, std::string_view zone) { return to_text(*local_time(at(utc), zone)); }

TEST(LocalTime, FollowsTheZonesOfTheWorld) {
  EXPECT_EQ(shown("2026-11-25T10:00:00Z", "Europe/Berlin"), "2026-11-25T11:00+01:00");
  EXPECT_EQ(shown("2026-11-25T23:30:00Z", "Asia/Tokyo"), "2026-11-26T08:30+09:00");
  EXPECT_EQ(shown("2026-11-25T00:10:00Z", "Asia/Kathmandu"), "2026-11-25T05:55+05:45");
  EXPECT_EQ(shown("2026-01-01T03:00:00Z", "America/New_York"), "2025-12-31T22:00-05:00");
  EXPECT_EQ(shown("2026-01-01T03:00:00Z", "America/St_Johns"), "2025-12-31T23:30-03:30");
  EXPECT_EQ(shown("2026-01-01T03:00:00Z", "UTC"), "2026-01-01T03:00+00:00");
  EXPECT_EQ(shown("2026-01-01T03:00:00Z", "Asia/Calcutta"), "2026-01-01T08:30+05:30") << "an alias";
}

TEST(LocalTime, SummerTimeBeginsAndEndsOnItsMinute) {
  EXPECT_EQ(shown("2026-03-29T00:59:59Z", "Europe/Berlin"), "2026-03-29T01:59+01:00");
  EXPECT_EQ(shown("2026-03-29T01:00:00Z", "Europe/Berlin"), "2026-03-29T03:00+02:00");
  EXPECT_EQ(shown("2026-10-25T00:59:59Z", "Europe/Berlin"), "2026-10-25T02:59+02:00");
  EXPECT_EQ(shown("2026-10-25T01:00:00Z", "Europe/Berlin"), "2026-10-25T02:00+01:00");
  EXPECT_EQ(shown("2026-01-15T12:00:00Z", "Australia/Sydney"), "2026-01-15T23:00+11:00") << "southern summer";
  EXPECT_EQ(shown("2026-07-15T12:00:00Z", "Australia/Sydney"), "2026-07-15T22:00+10:00");
}

TEST(LocalTime, RefusesWhatIsNoZoneAndSaysWhatWouldBeRight) {
  for (const std::string zone : {"", "Mars/Olympus", "Berlin", "GMT+3:15", "europe/berlin\n", "\xff\xfe"}) {
    const auto result = local_time(at("2026-01-01T00:00:00Z"), zone);
    ASSERT_FALSE(result.ok()) << zone;
    EXPECT_EQ(result.error().code, Code::kInvalid);
    EXPECT_NE(result.error().expected.find("Europe/Berlin"), std::string::npos);
  }
  EXPECT_FALSE(local_time(at("2026-01-01T00:00:00Z"), std::string(10'000, 'a')).ok());
}

TEST(LocalTime, ReadsWhatAWallClockShows) {
  EXPECT_EQ(to_text(*parse_local_time("2026-07-04T18:30")), "2026-07-04T18:30");
  EXPECT_EQ(parse_local_time("2026-07-04T18:30:59")->weekday, 5);
  for (const std::string text : {"", "2026-07-04", "2026-13-04T18:30", "2026-07-04T18:30Z",
                                 "2026-07-04T18:30+02:00", "2026-07-04 at 18h", "0000000000000000"})
    EXPECT_FALSE(parse_local_time(text).ok()) << text;
}

TEST(LocalTime, KnowsWeekdayAndDayOfYear) {
  const auto time = *local_time(at("2026-11-25T10:00:00Z"), "Europe/Berlin");
  EXPECT_EQ(time.weekday, 2) << "a Wednesday";
  EXPECT_FALSE(time.weekend());
  EXPECT_EQ(time.day_of_year, 328);
  EXPECT_TRUE(local_date(std::chrono::year_month_day(std::chrono::year(2024) / 2 / 25)).weekend());
  EXPECT_FALSE(local_date(std::chrono::year_month_day(std::chrono::year(2024) / 2 / 25)).hour.has_value());
}

TEST(LocalTime, NamesTheCountryOfAZone) {
  EXPECT_EQ(country_of("Australia/Sydney"), "AU");
  EXPECT_EQ(country_of("America/Argentina/Buenos_Aires"), "AR");
  EXPECT_EQ(country_of("UTC"), "");
  EXPECT_EQ(country_of("Mars/Olympus"), "");
}

TEST(DayPart, CutsTheDayInFour) {
  EXPECT_EQ(day_part(4), DayPart::kNight);
  EXPECT_EQ(day_part(5), DayPart::kMorning);
  EXPECT_EQ(day_part(11), DayPart::kDay);
  EXPECT_EQ(day_part(17), DayPart::kEvening);
  EXPECT_EQ(day_part(22), DayPart::kNight);
}

}  // namespace
}  // namespace modiste
