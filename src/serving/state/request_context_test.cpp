#include "serving/state/request_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace modiste {
namespace {

using testing::ElementsAre;

struct Wanted : testing::Test {
  [[nodiscard]] ContextView view(const RequestContext& asked) const {
    const TimePoint july(std::chrono::sys_days(std::chrono::year(2026) / 7 / 14));
    const auto context = contexts.infer(asked, shopper, *catalog.snapshot(), july);
    EXPECT_TRUE(context.ok()) << context.error().message();
    return contexts.view(*context);
  }
  static std::vector<ReasonCode> codes(const ContextView& view) {
    std::vector<ReasonCode> found;
    for (const Reason& reason : view.wanted) found.push_back(reason.code);
    return found;
  }

  Catalog catalog{Vocabulary::standard()};
  ShopperState shopper;
  RequestContexts contexts{Vocabulary::standard(), nullptr};
};

TEST_F(Wanted, TellsTheWeatherThatClothesMustStand) {
  RequestContext asked;
  asked.weather = Weather{.temperature_c = 14, .feels_like_c = 12, .wind_kmh = 60, .code = 63};
  const auto rain = view(asked);
  EXPECT_THAT(codes(rain), ElementsAre(ReasonCode::kWarmEnough, ReasonCode::kForRain, ReasonCode::kForWind));
  EXPECT_EQ(rain.wanted[0].args.temperature_c, 12);
  asked.weather = Weather{.temperature_c = 33};
  EXPECT_THAT(codes(view(asked)), testing::Contains(ReasonCode::kLightEnough));
}

TEST_F(Wanted, SnowIsNotRain) {
  RequestContext asked;
  for (const int code : {71, 75, 77, 85, 86}) {
    asked.weather = Weather{.temperature_c = 0, .code = code};
    EXPECT_THAT(codes(view(asked)), testing::Not(testing::Contains(ReasonCode::kForRain))) << code;
  }
  asked.weather = Weather{.temperature_c = 1, .code = 67};  // freezing rain
  EXPECT_THAT(codes(view(asked)), testing::Contains(ReasonCode::kForRain));
}

TEST_F(Wanted, TellsTheOccasionAndSeasonThatWereAskedFor) {
  RequestContext asked;
  asked.occasion = Occasion::kWedding;
  asked.season = Season::kWinter;
  const auto wedding = view(asked);
  EXPECT_THAT(codes(wedding), ElementsAre(ReasonCode::kForOccasion, ReasonCode::kForSeason));
  EXPECT_EQ(wedding.wanted[0].args.occasion, Occasion::kWedding);
  EXPECT_EQ(wedding.wanted[1].args.season, Season::kWinter);
}

}  // namespace
}  // namespace modiste
