#include "providers/open_meteo.h"

#include <fmt/format.h>

#include <cmath>

namespace modiste {
namespace {

constexpr std::string_view kVariables =
    "temperature_2m,apparent_temperature,precipitation,weather_code,wind_speed_10m";

Error corrupt(std::string what, std::string where) {
  return {Code::kCorrupt, std::move(what), std::move(where),
          "Open-Meteo's forecast answer with current values"};
}

// A number of `current` in the unit that was asked for. Null and absent are unknown: the service leaves out
// what its models do not have.
Result<std::optional<double>> read_value(const json::object& root, std::string_view name,
                                         std::string_view unit) {
  const auto* current = root.if_contains("current");
  const auto* value = current->get_object().if_contains(name);
  if (value == nullptr || value->is_null()) return std::optional<double>();
  if (!value->is_number() || !std::isfinite(value->to_number<double>()))
    return corrupt("not a number", fmt::format("/current/{}", name));
  const auto* units = root.if_contains("current_units");
  const auto* given =
      units != nullptr && units->is_object() ? units->get_object().if_contains(name) : nullptr;
  if (given != nullptr && given->is_string() && given->get_string() != unit)
    return corrupt(fmt::format("in {} instead of {}", std::string_view(given->get_string()), unit),
                   fmt::format("/current_units/{}", name));
  return std::optional(value->to_number<double>());
}

std::string reason_of(const HttpAnswer& answer) {
  const auto body = parse_json(answer.body);
  if (body.ok() && body->is_object())
    if (const auto* reason = body->get_object().if_contains("reason");
        reason != nullptr && reason->is_string())
      return fmt::format("status {}: {}", answer.status,
                         std::string_view(reason->get_string()).substr(0, 200));
  return fmt::format("status {}", answer.status);
}

}  // namespace

std::optional<WeatherCell> cell_of(const Place& place) {
  if (!place.latitude || !place.longitude) return std::nullopt;
  if (!(std::abs(*place.latitude) <= 90 && std::abs(*place.longitude) <= 180)) return std::nullopt;
  return WeatherCell{static_cast<int>(std::lround(*place.latitude * 10)),
                     static_cast<int>(std::lround(*place.longitude * 10))};
}

std::string open_meteo_url(const OpenMeteoOptions& options, const WeatherCell& cell) {
  return fmt::format("{}{}latitude={:.1f}&longitude={:.1f}&current={}", options.url,
                     options.url.find('?') == std::string::npos ? '?' : '&', cell.latitude_tenths / 10.0,
                     cell.longitude_tenths / 10.0, kVariables);
}

Result<Weather> parse_open_meteo(std::string_view body) {
  const auto parsed = parse_json(body);
  if (!parsed.ok()) return corrupt(parsed.error().message(), "");
  if (!parsed->is_object()) return corrupt("not an object", "");
  const auto& root = parsed->get_object();
  const auto* current = root.if_contains("current");
  if (current == nullptr || !current->is_object()) return corrupt("no current values", "/current");
  Weather weather;
  TRY_ASSIGN(weather.temperature_c, read_value(root, "temperature_2m", "°C"));
  TRY_ASSIGN(weather.feels_like_c, read_value(root, "apparent_temperature", "°C"));
  TRY_ASSIGN(weather.precipitation_mm, read_value(root, "precipitation", "mm"));
  TRY_ASSIGN(weather.wind_kmh, read_value(root, "wind_speed_10m", "km/h"));
  TRY_ASSIGN(const auto code, read_value(root, "weather_code", "wmo code"));
  if (code && std::abs(*code) <= 1'000) weather.code = static_cast<int>(*code);
  if (!weather.temperature_c) return corrupt("no temperature", "/current/temperature_2m");
  // The contract's limits are Earth's.
  if (const auto sound = from_json<Weather>(to_json(weather)); !sound.ok())
    return corrupt(sound.error().message(), "/current");
  return weather;
}

Result<Weather> fetch_open_meteo(const OpenMeteoOptions& options, const WeatherCell& cell) {
  TRY_ASSIGN(const HttpAnswer answer, send_http({.url = open_meteo_url(options, cell)}, options.limits));
  if (answer.status != 200) return Error{Code::kUnavailable, reason_of(answer), options.url, ""};
  return parse_open_meteo(answer.body);
}

}  // namespace modiste
