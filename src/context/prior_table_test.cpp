#include "context/prior_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "context/climate.h"

namespace modiste {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

OccasionClues clues(int month, int day, std::optional<int> hour, std::optional<double> latitude = 50) {
  OccasionClues clues;
  clues.local = local_date(std::chrono::year(2026) / month / day);
  clues.local.hour = hour;
  clues.seasons = seasons_at(latitude, clues.local.day_of_year);
  return clues;
}

double prior_share(const OccasionVector& occasions, Occasion occasion) {
  return occasions[static_cast<size_t>(occasion)];
}

double sum(const OccasionVector& occasions) {
  return std::accumulate(occasions.begin(), occasions.end(), 0.0);
}

TEST(PriorTable, RowsAreProbabilities) {
  for (const auto& rows : PriorOptions{}.table)
    for (const auto& row : rows) EXPECT_NEAR(sum(row), 1, 1e-9);
}

TEST(PriorTable, OfficeHoursAreWorkAndSaturdayNightIsParty) {
  const auto tuesday = prior_occasions(clues(11, 24, 9));
  const auto saturday = prior_occasions(clues(11, 28, 21));
  EXPECT_GT(prior_share(tuesday, Occasion::kWork), 3 * prior_share(saturday, Occasion::kWork));
  EXPECT_GT(prior_share(saturday, Occasion::kParty), 3 * prior_share(tuesday, Occasion::kParty));
}

TEST(PriorTable, SummerIsForBeachesAndWeddingsOnEitherSideOfTheEquator) {
  const auto north = prior_occasions(clues(7, 18, 12, 50)), south = prior_occasions(clues(7, 18, 12, -34));
  EXPECT_GT(prior_share(north, Occasion::kBeach), 4 * prior_share(south, Occasion::kBeach));
  EXPECT_GT(prior_share(north, Occasion::kWedding), 1.5 * prior_share(south, Occasion::kWedding));
}

TEST(PriorTable, RainAndColdEmptyTheBeach) {
  auto day = clues(7, 18, 12);
  const double usual = prior_share(prior_occasions(day), Occasion::kBeach);
  day.weather = Weather{.temperature_c = 30};
  EXPECT_GT(prior_share(prior_occasions(day), Occasion::kBeach), 1.3 * usual);
  day.weather = Weather{.temperature_c = 18, .code = 63};
  EXPECT_LT(prior_share(prior_occasions(day), Occasion::kBeach), 0.5 * usual);
}

TEST(PriorTable, CalendarRulesHoldOnTheirDaysOnly) {
  EXPECT_THAT(calendar_hints(clues(12, 9, 20).local), IsEmpty());
  EXPECT_THAT(calendar_hints(clues(12, 10, 20).local), ElementsAre("party season"));
  EXPECT_THAT(calendar_hints(clues(1, 1, 20).local), ElementsAre("party season"));
  EXPECT_THAT(calendar_hints(clues(2, 14, 20).local), ElementsAre("valentine"));
  EXPECT_THAT(calendar_hints(clues(2, 15, 20).local), IsEmpty());
  EXPECT_GT(prior_share(prior_occasions(clues(2, 13, 19)), Occasion::kDate),
            1.5 * prior_share(prior_occasions(clues(2, 20, 19)), Occasion::kDate));
}

TEST(PriorTable, BehaviourTakesItsShareAsItGrows) {
  auto day = clues(11, 24, 9);
  const double before = prior_share(prior_occasions(day), Occasion::kWedding);
  day.recent[static_cast<size_t>(Occasion::kWedding)] = 2;
  const double after_two = prior_share(prior_occasions(day), Occasion::kWedding);
  day.recent[static_cast<size_t>(Occasion::kWedding)] = 1000;
  const double after_many = prior_share(prior_occasions(day), Occasion::kWedding);
  EXPECT_LT(before, after_two);
  EXPECT_LT(after_two, after_many);
  EXPECT_LT(after_many, 0.65);
}

RC_GTEST_PROP(PriorTable, AnswersAreProbabilitiesWhateverTheClues, ()) {
  auto any = clues(*rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29), *rc::gen::inRange(0, 24),
                   *rc::gen::inRange(-90, 91));
  if (*rc::gen::arbitrary<bool>()) any.local.hour.reset();
  if (*rc::gen::arbitrary<bool>())
    any.weather = Weather{.temperature_c = *rc::gen::inRange(-50, 60), .code = *rc::gen::inRange(0, 100)};
  for (double& count : any.recent) count = *rc::gen::inRange(0, 50);
  const auto occasions = prior_occasions(any);
  for (const double p : occasions) RC_ASSERT(p >= 0);
  RC_ASSERT(std::abs(sum(occasions) - 1) < 1e-9);
}

TEST(Wetness, ReadsCodeAndMillimetres) {
  EXPECT_EQ(wetness({}), 0);
  EXPECT_EQ(wetness({.code = 3}), 0);
  EXPECT_EQ(wetness({.code = 53}), 0.5);
  EXPECT_EQ(wetness({.code = 65}), 1);
  EXPECT_EQ(wetness({.precipitation_mm = 4.2}), 1);
}

}  // namespace
}  // namespace modiste
