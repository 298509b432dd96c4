#include "context/prior_table.h"

#include <algorithm>
#include <numeric>

namespace modiste {
namespace {

constexpr std::string_view kPartySeason = "party season", kValentine = "valentine";
constexpr std::array<double, kDayPartCount> kHours{0, 6, 6,
                                                   5};  // of a waking day: night, morning, day, evening

void multiply(OccasionVector& occasions, const OccasionVector& factors) {
  for (size_t o = 0; o < kOccasionCount; ++o) occasions[o] *= factors[o];
}

OccasionVector row(const LocalTime& local, const PriorOptions& options) {
  const auto& rows = options.table[local.weekend() ? 1 : 0];
  if (local.hour) return rows[static_cast<size_t>(day_part(*local.hour))];
  OccasionVector mean{};
  for (size_t part = 0; part < kDayPartCount; ++part)
    for (size_t o = 0; o < kOccasionCount; ++o) mean[o] += kHours[part] * rows[part][o];
  normalise_shares(mean);
  return mean;
}

void apply_weather(OccasionVector& occasions, const Weather& weather, const PriorOptions& options) {
  const auto felt = weather.feels_like_c ? weather.feels_like_c : weather.temperature_c;
  if (felt && *felt >= options.hot_c) multiply(occasions, options.hot);
  if (felt && *felt < options.cold_c) multiply(occasions, options.cold);
  if (wetness(weather) >= 0.5) multiply(occasions, options.rain);
}

}  // namespace

double wetness(const Weather& weather) {
  // WMO codes: 51-57 drizzle, 61-67 rain, 71-77 snow, 80-86 showers (85, 86 of snow), 95-99 thunderstorm.
  const int code = weather.code.value_or(0);
  const double by_code = code >= 61 ? 1 : code >= 51 ? 0.5 : 0;
  return std::max(by_code, std::clamp(weather.precipitation_mm.value_or(0), 0.0, 1.0));
}

bool is_snow(const Weather& weather) {
  const int code = weather.code.value_or(0);
  return (code >= 71 && code <= 77) || code == 85 || code == 86;
}

std::vector<std::string_view> calendar_hints(const LocalTime& local) {
  std::vector<std::string_view> hints;
  if ((local.month == 12 && local.day >= 10) || (local.month == 1 && local.day == 1))
    hints.push_back(kPartySeason);
  if (local.month == 2 && local.day >= 7 && local.day <= 14) hints.push_back(kValentine);
  return hints;
}

double behaviour_weight(const OccasionCounts& recent, const PriorOptions& options) {
  const double seen = std::accumulate(recent.begin(), recent.end(), 0.0);
  return seen > 0 ? options.behaviour_share * seen / (seen + options.behaviour_half) : 0;
}

OccasionVector prior_occasions(const OccasionClues& clues, const PriorOptions& options) {
  OccasionVector occasions = row(clues.local, options);
  OccasionVector season{};
  for (size_t s = 0; s < kSeasonCount; ++s)
    for (size_t o = 0; o < kOccasionCount; ++o) season[o] += clues.seasons[s] * options.season[s][o];
  multiply(occasions, season);
  if (clues.weather) apply_weather(occasions, *clues.weather, options);
  for (const auto hint : calendar_hints(clues.local))
    multiply(occasions, hint == kPartySeason ? options.party_season : options.valentine);
  normalise_shares(occasions);

  const double weight = behaviour_weight(clues.recent, options);
  if (weight == 0) return occasions;
  OccasionCounts recent = clues.recent;
  normalise_shares(recent);
  for (size_t o = 0; o < kOccasionCount; ++o) occasions[o] = (1 - weight) * occasions[o] + weight * recent[o];
  return occasions;
}

}  // namespace modiste
