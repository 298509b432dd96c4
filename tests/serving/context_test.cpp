// Tests of the request context over the whole request path.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "small_shop.h"

namespace modiste {
namespace {

std::vector<ReasonCode> codes_of(const AnswerItem& item) {
  std::vector<ReasonCode> codes;
  for (const Reason& reason : item.reasons) codes.push_back(reason.code);
  return codes;
}

using testing::Contains;
using testing::HasSubstr;

class FixedWeather final : public WeatherProvider {
 public:
  std::optional<Weather> current(const Place&) override { return weather; }
  std::optional<Weather> weather;
};

// One third woollen for work, one third linen for the beach, one third without occasion.
struct RequestInContext : testing::Test {
  SmallShop stores;
  FixedWeather weather;
  std::unique_ptr<Shop> shop;

  void SetUp() override {
    ShopPorts ports{stores.clock, stores.log, stores.store, stores.store, &stores.encoder};
    ports.weather = &weather;
    shop = std::make_unique<Shop>(ports, Vocabulary::standard());
    ASSERT_TRUE(shop->load().ok());
    auto garments = make_garments(60);
    for (auto& garment : garments) {
      const int kind = std::stoi(garment.id.substr(1)) % 3;
      if (kind == 2) continue;
      garment.supplier_attributes["occasion"] = {kind == 0 ? "Work" : "Beach"};
      garment.supplier_attributes["material"] = {kind == 0 ? "Wool" : "Linen"};
      garment.title += kind == 0 ? " office" : " seaside";
    }
    ASSERT_TRUE(shop->catalog().upsert(garments).ok());
  }

  Answer ask(std::optional<RequestContext> context, const std::string& shopper = "nobody") {
    RecommendRequest request;
    request.shopper_id = shopper;
    request.count = 10;
    request.seed = 3;
    request.context = std::move(context);
    auto answer = shop->recommender().recommend(request);
    EXPECT_TRUE(answer.ok()) << answer.error().message();
    return std::move(answer).value();
  }
};

size_t of_kind(const Answer& answer, int kind) {
  return static_cast<size_t>(std::count_if(answer.items.begin(), answer.items.end(), [=](const auto& item) {
    return std::stoi(item.garment_id.substr(1)) % 3 == kind;
  }));
}

RequestContext for_occasion(Occasion occasion) {
  RequestContext context;
  context.occasion = occasion;
  return context;
}

TEST_F(RequestInContext, AStrangerGetsWhatTheySayItIsFor) {
  const auto work = ask(for_occasion(Occasion::kWork)), beach = ask(for_occasion(Occasion::kBeach));
  EXPECT_GE(of_kind(work, 0), of_kind(work, 1) + 3);
  EXPECT_GE(of_kind(beach, 1), of_kind(beach, 0) + 3);
  ASSERT_TRUE(beach.context.has_value());
  EXPECT_EQ(beach.context->occasion, Occasion::kBeach);
  EXPECT_EQ(beach.context->known.at("occasion"), Provenance::kExplicit);
  EXPECT_THAT(codes_of(beach.items.front()), Contains(ReasonCode::kForOccasion));
}

TEST_F(RequestInContext, TheWeatherServiceSaysHowWarm) {
  weather.weather = Weather{.temperature_c = 1};
  const auto cold = ask(RequestContext{});
  weather.weather = Weather{.temperature_c = 31};
  const auto hot = ask(RequestContext{});
  EXPECT_GE(of_kind(cold, 0), of_kind(cold, 1) + 3);
  EXPECT_GE(of_kind(hot, 1), of_kind(hot, 0) + 3);
  EXPECT_EQ(cold.context->temperature_c, 1);
  EXPECT_EQ(cold.context->wanted.back().code, ReasonCode::kWarmEnough);
  EXPECT_EQ(cold.context->wanted.back().args.temperature_c, 1);
  RequestContext declared;
  declared.weather = Weather{.temperature_c = -3};
  EXPECT_EQ(ask(declared).context->temperature_c, -3) << "what the request tells comes first";
}

TEST_F(RequestInContext, AStatedSeasonIsNotAboutTodaysWeather) {
  weather.weather = Weather{.temperature_c = 31};
  RequestContext winter;
  winter.season = Season::kWinter;
  const auto stated = ask(winter);
  EXPECT_GE(of_kind(stated, 0), of_kind(stated, 1) + 3);
  EXPECT_FALSE(stated.context->temperature_c.has_value());
  RequestContext later;
  later.local_time = "2027-03-10T12:00";
  EXPECT_FALSE(ask(later).context->temperature_c.has_value()) << "of another day";
}

TEST_F(RequestInContext, ATasteIsTurnedNotReplaced) {
  for (int i = 0; i < 8; ++i) send(*shop, make_event(EventType::kLike, "ada", "G" + std::to_string(6 * i)));
  const auto before = ask({}, "ada"), at_the_beach = ask(for_occasion(Occasion::kBeach), "ada");
  EXPECT_GT(of_kind(at_the_beach, 1), of_kind(before, 1));
  const auto floral =
      std::count_if(at_the_beach.items.begin(), at_the_beach.items.end(),
                    [](const auto& item) { return std::stoi(item.garment_id.substr(1)) % 2 == 0; });
  EXPECT_GE(floral, 4) << "florals are still liked";
}

TEST_F(RequestInContext, WithoutAContextNothingIsInferred) {
  EXPECT_FALSE(ask({}).context.has_value());
  EXPECT_EQ(recommended(*shop, "nobody"), recommended(*shop, "nobody"));
}

TEST_F(RequestInContext, TheZoneTellsTheHourAndTheSeason) {
  RequestContext context;
  context.time_zone = "Australia/Sydney";
  const auto view = *ask(context).context;
  EXPECT_EQ(view.local_time, "2026-05-01T10:00+10:00");
  EXPECT_EQ(view.season, Season::kAutumn);
  EXPECT_EQ(view.day_part, DayPart::kMorning);
  EXPECT_EQ(view.known.at("time"), Provenance::kTime);
  EXPECT_FALSE(view.temperature_c.has_value());
  context.local_time = "2026-12-24T20:00";
  EXPECT_THAT(ask(context).context->hints, Contains("party season"));
}

TEST_F(RequestInContext, RefusesAZoneOrTimeThatIsNone) {
  RecommendRequest request;
  request.shopper_id = "ada";
  request.context.emplace().time_zone = "Europe/Atlantis";
  const auto zone = shop->recommender().recommend(request);
  ASSERT_FALSE(zone.ok());
  EXPECT_EQ(zone.error().code, Code::kInvalid);
  EXPECT_EQ(zone.error().where, "/context/time_zone");
  request.context.emplace().local_time = "tea time";
  EXPECT_THAT(shop->recommender().recommend(request).error().where, HasSubstr("/context/local_time"));
}

}  // namespace
}  // namespace modiste
