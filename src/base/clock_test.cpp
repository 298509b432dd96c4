#include "base/clock.h"

#include <gtest/gtest.h>

namespace modiste {
namespace {

TEST(Rfc3339, RoundTripsAndMovesToUtc) {
  for (const char* text : {"1970-01-01T00:00:00Z", "2026-11-21T09:30:00.000123Z", "2024-02-29T23:59:59Z"})
    EXPECT_EQ(to_rfc3339(parse_rfc3339(text).value()), text);
  EXPECT_EQ(to_rfc3339(parse_rfc3339("2026-11-21T09:30:00+02:00").value()), "2026-11-21T07:30:00Z");
  EXPECT_EQ(to_rfc3339(parse_rfc3339("2026-11-21T09:30:00.5-01:30").value()), "2026-11-21T11:00:00.500000Z");
  EXPECT_EQ(to_rfc3339(parse_rfc3339("2026-11-21 09:30:00+0930").value()), "2026-11-21T00:00:00Z");
  EXPECT_EQ(to_rfc3339(parse_rfc3339("2026-11-21 09:30:00.25-03").value()), "2026-11-21T12:30:00.250000Z");
  for (const char* wrong : {"2026-11-21T09:30:00+", "2026-11-21T09:30:00+9", "2026-11-21T09:30:00+093",
                            "2026-11-21T09:30:00+09:3", "2026-11-21T09:30:00+09000", "2026-11-21T09:30:00"})
    EXPECT_FALSE(parse_rfc3339(wrong).ok()) << wrong;
}

TEST(Rfc3339, RefusesAbsurdDates) {
  for (const char* text : {"", "yesterday", "2026-02-30T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-21",
                           "2026-11-21T24:00:00Z", "2026-11-21T09:30:00", "2026-11-21T09:30:00.Z",
                           "2026-11-21T09:30:00Zjunk", "2026-11-21T09:30:00+2:00"})
    EXPECT_FALSE(parse_rfc3339(text).ok()) << text;
}

}  // namespace
}  // namespace modiste
