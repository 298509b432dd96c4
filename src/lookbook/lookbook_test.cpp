#include <gtest/gtest.h>

#include "lookbook/caption.h"
#include "lookbook/centroid.h"
#include "lookbook/cluster_id.h"
#include "lookbook/look_traits.h"
#include "lookbook/pool_index.h"

namespace modiste::lookbook {
namespace {

using namespace std::chrono_literals;

const TimePoint kNow = parse_rfc3339("2026-11-21T09:30:00Z").value();

TEST(ClusterId, NamesDayStyleAndWeather) {
  EXPECT_EQ(cluster_id(2026y / 11 / 21, {"women", "Dark floral party dresses", WeatherKind::kRain}),
            "20261121_WomenDarkFloralPartyDresses_Rain");
  EXPECT_EQ(cluster_id(2026y / 1 / 2, {"", std::string(kNewStyle), WeatherKind::kNeutral}),
            "20260102_New_Neutral");
  EXPECT_EQ(cluster_id(2026y / 1 / 2, {"men", "T-shirts & shorts", WeatherKind::kHot}),
            "20260102_MenTShirtsShorts_Hot");
}

TEST(WeatherKind, IsOfTheWeatherWhereItIsKnownElseOfThePlace) {
  EXPECT_EQ(weather_kind(std::nullopt), WeatherKind::kNeutral);
  Context context;
  context.temperature_c = 30;
  EXPECT_EQ(weather_kind(context), WeatherKind::kNeutral) << "a guess does not count as weather";
  context.warmth_known = Provenance::kPlace;
  context.wet = 1;
  EXPECT_EQ(weather_kind(context), WeatherKind::kHot) << "what is usual never rains";
  context.warmth_known = Provenance::kWeather;
  EXPECT_EQ(weather_kind(context), WeatherKind::kRain);
  context.temperature_c = -3;
  EXPECT_EQ(weather_kind(context), WeatherKind::kSnow);
  context.wet = 0;
  EXPECT_EQ(weather_kind(context), WeatherKind::kCold);
  EXPECT_EQ(usual_weather(std::nullopt, 200), WeatherKind::kNeutral);
  EXPECT_EQ(usual_weather(1.3, 200), WeatherKind::kHot) << "Singapore";
  EXPECT_EQ(usual_weather(60, 15), WeatherKind::kCold) << "Oslo in January";
}

LookPool pool(std::string department, std::string style, WeatherKind weather, std::string day) {
  LookPool made;
  made.cluster = {std::move(department), std::move(style), weather};
  made.day = std::move(day);
  made.cluster_id = made.day + made.cluster.department + made.cluster.style;
  made.expires_at = kNow + 24h;
  made.looks.resize(1);
  return made;
}

TEST(PoolIndex, FindsTheOwnPoolElseTheNearest) {
  auto stale = pool("women", "Boho", WeatherKind::kHot, "2026-11-19");
  stale.expires_at = kNow - 1h;
  const PoolIndex index({pool("women", "Boho", WeatherKind::kCool, "2026-11-20"),
                         pool("women", "Boho", WeatherKind::kCool, "2026-11-21"),
                         pool("women", "Boho", WeatherKind::kMild, "2026-11-20"), stale,
                         pool("women", "New", WeatherKind::kNeutral, "2026-11-21"),
                         pool("", "New", WeatherKind::kNeutral, "2026-11-21")});
  const auto find = [&](std::string department, std::string style, WeatherKind weather) {
    return index.find({std::move(department), std::move(style), weather}, "2026-11-21", kNow);
  };
  auto found = find("women", "Boho", WeatherKind::kCool);
  EXPECT_EQ(found.pool->day, "2026-11-21");
  EXPECT_EQ(found.stand_in, StandIn::kNone);
  found = find("women", "Boho", WeatherKind::kMild);
  EXPECT_EQ(found.pool->day, "2026-11-20") << "last night's serves when tonight's failed";
  EXPECT_EQ(found.stand_in, StandIn::kDay);
  found = find("women", "Boho", WeatherKind::kRain);
  EXPECT_EQ(found.pool->cluster.weather, WeatherKind::kCool);
  EXPECT_EQ(found.stand_in, StandIn::kWeather);
  EXPECT_EQ(find("women", "Boho", WeatherKind::kHot).pool->cluster.weather, WeatherKind::kMild)
      << "the hot one has expired";
  EXPECT_EQ(find("women", "Preppy", WeatherKind::kHot).stand_in, StandIn::kStyle);
  EXPECT_EQ(find("men", "Preppy", WeatherKind::kHot).stand_in, StandIn::kDepartment);
  EXPECT_EQ(find("", "New", WeatherKind::kNeutral).stand_in, StandIn::kNone);
  EXPECT_EQ(PoolIndex().find({}, "2026-11-21", kNow).pool, nullptr);
}

TEST(Caption, SaysWhatIsKnownAndNothingElse) {
  CaptionFacts facts;
  facts.mood = Mood::kBreezy;
  facts.aesthetic = "minimal";
  facts.time = CaptionTime::kAfternoon;
  facts.place = "Torrance";
  EXPECT_EQ(caption(facts), "A breezy minimalist look for your afternoon in Torrance");
  facts.language = CaptionLanguage::kGerman;
  EXPECT_EQ(caption(facts), "Ein luftiger minimalistischer Look für deinen Nachmittag in Torrance");
  facts.language = CaptionLanguage::kFrench;
  EXPECT_EQ(caption(facts), "Un look minimaliste aéré pour votre après-midi à Torrance");
  facts.language = CaptionLanguage::kSpanish;
  EXPECT_EQ(caption(facts), "Un look minimalista fresco para tu tarde en Torrance");
  CaptionFacts bare;
  EXPECT_EQ(caption(bare), "A look for your day");
  bare.aesthetic = "edgy";
  bare.time = CaptionTime::kEvening;
  EXPECT_EQ(caption(bare), "An edgy look for your evening");
  bare.place = "{}{0}";
  EXPECT_EQ(caption(bare), "An edgy look for your evening in {}{0}") << "a place is text, not a format";
}

TEST(Caption, HasAWordForEveryAestheticInEveryLanguage) {
  for (const Term& term : Vocabulary::standard().terms(Facet::kAesthetic))
    for (size_t l = 0; l < kCaptionLanguages; ++l) {
      CaptionFacts facts;
      facts.language = static_cast<CaptionLanguage>(l);
      const std::string without = caption(facts);
      facts.aesthetic = term.name;
      EXPECT_NE(caption(facts), without) << term.name;
    }
}

TEST(Caption, NoWordOfTheWeatherWithoutWeather) {
  for (size_t kind = 0; kind < kWeatherKinds; ++kind)
    for (const double warmth : {0.0, 0.3, 0.6, 1.0})
      for (const bool layered : {false, true}) {
        MoodFacts facts;
        facts.weather = static_cast<WeatherKind>(kind);
        facts.warmth = warmth;
        facts.layered = layered;
        EXPECT_EQ(mood_of(facts), std::nullopt);
        facts.weather_known = true;
        const auto mood = mood_of(facts);
        if (mood == Mood::kBreezy) {
          EXPECT_TRUE(facts.weather == WeatherKind::kHot || facts.weather == WeatherKind::kWarm);
        }
        if (mood == Mood::kWarm) {
          EXPECT_TRUE(layered && warmth > 0.35);
        }
      }
}

TEST(Caption, TellsTheTimeOfTheDay) {
  EXPECT_EQ(caption_time(false, std::nullopt), CaptionTime::kDay);
  EXPECT_EQ(caption_time(false, 8), CaptionTime::kMorning);
  EXPECT_EQ(caption_time(false, 14), CaptionTime::kAfternoon);
  EXPECT_EQ(caption_time(false, 19), CaptionTime::kDay);
  EXPECT_EQ(caption_time(true, 14), CaptionTime::kEvening);
  EXPECT_EQ(caption_language("de-AT"), CaptionLanguage::kGerman);
  EXPECT_EQ(caption_language("den"), CaptionLanguage::kEnglish);
  EXPECT_EQ(caption_language(""), CaptionLanguage::kEnglish);
}

// Nine plain white tops and one with a leopard print, which is chosen now and was not before.
class Traits : public testing::Test {
 protected:
  Traits() {
    const auto term = [this](Facet facet, const char* name) { return vocabulary_.find(facet, name)->id; };
    for (int i = 0; i < 10; ++i) {
      ItemFacts& facts = facts_.emplace_back();
      facts.terms = {term(Facet::kPattern, i < 9 ? "solid" : "animal")};
    }
    for (size_t i = 0; i < 10; ++i)
      items_.push_back({&facts_[i], static_cast<double>(i) / 10, i == 9 ? 0.5 : 0.05, i == 9 ? 0.01 : 0.11});
  }
  const Vocabulary& vocabulary_ = Vocabulary::standard();
  std::vector<ItemFacts> facts_;
  std::vector<TraitItem> items_;
};

TEST_F(Traits, AreTheShareOfGarmentsBelow) {
  const auto traits = GarmentTraits::learn(items_, vocabulary_);
  const LookTraits plain = traits.of(facts_[0], 0.0), print = traits.of(facts_[9], 0.9);
  EXPECT_NEAR(plain.vibe, 0.05, 1e-6);
  EXPECT_NEAR(print.vibe, 0.95, 1e-6);
  EXPECT_NEAR(plain.dare, 0.45, 1e-6) << "nine in ten are as plain";
  EXPECT_NEAR(print.dare, 0.95, 1e-6);
  EXPECT_NEAR(plain.trend, 0.45, 1e-6);
  EXPECT_NEAR(print.trend, 0.95, 1e-6);
}

TEST_F(Traits, AreTheMiddleWhereNothingIsKnown) {
  EXPECT_EQ(GarmentTraits().of(facts_[9], 0.9), LookTraits());
  for (auto& item : items_) item.chosen_now = 0;
  const auto traits = GarmentTraits::learn(items_, vocabulary_);
  EXPECT_EQ(traits.of(facts_[9], std::nullopt).trend, 0.5);
  EXPECT_EQ(traits.of(facts_[9], std::nullopt).vibe, 0.5);
}

TEST_F(Traits, ALookIsAsDaringAsItsRarestPieceAndItsContrast) {
  const std::vector<LookTraits> pieces{{0.2, 0.5, 0.1}, {0.4, 0.5, 0.9}};
  const std::vector<std::optional<Lab>> alike{Lab{50, 0, 0}, Lab{50, 0, 0}},
      apart{Lab{0, 0, 0}, Lab{100, 0, 0}};
  EXPECT_NEAR(traits_of_look(pieces, alike).vibe, 0.3, 1e-9);
  EXPECT_NEAR(traits_of_look(pieces, alike).dare, 0.63, 1e-9);
  EXPECT_NEAR(traits_of_look(pieces, apart).dare, 0.93, 1e-9);
  EXPECT_EQ(traits_of_look({}, {}), LookTraits());
}

TEST_F(Traits, AShopperHasTheDirectionOfWhatTheyChose) {
  const std::vector<TraitSignal> liked{{{0.9, 0.5, 0.5}, 1}, {{0.1, 0.5, 0.5}, -0.4}};
  const TraitDirection shopper = direction_of(liked);
  EXPECT_GT(shopper[0], 0);
  EXPECT_NEAR(cosine(shopper, direction_of(LookTraits{0.8, 0.5, 0.5})), 1, 1e-9);
  EXPECT_NEAR(cosine(shopper, direction_of(LookTraits{0.2, 0.5, 0.5})), -1, 1e-9);
  EXPECT_EQ(cosine(shopper, direction_of(LookTraits())), 0);
  EXPECT_EQ(cosine(direction_of(std::vector<TraitSignal>{}), shopper), 0);
}

ShopperState who_likes(TermId term, const StyleModel& model) {
  ShopperState state;
  Mode mode;
  mode.id = 1, mode.confirmed = true, mode.activity = 1;
  ItemFacts facts;
  facts.terms = {term};
  for (int i = 0; i < 5; ++i) learn(mode.taste, {facts, {}, 1, 0, false}, model.options());
  state.style.modes.push_back(mode);
  return state;
}

TEST(CentroidTest, IsTheMeanAndTellsOfNoSingleShopper) {
  const StyleModel model(Vocabulary::standard());
  const TermId navy = Vocabulary::standard().find(Facet::kColour, "navy")->id;
  const TermId lace = Vocabulary::standard().find(Facet::kFabric, "lace")->id;
  Centroid centroid;
  centroid.add(who_likes(navy, model), model);
  centroid.add(who_likes(navy, model), model);
  centroid.add(who_likes(lace, model), model);
  EXPECT_EQ(centroid.shoppers(), 3U);
  const auto profile = centroid.profile(kNoTerm);
  const Taste& taste = profile->style.modes.at(0).taste;
  EXPECT_GT(taste.affinity(navy, model.options()), 0.1F);
  EXPECT_LT(taste.affinity(navy, model.options()),
            who_likes(navy, model).style.modes[0].taste.affinity(navy, model.options()));
  EXPECT_EQ(find_evidence(taste.terms, lace), nullptr) << "one shopper alone has it";
  EXPECT_TRUE(Centroid().profile(kNoTerm)->style.modes.empty());
}

}  // namespace
}  // namespace modiste::lookbook
