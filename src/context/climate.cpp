#include "context/climate.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "context/local_time.h"

namespace modiste {
namespace {

// Latitude in degrees north of where most people of a country live, to about two degrees.
constexpr std::pair<std::string_view, double> kCountries[] = {
    {"AE", 25},  {"AR", -34}, {"AT", 48},  {"AU", -34}, {"BD", 24},  {"BE", 51},  {"BG", 42},  {"BO", -17},
    {"BR", -23}, {"CA", 45},  {"CH", 47},  {"CL", -33}, {"CN", 33},  {"CO", 5},   {"CR", 10},  {"CY", 35},
    {"CZ", 50},  {"DE", 51},  {"DK", 56},  {"DO", 18},  {"DZ", 36},  {"EC", -1},  {"EE", 59},  {"EG", 30},
    {"ES", 40},  {"ET", 9},   {"FI", 61},  {"FR", 48},  {"GB", 52},  {"GH", 6},   {"GR", 38},  {"GT", 15},
    {"HK", 22},  {"HR", 45},  {"HU", 47},  {"ID", -6},  {"IE", 53},  {"IL", 32},  {"IN", 22},  {"IQ", 33},
    {"IR", 35},  {"IS", 64},  {"IT", 43},  {"JO", 32},  {"JP", 35},  {"KE", -1},  {"KH", 12},  {"KR", 37},
    {"KW", 29},  {"KZ", 46},  {"LB", 34},  {"LK", 7},   {"LT", 55},  {"LU", 50},  {"LV", 57},  {"MA", 33},
    {"MT", 36},  {"MU", -20}, {"MX", 20},  {"MY", 3},   {"MZ", -20}, {"NA", -22}, {"NG", 8},   {"NL", 52},
    {"NO", 60},  {"NP", 27},  {"NZ", -38}, {"OM", 23},  {"PA", 9},   {"PE", -12}, {"PH", 14},  {"PK", 31},
    {"PL", 52},  {"PR", 18},  {"PT", 40},  {"PY", -25}, {"QA", 25},  {"RO", 45},  {"RS", 44},  {"RU", 55},
    {"SA", 24},  {"SE", 58},  {"SG", 1},   {"SI", 46},  {"SK", 48},  {"SN", 14},  {"TH", 14},  {"TN", 36},
    {"TR", 39},  {"TW", 24},  {"TZ", -6},  {"UA", 49},  {"UG", 1},   {"US", 38},  {"UY", -34}, {"VE", 10},
    {"VN", 16},  {"ZA", -28}, {"ZM", -14}, {"ZW", -18}};

constexpr double kYear = 365.25;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }
double turn(double days) { return 2 * std::numbers::pi * days / kYear; }

// Seasons of the temperate north are centred on 15 January (winter) and on each quarter of the year after it.
SeasonVector temperate(double day, double sharpness) {
  constexpr double kMidWinter = 14;
  constexpr std::array<double, kSeasonCount> kCentre{0.25, 0.5, 0.75, 0};  // spring, summer, autumn, winter
  SeasonVector seasons{};
  for (size_t s = 0; s < kSeasonCount; ++s)
    seasons[s] = std::exp(sharpness * std::cos(turn(day - kMidWinter - kCentre[s] * kYear)));
  normalise_shares(seasons);
  return seasons;
}

}  // namespace

std::optional<double> latitude_of(const Place& place) {
  if (place.latitude) return place.latitude;
  const auto* found = std::find_if(std::begin(kCountries), std::end(kCountries),
                                   [&](const auto& country) { return country.first == place.country; });
  if (found == std::end(kCountries)) return std::nullopt;
  return found->second;
}

SeasonVector seasons_at(std::optional<double> latitude, int day_of_year, const ClimateOptions& options) {
  const SeasonVector north = temperate(day_of_year, options.season_sharpness);
  const SeasonVector south = temperate(day_of_year + kYear / 2, options.season_sharpness);
  const double northern = !latitude ? options.north_share : *latitude >= 0 ? 1 : 0;
  const double out = std::abs(latitude.value_or(options.usual_latitude)) - options.tropics_inner;
  const double varying = std::clamp(out / (options.tropics_outer - options.tropics_inner), 0.0, 1.0);
  SeasonVector seasons{};
  for (size_t s = 0; s < kSeasonCount; ++s)
    seasons[s] = varying * (northern * north[s] + (1 - northern) * south[s]);
  seasons[static_cast<size_t>(Season::kSummer)] += 1 - varying;
  return seasons;
}

Place located(Place place, std::string_view time_zone) {
  if (place.country.empty() && !place.latitude && !time_zone.empty()) place.country = country_of(time_zone);
  return place;
}

Season season_of(const Place& place, TimePoint at, const ClimateOptions& options) {
  constexpr double kMinutesPerDegree = 4;
  const auto east = std::chrono::minutes(std::lround(place.longitude.value_or(0) * kMinutesPerDegree));
  const LocalTime day = local_date(std::chrono::floor<std::chrono::days>(at + east));
  const SeasonVector seasons = seasons_at(latitude_of(place), day.day_of_year, options);
  return static_cast<Season>(std::max_element(seasons.begin(), seasons.end()) - seasons.begin());
}

double usual_temperature_c(std::optional<double> latitude, int day_of_year, const ClimateOptions& options) {
  const double sine = std::sin(radians(std::abs(latitude.value_or(options.usual_latitude))));
  const double north_lean = !latitude ? 2 * options.north_share - 1 : *latitude >= 0 ? 1 : -1;
  return options.equator_c - options.pole_drop_c * sine * sine +
         north_lean * options.range_c * sine * std::cos(turn(day_of_year - options.warmest_day));
}

}  // namespace modiste
