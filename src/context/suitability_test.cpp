#include "context/suitability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>

namespace modiste {
namespace {

const Vocabulary& words() { return Vocabulary::standard(); }

ItemFacts garment_with(std::initializer_list<std::pair<Facet, std::string_view>> terms) {
  ItemFacts item;
  for (const auto& [facet, name] : terms) item.terms.push_back(words().find(facet, name)->id);
  std::sort(item.terms.begin(), item.terms.end());
  return item;
}

SeasonVector only(Season season) {
  SeasonVector seasons{};
  seasons[static_cast<size_t>(season)] = 1;
  return seasons;
}

TEST(Suitability, OfAnOccasionIsWhatTheGarmentNames) {
  const auto pyjamas = garment_with({{Facet::kOccasion, "lounge"}, {Facet::kOccasion, "casual"}});
  EXPECT_EQ(suits_occasion(pyjamas, Occasion::kLounge, words()), Suits::kYes);
  EXPECT_EQ(suits_occasion(pyjamas, Occasion::kFormal, words()), Suits::kNo);
  EXPECT_EQ(suits_occasion(garment_with({}), Occasion::kFormal, words()), Suits::kUnknown);
}

TEST(Suitability, SwimwearIsForTheBeachWithoutSayingSo) {
  ItemFacts bikini = garment_with({{Facet::kCategory, "bikini"}}), dress = garment_with({});
  bikini.category = words().find(Facet::kCategory, "bikini")->id;
  dress.category = words().find(Facet::kCategory, "dress")->id;
  EXPECT_EQ(suits_occasion(bikini, Occasion::kBeach, words()), Suits::kYes);
  EXPECT_EQ(suits_occasion(bikini, Occasion::kWork, words()), Suits::kNo);
  EXPECT_EQ(suits_occasion(dress, Occasion::kWork, words()), Suits::kUnknown);
}

TEST(Suitability, OfASeasonCountsNeighboursAndTheWholeYear) {
  const auto summer = garment_with({{Facet::kSeason, "summer"}});
  EXPECT_EQ(suits_season(summer, only(Season::kSummer), words()), Suits::kYes);
  EXPECT_EQ(suits_season(summer, only(Season::kWinter), words()), Suits::kNo);
  EXPECT_EQ(suits_season(summer, {0.7, 0.3, 0, 0}, words()), Suits::kYes) << "late spring";
  EXPECT_EQ(suits_season(garment_with({{Facet::kSeason, "all-season"}}), only(Season::kWinter), words()),
            Suits::kYes);
  EXPECT_EQ(suits_season(garment_with({{Facet::kSeason, "rainy"}}), only(Season::kWinter), words()),
            Suits::kUnknown);
}

TEST(Suitability, OfWarmthHasNoWinterTooHardForAWoollenCoat) {
  const auto coat = garment_with({{Facet::kCategory, "coat"}, {Facet::kFabric, "wool"}});
  const auto bikini = garment_with({{Facet::kCategory, "bikini"}});
  EXPECT_EQ(suits_warmth(coat, 1, words()), Suits::kYes);
  EXPECT_EQ(suits_warmth(coat, 0, words()), Suits::kNo);
  EXPECT_EQ(suits_warmth(bikini, 0, words()), Suits::kYes);
  EXPECT_EQ(suits_warmth(bikini, 1, words()), Suits::kNo);
  EXPECT_EQ(suits_warmth(garment_with({{Facet::kColour, "red"}}), 1, words()), Suits::kUnknown);
}

// With its category as the item's own.
ItemFacts of_kind(std::string_view kind, std::string_view fabric = "") {
  ItemFacts item = fabric.empty() ? garment_with({{Facet::kCategory, kind}})
                                  : garment_with({{Facet::kCategory, kind}, {Facet::kFabric, fabric}});
  item.category = words().find(Facet::kCategory, kind)->id;
  return item;
}

TEST(Suitability, OnlyWhatWarmsHasAWarmth) {
  for (const char* kind :
       {"handbag", "belt", "loafers", "heels", "sneakers", "wallet", "watch", "tie", "cap"})
    for (const char* fabric : {"leather", "cotton", "silk"})
      EXPECT_EQ(warmth_of(of_kind(kind, fabric), words()), std::nullopt) << kind << " of " << fabric;
  EXPECT_TRUE(warmth_of(of_kind("shirt", "cotton"), words()));
  EXPECT_TRUE(warmth_of(of_kind("scarf", "wool"), words()));
  EXPECT_GT(*warmth_of(of_kind("boots", "leather"), words()), 0.5);
  for (const char* bare : {"sandals", "shorts", "tank-top", "sundress"})
    for (const char* fabric : {"leather", "denim", "wool"})
      EXPECT_LE(*warmth_of(of_kind(bare, fabric), words()), 0.1) << bare << " of " << fabric;
}

TEST(Suitability, ALightTopIsNotAgainstTheCold) {
  Context frost;
  frost.warmth = 0.8;
  frost.warmth_known = Provenance::kWeather;
  const auto misfit = [&](const ItemFacts& item) { return situation_misfit(item, {frost, false}, words()); };
  EXPECT_EQ(misfit(of_kind("shirt", "linen")), 0) << "it is worn under a coat";
  EXPECT_EQ(misfit(of_kind("pants", "linen")), 1);
  frost.weather_told = true;
  EXPECT_LT(misfit(of_kind("shirt", "linen")), misfit(of_kind("pants", "linen")));
  frost.warmth = 0;
  EXPECT_GT(misfit(of_kind("shirt", "wool")), misfit(of_kind("shirt", "linen"))) << "in heat it counts";
}

TEST(Suitability, NorIsALightDressOrSkirtUnlessItIsForSummer) {
  Context frost;
  frost.seasons = only(Season::kWinter);
  frost.warmth = 0.73;
  frost.warmth_known = Provenance::kWeather;
  const auto misfit = [&](const ItemFacts& item) { return situation_misfit(item, {frost, false}, words()); };
  for (const char* kind : {"dress", "midi-dress", "skirt"})
    for (const char* fabric : {"viscose", "cotton", "silk"})
      EXPECT_EQ(misfit(of_kind(kind, fabric)), 0) << kind << " of " << fabric << ", with tights";
  EXPECT_EQ(misfit(of_kind("sundress", "cotton")), 1);
  EXPECT_EQ(misfit(of_kind("shorts", "cotton")), 1);
  ItemFacts summer = of_kind("dress", "cotton");
  summer.terms.push_back(words().find(Facet::kSeason, "summer")->id);
  std::sort(summer.terms.begin(), summer.terms.end());
  EXPECT_EQ(misfit(summer), 1);
  frost.warmth = 0;
  EXPECT_EQ(misfit(of_kind("dress", "wool")), 1) << "in heat it counts";
}

// In every situation: from one step to the next more is admitted, and the last admits all.
TEST(Suitability, MisfitsLieWithinTheStepsThatAllowThem) {
  const std::vector<ItemFacts> garments{
      garment_with({}),
      garment_with({{Facet::kOccasion, "work"}, {Facet::kSeason, "summer"}, {Facet::kFabric, "linen"}}),
      garment_with({{Facet::kOccasion, "lounge"}, {Facet::kFabric, "wool"}}),
      garment_with({{Facet::kSeason, "winter"}})};
  for (int told = 0; told < 16; ++told) {
    Context context;
    context.occasions[static_cast<size_t>(Occasion::kLounge)] = 1;
    context.seasons = only(Season::kWinter);
    context.warmth = 0.9;
    if (told & 1) context.occasions_known = Provenance::kExplicit;
    context.seasons_known = told & 2 ? Provenance::kExplicit : Provenance::kPlace;
    if (told & 4) context.warmth_known = Provenance::kWeather;
    context.weather_told = (told & 8) != 0;
    for (const bool newcomer : {false, true}) {
      const Situation situation{context, newcomer};
      const auto steps = misfit_steps(situation);
      ASSERT_FALSE(steps.empty());
      EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
      EXPECT_EQ(steps.back(), kMisfitMax);
      int most = 0;
      for (const auto& garment : garments)
        most = std::max(most, situation_misfit(garment, situation, words()));
      EXPECT_LE(most, kMisfitMax);
      EXPECT_EQ(most > 0, steps.size() > 1) << told << newcomer << ": where something is asked for, steps";
    }
  }
}

TEST(Suitability, AGuessedSeasonHidesNothingFromShoppersWhoAreKnown) {
  Context january;
  january.seasons = only(Season::kWinter);
  january.seasons_known = Provenance::kPlace;
  january.warmth = 0.8;
  const auto summer = garment_with({{Facet::kSeason, "summer"}});
  const auto shorts = garment_with({{Facet::kCategory, "shorts"}, {Facet::kFabric, "linen"}});
  EXPECT_EQ(situation_misfit(summer, {january, true}, words()), 1);
  EXPECT_EQ(situation_misfit(shorts, {january, true}, words()), 1);
  EXPECT_EQ(situation_misfit(summer, {january, false}, words()), 0);
  january.seasons_known = Provenance::kTime;
  EXPECT_EQ(situation_misfit(summer, {january, true}, words()), 0) << "no place: the hemisphere is a guess";
}

}  // namespace
}  // namespace modiste
