#include "lookbook/last_mile.h"

#include <gtest/gtest.h>

#include <chrono>

#include "context/local_time.h"

namespace modiste::lookbook {
namespace {

LackSet lacks(std::initializer_list<Lack> all) {
  LackSet set;
  for (const Lack lack : all) set.add(lack);
  return set;
}

MilePiece piece(OutfitRole role, LackSet set = {}) { return {role, set, 0, 0}; }

// Ten day looks and ten evening looks of a dress and shoes, all alike.
std::vector<MileLook> pool() {
  static const std::vector<std::string> kIds = [] {
    std::vector<std::string> ids;
    for (int i = 0; i < 20; ++i) ids.push_back("look-" + std::to_string(i));
    return ids;
  }();
  std::vector<MileLook> looks;
  for (size_t i = 0; i < kIds.size(); ++i)
    looks.push_back({kIds[i], i >= 10, {piece(OutfitRole::kOnePiece), piece(OutfitRole::kShoes)}, {}});
  return looks;
}

std::vector<uint32_t> places(const MileOrder& order) {
  std::vector<uint32_t> out;
  for (const MileEntry& entry : order) out.push_back(entry.look);
  return out;
}

bool evening_at(std::string_view utc, std::string_view zone) {
  return is_evening(local_time(parse_rfc3339(utc).value(), zone).value());
}

TEST(TimeStep, EveningBeginsAtThreeByTheWallClock) {
  EXPECT_FALSE(evening_at("2026-11-21T22:59:59Z", "America/Los_Angeles"));
  EXPECT_TRUE(evening_at("2026-11-21T23:00:00Z", "America/Los_Angeles"));
  EXPECT_FALSE(evening_at("2026-11-21T13:59:00Z", "Europe/Berlin"));
  EXPECT_TRUE(evening_at("2026-11-21T14:00:00Z", "Europe/Berlin"));
  EXPECT_TRUE(evening_at("2026-11-21T09:30:00Z", "Asia/Kolkata")) << "half an hour off the others";
}

TEST(TimeStep, EveningBeginsAtThreeOnTheDaysOnWhichClocksChange) {
  // On 8 March clocks in Los Angeles go forward: three o'clock comes an hour earlier by UTC than the day
  // before.
  EXPECT_TRUE(evening_at("2026-03-07T23:00:00Z", "America/Los_Angeles"));
  EXPECT_FALSE(evening_at("2026-03-07T22:59:00Z", "America/Los_Angeles"));
  EXPECT_TRUE(evening_at("2026-03-08T22:00:00Z", "America/Los_Angeles"));
  EXPECT_FALSE(evening_at("2026-03-08T21:59:00Z", "America/Los_Angeles"));
  // On 1 November they go back.
  EXPECT_TRUE(evening_at("2026-10-31T22:00:00Z", "America/Los_Angeles"));
  EXPECT_FALSE(evening_at("2026-11-01T22:59:00Z", "America/Los_Angeles"));
  EXPECT_TRUE(evening_at("2026-11-01T23:00:00Z", "America/Los_Angeles"));
  // The south the other way round: on 4 October clocks in Sydney go forward.
  EXPECT_FALSE(evening_at("2026-10-03T04:59:00Z", "Australia/Sydney"));
  EXPECT_TRUE(evening_at("2026-10-04T04:00:00Z", "Australia/Sydney"));
}

TEST(TimeStep, AfterMidnightItIsStillTheEvening) {
  LocalTime local;
  EXPECT_FALSE(is_evening(local)) << "the hour is unknown";
  local.hour = 1;
  EXPECT_TRUE(is_evening(local));
  local.hour = 7;
  EXPECT_FALSE(is_evening(local));
}

TEST(TimeStep, PutsTheLooksOfThePartOfTheDayFirst) {
  const auto looks = pool();
  EXPECT_EQ(by_time(looks, false).front().look, 0U);
  EXPECT_EQ(by_time(looks, true).front().look, 10U);
  EXPECT_EQ(by_time(looks, true).back().look, 9U);
}

TEST(VetoStep, NothingVetoedOrSoldOutIsEverShown) {
  auto looks = pool();
  for (auto& look : looks) look.pieces[0].lacks.add(Lack::kVetoed);
  looks[7].pieces[0].lacks = lacks({Lack::kSoldOut});
  EXPECT_TRUE(without_vetoed(looks, by_time(looks, false), 3).order.empty());
  looks[4].pieces[0].lacks = {};
  EXPECT_EQ(places(without_vetoed(looks, by_time(looks, false), 3).order), std::vector<uint32_t>{4});
}

TEST(VetoStep, ABagWithAHardLackIsLeftOut) {
  std::vector<MileLook> looks(1);
  looks[0].pieces = {piece(OutfitRole::kOnePiece), piece(OutfitRole::kBag, lacks({Lack::kVetoed}))};
  const auto kept = without_vetoed(looks, by_time(looks, false), 1);
  ASSERT_EQ(kept.order.size(), 1U);
  EXPECT_EQ(kept.order[0].dropped, 2U);
  EXPECT_TRUE(kept.allowed.empty());
}

TEST(VetoStep, TheStrictestGivesWayFirstAndOnlyAsFarAsNeeded) {
  auto looks = pool();
  for (size_t i = 0; i < looks.size(); ++i)
    looks[i].pieces[0].lacks = i < 12 ? lacks({Lack::kSize}) : lacks({Lack::kBudget});
  auto kept = without_vetoed(looks, by_time(looks, false), 3);
  EXPECT_EQ(kept.allowed, std::vector{Lack::kSize});
  EXPECT_EQ(kept.order.size(), 12U);
  looks[19].pieces[0].lacks = {};
  kept = without_vetoed(looks, by_time(looks, false), 1);
  EXPECT_TRUE(kept.allowed.empty());
  EXPECT_EQ(places(kept.order), std::vector<uint32_t>{19});
  kept = without_vetoed(looks, by_time(looks, false), 3);
  EXPECT_EQ(kept.order.front().look, 19U) << "what lacks nothing stands before all others, also at noon";
}

TEST(VetoStep, TheDepartmentGivesWayLast) {
  auto looks = pool();
  for (auto& look : looks) look.pieces[0].lacks = lacks({Lack::kDepartment});
  looks[3].pieces[0].lacks = lacks({Lack::kSize});
  looks[4].pieces[0].lacks = lacks({Lack::kDepartment, Lack::kPassed});
  EXPECT_EQ(places(without_vetoed(looks, by_time(looks, false), 1).order), std::vector<uint32_t>{3});
  EXPECT_EQ(without_vetoed(looks, by_time(looks, false), 20).order.size(), 20U)
      << "never fewer than there are";
}

TEST(TasteStep, LikedCategoriesAndColoursMoveUpWithinTheGroup) {
  auto looks = pool();
  looks[5].pieces[0].category = 0.8;
  looks[6].pieces[1].colour = -0.8;
  looks[15].pieces[0].category = 1;
  auto order = by_time(looks, false);
  by_liking(looks, {}, order);
  EXPECT_EQ(order.front().look, 5U);
  EXPECT_EQ(order[9].look, 6U) << "the last of the day looks";
  EXPECT_EQ(order[10].look, 15U) << "an evening look stays behind all day looks";
}

TEST(TasteStep, TraitsMoveUpWhatPointsWhereTheShopperDoes) {
  auto looks = pool();
  looks[2].traits = {0.9, 0.5, 0.5};
  looks[3].traits = {0.1, 0.5, 0.5};
  auto order = by_time(looks, false);
  by_traits(looks, {0.3, 0, 0}, {}, order);
  EXPECT_EQ(order.front().look, 2U);
  EXPECT_EQ(order[9].look, 3U);
}

TEST(LastMile, TwoShoppersOfOneClusterSeeDifferentFirstLooksAndEachTheSameAgain) {
  const auto looks = pool();
  const auto seen_by = [&](std::string_view shopper, std::string_view day) {
    return places(last_mile({.looks = looks, .seed = tie_seed(shopper, day)}).order);
  };
  EXPECT_EQ(seen_by("ada", "2026-11-21"), seen_by("ada", "2026-11-21"));
  std::array<int, 10> first{};
  for (int i = 0; i < 1'000; ++i) ++first.at(seen_by("shopper " + std::to_string(i), "2026-11-21").front());
  for (const int times : first) EXPECT_NEAR(times, 100, 40) << "each day look is first for a tenth";
  EXPECT_NE(seen_by("ada", "2026-11-21"), seen_by("bea", "2026-11-21"));
  EXPECT_NE(seen_by("ada", "2026-11-21"), seen_by("ada", "2026-11-22"));
}

TEST(LastMile, TheHashNeverOutweighsWhatTheShopperLikes) {
  auto looks = pool();
  looks[8].pieces[0].category = 0.5;
  for (int i = 0; i < 200; ++i)
    EXPECT_EQ(last_mile({.looks = looks, .seed = tie_seed(std::to_string(i), "d")}).order.front().look, 8U);
}

}  // namespace
}  // namespace modiste::lookbook
