#include "context/climate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace modiste {
namespace {

constexpr int kMidJanuary = 14, kMidJuly = 195;

double season_share(const SeasonVector& seasons, Season season) {
  return seasons[static_cast<size_t>(season)];
}

TEST(Seasons, AreTurnedRoundInTheSouth) {
  EXPECT_GT(season_share(seasons_at(52, kMidJanuary), Season::kWinter), 0.85);
  EXPECT_GT(season_share(seasons_at(-34, kMidJanuary), Season::kSummer), 0.85);
  EXPECT_GT(season_share(seasons_at(-34, kMidJuly), Season::kWinter), 0.85);
  EXPECT_GT(season_share(seasons_at(latitude_of({"AU", {}, {}}), kMidJanuary), Season::kSummer), 0.85);
}

TEST(Seasons, TheTropicsHaveSummerOnly) {
  for (int day = 0; day < 366; day += 30)
    EXPECT_NEAR(season_share(seasons_at(1.3, day), Season::kSummer), 1, 1e-9);
}

TEST(Seasons, AnUnknownPlaceLeansNorthWithoutCertainty) {
  const auto seasons = seasons_at(std::nullopt, kMidJanuary);
  EXPECT_GT(season_share(seasons, Season::kWinter), 0.7);
  EXPECT_GT(season_share(seasons, Season::kSummer), 0.05);
}

TEST(Seasons, ChangeByLittleFromDayToDay) {
  for (int day = 0; day < 365; ++day) {
    const auto today = seasons_at(45, day), tomorrow = seasons_at(45, day + 1);
    for (size_t s = 0; s < kSeasonCount; ++s) EXPECT_NEAR(today[s], tomorrow[s], 0.03) << day;
  }
}

RC_GTEST_PROP(Seasons, AreSharesEverywhereAndAlways, ()) {
  const auto latitude = *rc::gen::inRange(-90, 91);
  const auto seasons = seasons_at(latitude, *rc::gen::inRange(0, 366));
  double sum = 0;
  for (const double s : seasons) {
    RC_ASSERT(s >= 0);
    sum += s;
  }
  RC_ASSERT(std::abs(sum - 1) < 1e-9);
}

// Mean temperatures of January and July from climate normals, rounded.
TEST(UsualTemperature, ComesNearWhatCitiesHave) {
  struct City {
    const char* name;
    double latitude, january, july;
  };
  for (const City& city : {City{"Singapore", 1.3, 27, 28},
                           {"Bangkok", 13.8, 27, 29},
                           {"Cairo", 30, 14, 28},
                           {"Tokyo", 35.7, 5, 26},
                           {"Rome", 41.9, 8, 25},
                           {"New York", 40.7, 1, 25},
                           {"Berlin", 52.5, 1, 19},
                           {"Oslo", 59.9, -4, 18},
                           {"Sydney", -33.9, 23, 13},
                           {"Durban", -29.9, 24, 17}}) {
    EXPECT_NEAR(usual_temperature_c(city.latitude, kMidJanuary), city.january, 6) << city.name;
    EXPECT_NEAR(usual_temperature_c(city.latitude, kMidJuly), city.july, 6) << city.name;
  }
}

TEST(SeasonOf, IsThePlacesOwn) {
  const auto on = [](unsigned month) {
    return TimePoint(std::chrono::sys_days(std::chrono::year(2026) / std::chrono::month(month) / 15));
  };
  const Place singapore{"SG", 1.3, 103.8}, australia{"AU", {}, {}}, oslo{"NO", 59.9, 10.7};
  for (const unsigned month : {1U, 4U, 7U, 10U}) EXPECT_EQ(season_of(singapore, on(month)), Season::kSummer);
  EXPECT_EQ(season_of(australia, on(1)), Season::kSummer);
  EXPECT_EQ(season_of(australia, on(7)), Season::kWinter);
  EXPECT_EQ(season_of(oslo, on(1)), Season::kWinter);
  EXPECT_EQ(season_of(oslo, on(4)), Season::kSpring);
  EXPECT_EQ(season_of({}, on(10)), Season::kAutumn) << "most people live in the north";
  EXPECT_EQ(season_of(located({}, "Australia/Sydney"), on(1)), Season::kSummer);
  EXPECT_EQ(season_of(located({"NO", {}, {}}, "Australia/Sydney"), on(1)), Season::kWinter);
}

TEST(Latitude, IsThePlacesOwnBeforeItsCountrys) {
  EXPECT_EQ(latitude_of({"DE", {}, {}}), 51);
  EXPECT_EQ(latitude_of({"DE", 47.5, 8.0}), 47.5);
  EXPECT_EQ(latitude_of({"XX", {}, {}}), std::nullopt);
  EXPECT_EQ(latitude_of({}), std::nullopt);
}

}  // namespace
}  // namespace modiste
