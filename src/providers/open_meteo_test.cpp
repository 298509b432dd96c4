#include "providers/open_meteo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <sstream>

#include "io/test_server.h"

namespace modiste {
namespace {

using testing::HasSubstr;

std::string recorded(const std::string& name) {
  std::ifstream file(std::string(MODISTE_SOURCE_DIR) + "/tests/data/weather/" + name);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

TEST(OpenMeteo, ReadsARecordedAnswer) {
  const auto weather = parse_open_meteo(recorded("berlin.json"));
  ASSERT_TRUE(weather.ok()) << weather.error().message();
  EXPECT_DOUBLE_EQ(*weather->temperature_c, 4.3);
  EXPECT_DOUBLE_EQ(*weather->feels_like_c, 0.9);
  EXPECT_DOUBLE_EQ(*weather->precipitation_mm, 0.2);
  EXPECT_DOUBLE_EQ(*weather->wind_kmh, 17.3);
  EXPECT_EQ(*weather->code, 61);
}

TEST(OpenMeteo, WhatIsAbsentIsUnknown) {
  const auto weather = parse_open_meteo(recorded("partial.json"));
  ASSERT_TRUE(weather.ok()) << weather.error().message();
  EXPECT_DOUBLE_EQ(*weather->temperature_c, 18);
  EXPECT_FALSE(weather->feels_like_c.has_value());
  EXPECT_FALSE(weather->code.has_value());
}

TEST(OpenMeteo, RefusesOtherUnitsAndNonsense) {
  EXPECT_THAT(parse_open_meteo(recorded("fahrenheit.json")).error().message(), HasSubstr("°F"));
  for (const std::string body :
       {"", "null", "[]", "{}", "{\"current\":[]}", "{\"current\":{}}",
        "{\"current\":{\"temperature_2m\":\"hot\"}}", "{\"current\":{\"temperature_2m\":900}}",
        "{\"current\":{\"temperature_2m\":1e999}}",
        "{\"current\":{\"temperature_2m\":5,\"weather_code\":-3}}", "<html>busy</html>"}) {
    const auto weather = parse_open_meteo(body);
    ASSERT_FALSE(weather.ok()) << body;
    EXPECT_EQ(weather.error().code, Code::kCorrupt) << body;
  }
}

RC_GTEST_PROP(OpenMeteo, SurvivesTornAnswers, ()) {
  static const std::string whole = recorded("berlin.json");
  std::string torn =
      whole.substr(0, static_cast<size_t>(*rc::gen::inRange<int>(0, static_cast<int>(whole.size()))));
  const auto at = static_cast<size_t>(*rc::gen::inRange(0, 100));
  if (at < torn.size()) torn[at] = static_cast<char>(*rc::gen::inRange(0, 256));
  RC_ASSERT(!parse_open_meteo(torn).ok());
}

TEST(OpenMeteo, AsksForATenthOfADegreeOnly) {
  const auto cell = cell_of({"DE", 52.5173, 13.4089});
  ASSERT_TRUE(cell.has_value());
  EXPECT_EQ(open_meteo_url({}, *cell),
            "https://api.open-meteo.com/v1/forecast?latitude=52.5&longitude=13.4&current="
            "temperature_2m,apparent_temperature,precipitation,weather_code,wind_speed_10m");
  EXPECT_EQ(cell, cell_of({"", 52.4501, 13.3501}));
  EXPECT_FALSE(cell_of({"DE", {}, {}}).has_value());
  EXPECT_FALSE(cell_of({"", 91, 0}).has_value());
  EXPECT_THAT(open_meteo_url({.url = "http://host/v1?apikey=k", .limits = {}}, *cell),
              HasSubstr("?apikey=k&lat"));
}

TEST(OpenMeteo, FetchesFromAServerThatSpeaksItsFormat) {
  TestServer server([](const std::string& target) -> CannedAnswer {
    if (target.find("latitude=52.5") != std::string::npos)
      return {http_answer("200 OK", recorded("berlin.json")), {}};
    return {http_answer("400 Bad Request", recorded("error.json")), {}};
  });
  const OpenMeteoOptions options{.url = server.url() + "/v1/forecast", .limits = {}};
  const auto berlin = fetch_open_meteo(options, {525, 134});
  ASSERT_TRUE(berlin.ok()) << berlin.error().message();
  EXPECT_EQ(*berlin->code, 61);
  EXPECT_THAT(server.targets().at(0),
              testing::StartsWith("/v1/forecast?latitude=52.5&longitude=13.4&current="));
  const auto nowhere = fetch_open_meteo(options, {910, 0});
  ASSERT_FALSE(nowhere.ok());
  EXPECT_EQ(nowhere.error().code, Code::kUnavailable);
  EXPECT_THAT(nowhere.error().message(), HasSubstr("Latitude must be in range"));
}

}  // namespace
}  // namespace modiste
