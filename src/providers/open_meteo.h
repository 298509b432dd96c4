// Current weather from Open-Meteo's free forecast API, or from anything that speaks its format
// (https://open-meteo.com/en/docs, read in 2026: GET /v1/forecast?latitude=&longitude=&current=...).
//
// The service learns the shopper's place to about 11 km and nothing else: coordinates are rounded to 0.1
// degree, and one request serves everybody there.
#pragma once

#include <string>
#include <string_view>

#include "context/weather.h"
#include "io/http_client.h"

namespace modiste {

struct OpenMeteoOptions {
  std::string url = "https://api.open-meteo.com/v1/forecast";
  HttpLimits limits;  // an answer has about 500 bytes
};

// Where a question is asked for: the place's coordinates in tenths of a degree.
struct WeatherCell {
  int latitude_tenths = 0, longitude_tenths = 0;
  auto operator<=>(const WeatherCell&) const = default;
};

// Empty when the place has no coordinates, or none on Earth.
[[nodiscard]] std::optional<WeatherCell> cell_of(const Place& place);

[[nodiscard]] std::string open_meteo_url(const OpenMeteoOptions& options, const WeatherCell& cell);

// kCorrupt: not the documented answer, other units than asked for, or impossible weather.
Result<Weather> parse_open_meteo(std::string_view body);

// Blocks up to the limits. kUnavailable also for an answer that reports an error, with its reason.
Result<Weather> fetch_open_meteo(const OpenMeteoOptions& options, const WeatherCell& cell);

}  // namespace modiste
