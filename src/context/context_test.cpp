#include "context/context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace modiste {
namespace {

using testing::ElementsAre;

const OccasionModel& table() {
  static const OccasionModel model(Vocabulary::standard());
  return model;
}

ContextInput input(std::string_view utc, std::string zone = "") {
  ContextInput in;
  in.now = parse_rfc3339(utc).value();
  in.time_zone = std::move(zone);
  return in;
}

Context inferred(const ContextInput& in) {
  auto context = infer_context(in, table());
  EXPECT_TRUE(context.ok()) << context.error().message();
  return std::move(context).value();
}

double occasion_share(const Context& context, Occasion occasion) {
  return context.occasions[static_cast<size_t>(occasion)];
}

TEST(Context, TheSameMomentIsMorningHereAndSummerThere) {
  const auto berlin = inferred(input("2026-01-14T07:30:00Z", "Europe/Berlin"));
  const auto sydney = inferred(input("2026-01-14T07:30:00Z", "Australia/Sydney"));
  EXPECT_EQ(berlin.part, DayPart::kMorning);
  EXPECT_EQ(sydney.part, DayPart::kEvening);
  EXPECT_EQ(berlin.season(), Season::kWinter);
  EXPECT_EQ(sydney.season(), Season::kSummer);
  EXPECT_EQ(sydney.seasons_known, Provenance::kPlace) << "a zone names its country";
  EXPECT_GT(berlin.warmth, sydney.warmth + 0.5);
  EXPECT_EQ(berlin.occasion(), Occasion::kWork);
  EXPECT_GT(occasion_share(sydney, Occasion::kBeach), 3 * occasion_share(berlin, Occasion::kBeach));
}

TEST(Context, WithoutZoneOrPlaceTheHourIsNotGuessed) {
  const auto context = inferred(input("2026-01-14T07:30:00Z"));
  EXPECT_FALSE(context.local.hour.has_value());
  EXPECT_FALSE(context.part.has_value());
  EXPECT_EQ(context.local_known, Provenance::kPrior);
  EXPECT_EQ(context.occasions_known, Provenance::kPrior);
}

TEST(Context, ALongitudeTellsTheHourByTheSun) {
  auto in = input("2026-06-01T20:00:00Z");
  in.place = {"", -36.8, 174.8};
  const auto context = inferred(in);
  EXPECT_EQ(context.local_known, Provenance::kPlace);
  EXPECT_EQ(context.part, DayPart::kMorning);
  EXPECT_EQ(context.local.day, 2);
  EXPECT_EQ(context.season(), Season::kWinter);
}

TEST(Context, WeatherSaysHowWarm) {
  auto in = input("2026-07-14T12:00:00Z", "Europe/Berlin");
  in.weather = Weather{.temperature_c = 14, .feels_like_c = 12, .wind_kmh = 60, .code = 63};
  const auto context = inferred(in);
  EXPECT_EQ(context.warmth_known, Provenance::kWeather);
  EXPECT_NEAR(context.warmth, 0.4, 1e-9);
  EXPECT_EQ(context.wet, 1);
  EXPECT_EQ(context.windy, 1);
}

TEST(Context, WhatIsSaidOverridesWhatIsInferred) {
  auto in = input("2026-07-14T09:00:00Z", "Europe/Berlin");
  in.recent[static_cast<size_t>(Occasion::kSport)] = 50;
  in.occasion = Occasion::kWedding;
  in.season = Season::kWinter;
  const auto context = inferred(in);
  EXPECT_EQ(occasion_share(context, Occasion::kWedding), 1);
  EXPECT_EQ(context.occasions_known, Provenance::kExplicit);
  EXPECT_EQ(context.season(), Season::kWinter);
  EXPECT_EQ(context.warmth_known, Provenance::kExplicit);
  EXPECT_GT(context.warmth, 0.6) << "winter was said in July";
  in.warmth = 0.1;
  EXPECT_NEAR(inferred(in).warmth, 0.1, 1e-9);
  in.local_time = local_date(std::chrono::year(2026) / 12 / 24);
  in.local_time->hour = 20;
  const auto eve = inferred(in);
  EXPECT_EQ(eve.part, DayPart::kEvening);
  EXPECT_EQ(eve.local_known, Provenance::kExplicit);
  EXPECT_THAT(eve.hints, ElementsAre("party season"));
}

TEST(Context, BehaviourIsNamedOnceItCounts) {
  auto in = input("2026-07-14T09:00:00Z", "Europe/Berlin");
  in.recent[static_cast<size_t>(Occasion::kParty)] = 1;
  EXPECT_EQ(inferred(in).occasions_known, Provenance::kTime);
  in.recent[static_cast<size_t>(Occasion::kParty)] = 12;
  const auto context = inferred(in);
  EXPECT_EQ(context.occasions_known, Provenance::kBehaviour);
  EXPECT_EQ(context.occasion(), Occasion::kParty);
}

TEST(Context, ALearnedModelIsNamedAndHeard) {
  const ContextInput in = input("2026-07-14T09:00:00Z", "Europe/Berlin");
  OccasionExample example{{}, Occasion::kTravel, 1};
  example.clues.local = local_date(std::chrono::year(2026) / 7 / 14);
  const auto model =
      OccasionModel::fit(std::vector<OccasionExample>(500, example), Vocabulary::standard()).value();
  const auto context = infer_context(in, model).value();
  EXPECT_EQ(context.occasions_known, Provenance::kLearned);
  EXPECT_EQ(context.occasion(), Occasion::kTravel);
}

TEST(Context, RefusesAZoneThatIsNone) {
  const auto context = infer_context(input("2026-07-14T09:00:00Z", "Europe/Atlantis"), table());
  ASSERT_FALSE(context.ok());
  EXPECT_EQ(context.error().code, Code::kInvalid);
  EXPECT_EQ(context.error().where, "time_zone");
}

RC_GTEST_PROP(Context, IsAlwaysWhole, ()) {
  static const std::vector<std::string> kZones{"", "Europe/Berlin", "Pacific/Auckland", "America/Lima",
                                               "UTC"};
  ContextInput in;
  in.now = TimePoint(std::chrono::seconds(*rc::gen::inRange<int64_t>(0, 4'000'000'000)));
  in.time_zone = kZones[static_cast<size_t>(*rc::gen::inRange(0, 5))];
  if (*rc::gen::arbitrary<bool>()) in.place.latitude = *rc::gen::inRange(-90, 91);
  if (*rc::gen::arbitrary<bool>()) in.place.longitude = *rc::gen::inRange(-180, 181);
  if (*rc::gen::arbitrary<bool>()) in.weather = Weather{.temperature_c = *rc::gen::inRange(-60, 60)};
  const auto context = infer_context(in, table());
  RC_ASSERT(context.ok());
  const auto sum = [](const auto& shares) { return std::accumulate(shares.begin(), shares.end(), 0.0); };
  RC_ASSERT(std::abs(sum(context->occasions) - 1) < 1e-9);
  RC_ASSERT(std::abs(sum(context->seasons) - 1) < 1e-9);
  RC_ASSERT(context->warmth >= 0 && context->warmth <= 1);
}

}  // namespace
}  // namespace modiste
