#include "lookbook/weather_kind.h"

#include <cstdlib>

namespace modiste::lookbook {
namespace {

WeatherKind kind_at(double temperature_c, const WeatherKindOptions& options) {
  if (temperature_c >= options.hot_c) return WeatherKind::kHot;
  if (temperature_c >= options.warm_c) return WeatherKind::kWarm;
  if (temperature_c >= options.mild_c) return WeatherKind::kMild;
  return temperature_c >= options.cool_c ? WeatherKind::kCool : WeatherKind::kCold;
}

// Rows of WeatherKind: a temperature amid the kind, what falls, and the place on the scale of clothes.
struct KindRow {
  double temperature_c, precipitation_mm;
  int clothes;
};
constexpr std::array<KindRow, kWeatherKinds> kKindRows{
    {{16, 0, 3}, {30, 0, 0}, {23, 0, 1}, {16, 0, 3}, {9, 0, 5}, {0, 0, 7}, {12, 1.5, 5}, {-1, 1, 7}}};

const KindRow& row_of_kind(WeatherKind kind) { return kKindRows[static_cast<size_t>(kind)]; }

}  // namespace

bool is_weather_known(const std::optional<Context>& context) {
  return context && context->warmth_known == Provenance::kWeather;
}

WeatherKind weather_kind(const std::optional<Context>& context, const WeatherKindOptions& options) {
  if (!context || context->warmth_known < Provenance::kPlace) return WeatherKind::kNeutral;
  if (is_weather_known(context) && context->wet >= options.wet_from)
    return context->temperature_c < options.snow_below_c ? WeatherKind::kSnow : WeatherKind::kRain;
  return kind_at(context->temperature_c, options);
}

WeatherKind usual_weather(std::optional<double> latitude, int day_of_year,
                          const WeatherKindOptions& options) {
  return latitude ? kind_at(usual_temperature_c(latitude, day_of_year), options) : WeatherKind::kNeutral;
}

std::optional<Weather> typical_weather(WeatherKind kind) {
  if (kind == WeatherKind::kNeutral) return std::nullopt;
  Weather weather;
  weather.temperature_c = row_of_kind(kind).temperature_c;
  weather.precipitation_mm = row_of_kind(kind).precipitation_mm;
  return weather;
}

int apart(WeatherKind a, WeatherKind b) {
  if (a == b) return 0;
  // Of two kinds equally warm, one is wet: a step of its own.
  return 1 + 2 * std::abs(row_of_kind(a).clothes - row_of_kind(b).clothes);
}

}  // namespace modiste::lookbook
