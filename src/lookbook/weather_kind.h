// The few kinds of weather that people dress differently for: what a lookbook's clusters tell apart.
//
// Threads: any. Pure.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "context/context.h"

namespace modiste::lookbook {

// kNeutral: nothing is known of the place. The temperature kinds stand in their order.
enum class WeatherKind : uint8_t { kNeutral, kHot, kWarm, kMild, kCool, kCold, kRain, kSnow };
inline constexpr size_t kWeatherKinds = 8;

struct WeatherKindOptions {
  // Apparent temperature from which a kind begins, degrees Celsius. People put on sleeves below about 20, a
  // coat below about 13, a winter coat below about 5. Choices, not measurements.
  double hot_c = 27, warm_c = 20, mild_c = 13, cool_c = 5;
  double snow_below_c = 1;  // what falls is snow
  double wet_from = 0.3;    // Context::wet, from which it rains or snows
};

// Of measured or stated weather where it is known, else of what is usual at the place at this time of the
// year, which never rains; else of a stated season or warmth; else kNeutral.
[[nodiscard]] WeatherKind weather_kind(const std::optional<Context>& context,
                                       const WeatherKindOptions& options = {});
// What is usual at a place on a day of the year, from 0. kNeutral where the latitude is unknown.
[[nodiscard]] WeatherKind usual_weather(std::optional<double> latitude, int day_of_year,
                                        const WeatherKindOptions& options = {});
// Whether somebody measured or stated the weather, so that a text may speak of it.
[[nodiscard]] bool is_weather_known(const std::optional<Context>& context);

// The weather that looks for this kind are composed for; empty for kNeutral.
[[nodiscard]] std::optional<Weather> typical_weather(WeatherKind kind);
// How far the clothes of two kinds are apart, in kinds of temperature: for a stand-in.
[[nodiscard]] int apart(WeatherKind a, WeatherKind b);

}  // namespace modiste::lookbook

namespace modiste {

template <>
struct EnumNames<lookbook::WeatherKind> {
  static constexpr std::array<std::string_view, lookbook::kWeatherKinds> kNames{
      "neutral", "hot", "warm", "mild", "cool", "cold", "rain", "snow"};
};

}  // namespace modiste
