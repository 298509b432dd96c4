// The weather as far as clothes depend on it, and the port that provides it.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace modiste {

// Coarse location of a shopper. Without coordinates the country's populated latitude is used.
struct Place {
  std::string country;  // ISO 3166, two letters; may be empty
  std::optional<double> latitude = {}, longitude = {};
};

// Where a shopper was last, as far as their events say; each part may be unknown.
struct Whereabouts {
  Place place;
  std::string time_zone;  // IANA

  [[nodiscard]] bool empty() const {
    return time_zone.empty() && place.country.empty() && !place.latitude && !place.longitude;
  }
};

// Each part may be unknown. Ranges are the extremes recorded on Earth, with a margin.
struct Weather {
  std::optional<double> temperature_c = {}, feels_like_c = {};  // air at 2 m; with wind, humidity and sun
  std::optional<double> precipitation_mm = {};                  // of the preceding hour
  std::optional<double> wind_kmh = {};                          // at 10 m
  std::optional<int> code = {};  // WMO 4677 as weather services simplify it: 0 clear ... 99
};

// Threads: any. Implementations are in src/providers.
class WeatherProvider {
 public:
  virtual ~WeatherProvider() = default;
  // The weather known now. Returns at once and does no I/O. Empty: not known yet, outdated, or unavailable;
  // the call makes the provider fetch it for the next request.
  [[nodiscard]] virtual std::optional<Weather> current(const Place& place) = 0;
};

template <>
struct Contract<Place> {
  static constexpr std::string_view kName = "Place";
  static constexpr std::string_view kDoc = "Coarse location of a shopper.";
  static constexpr auto kFields =
      Fields{field("country", &Place::country, {.doc = "ISO 3166, two letters", .length_max = 2}),
             field("latitude", &Place::latitude, {.doc = "Degrees north", .min = -90, .max = 90}),
             field("longitude", &Place::longitude, {.doc = "Degrees east", .min = -180, .max = 180})};
};

template <>
struct Contract<Weather> {
  static constexpr std::string_view kName = "Weather";
  static constexpr std::string_view kDoc = "The weather at the shopper's location.";
  static constexpr auto kFields =
      Fields{field("temperature_c", &Weather::temperature_c,
                   {.doc = "Air temperature, degrees Celsius", .min = -100, .max = 70}),
             field("feels_like_c", &Weather::feels_like_c,
                   {.doc = "Apparent temperature, degrees Celsius", .min = -120, .max = 90}),
             field("precipitation_mm", &Weather::precipitation_mm,
                   {.doc = "Precipitation of the preceding hour, millimetres", .min = 0, .max = 500}),
             field("wind_kmh", &Weather::wind_kmh, {.doc = "Wind speed at 10 m, km/h", .min = 0, .max = 500}),
             field("code", &Weather::code, {.doc = "WMO weather code, 0 clear to 99", .min = 0, .max = 99})};
};

}  // namespace modiste
