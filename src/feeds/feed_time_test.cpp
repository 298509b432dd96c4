#include "feeds/feed_time.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

std::string begin_of(std::string_view text) {
  const auto time = parse_feed_time(text);
  return time ? to_rfc3339(time->begin).substr(0, 16) : "none";
}

TEST(FeedTime, ReadsWhatFeedsWrite) {
  EXPECT_EQ(begin_of("2026-02-24T11:07:31+0100"), "2026-02-24T10:07");
  EXPECT_EQ(begin_of("2026-02-24T11:07:31+01:00"), "2026-02-24T10:07");
  EXPECT_EQ(begin_of("2026-02-24T13:00-08"), "2026-02-24T21:00");
  EXPECT_EQ(begin_of("2026-02-24T13:00Z"), "2026-02-24T13:00");
  EXPECT_EQ(begin_of("2026-02-24 13:00:05.123"), "2026-02-24T13:00");
  EXPECT_EQ(begin_of("2026-02-24 13:00 UTC"), "2026-02-24T13:00");
  EXPECT_EQ(begin_of("2026-02-24"), "2026-02-24T00:00");
  EXPECT_EQ(begin_of("20260224"), "2026-02-24T00:00");
  EXPECT_EQ(begin_of("20260224T130500Z"), "2026-02-24T13:05");
  EXPECT_EQ(begin_of("20260224T1305+0100"), "2026-02-24T12:05");
  EXPECT_EQ(begin_of("Feb 24, 2026"), "2026-02-24T00:00");
  EXPECT_EQ(begin_of("February 24th, 2026 13:05"), "2026-02-24T13:05");
  EXPECT_EQ(begin_of("11/21/14, 3:27 PM"), "2014-11-21T15:27");
  EXPECT_EQ(begin_of("1/2/15, 12:05 AM"), "2015-01-02T00:05");
  EXPECT_EQ(begin_of("21/11/2014"), "2014-11-21T00:00");
  EXPECT_EQ(begin_of("24.02.2026 13:00"), "2026-02-24T13:00");
  for (const char* text :
       {"", "yesterday", "13/45/14, 3:27 PM", "1/2/15, 13:05 PM", "2026-02-30", "2026", "24.02."})
    EXPECT_EQ(begin_of(text), "none") << text;
}

TEST(FeedTime, ADayLastsUntilItsEnd) {
  const auto day = parse_feed_time("2026-02-24");
  ASSERT_TRUE(day);
  EXPECT_EQ(day->end - day->begin, std::chrono::hours(24));
  const auto moment = parse_feed_time("2026-02-24T10:00Z");
  EXPECT_EQ(moment->end, moment->begin);
}

TEST(FeedTime, SplitsAWindowAtItsMiddle) {
  using Two = std::pair<std::string_view, std::string_view>;
  EXPECT_EQ(split_window("2026-02-24T13:00-0800/2026-02-29T15:30-0800"),
            (Two{"2026-02-24T13:00-0800", "2026-02-29T15:30-0800"}));
  EXPECT_EQ(split_window("2/24/26 / 3/1/26"), (Two{"2/24/26", "3/1/26"}));
  EXPECT_EQ(split_window("2026-02-24/"), (Two{"2026-02-24", ""}));
  for (const char* between : {" - ", " – ", ",", ", ", " to ", " bis "})
    EXPECT_EQ(split_window(std::string("2026-02-24T13:00-0800").append(between).append("2026-03-01")),
              (Two{"2026-02-24T13:00-0800", "2026-03-01"}))
        << between;
  EXPECT_EQ(split_window("11/21/14, 3:27 PM"), (Two{"11/21/14, 3:27 PM", ""}));
  EXPECT_EQ(split_window(""), (Two{"", ""}));
}

TEST(FeedTime, TellsWhereNowLies) {
  const TimePoint now = *parse_rfc3339("2026-03-10T12:00:00Z");
  EXPECT_EQ(window_state("", "", now), WindowState::kAlways);
  EXPECT_EQ(window_state("0000-00-00 00:00:00", "0000-00-00", now), WindowState::kAlways);
  EXPECT_EQ(window_state("2026-03-01", "", now), WindowState::kWithin);
  EXPECT_EQ(window_state("", "2026-03-10", now), WindowState::kWithin);
  EXPECT_EQ(window_state("", "2026-03-09", now), WindowState::kAfter);
  EXPECT_EQ(window_state("2026-03-11", "", now), WindowState::kBefore);
  EXPECT_EQ(window_state("soon", "", now), WindowState::kUnreadable);
  EXPECT_EQ(window_state("2026-03-01", "", {}), WindowState::kNoClock);
}

TEST(FeedTime, ReadsMonthsByNameAndSecondsSince1970) {
  EXPECT_EQ(begin_of("03 Dec 2026"), "2026-12-03T00:00");
  EXPECT_EQ(begin_of("3 December 2026 13:00"), "2026-12-03T13:00");
  EXPECT_EQ(begin_of("3-Sept-2026"), "2026-09-03T00:00");
  EXPECT_EQ(begin_of("1796256000"), "2026-12-03T00:00");
  EXPECT_EQ(begin_of("1796256000000"), "2026-12-03T00:00");
  for (const char* text : {"03 Dez 20", "3 Decades 2026", "31 Feb 2026", "9796256000", "179625600"})
    EXPECT_EQ(begin_of(text), "none") << text;
}

TEST(FeedTime, ADashMaySeparateWithoutSpaces) {
  using Two = std::pair<std::string_view, std::string_view>;
  EXPECT_EQ(split_window("2026-11-28–2026-12-04"), (Two{"2026-11-28", "2026-12-04"}));
  EXPECT_EQ(split_window("03 Dec 2026 - 10 Dec 2026"), (Two{"03 Dec 2026", "10 Dec 2026"}));
}

}  // namespace
}  // namespace modiste
