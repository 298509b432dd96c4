#include "context/occasion_features.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace modiste {
namespace {

// Indices of the feature groups; categories come last, so that the vocabulary may grow.
enum : size_t {
  kBias,
  kYearWaves,
  kWeekday = kYearWaves + 4,
  kPart = kWeekday + 7,
  kWeekendPart = kPart + kDayPartCount,
  kSeasonAt = kWeekendPart + kDayPartCount,
  kWeather = kSeasonAt + kSeasonCount,
  kRecent = kWeather + 3,
  kCategoryAt = kRecent + 1 + kOccasionCount,
};

constexpr double kRecentHalf = 1;  // one earlier occasion has half the full weight

void add_time(const LocalTime& local, std::vector<Feature>& row) {
  const double year = 2 * std::numbers::pi * local.day_of_year / 365.25;
  row.push_back({kYearWaves, std::sin(year)});
  row.push_back({kYearWaves + 1, std::cos(year)});
  row.push_back({kYearWaves + 2, std::sin(2 * year)});
  row.push_back({kYearWaves + 3, std::cos(2 * year)});
  row.push_back({kWeekday + static_cast<size_t>(local.weekday), 1});
  if (!local.hour) return;
  const auto part = static_cast<size_t>(day_part(*local.hour));
  row.push_back({kPart + part, 1});
  if (local.weekend()) row.push_back({kWeekendPart + part, 1});
}

void add_weather(const Weather& weather, std::vector<Feature>& row) {
  constexpr double kMiddleC = 12, kSpanC = 20;  // -8 to 32 degrees become -1 to 1
  row.push_back({kWeather, 1});
  if (const auto felt = weather.feels_like_c ? weather.feels_like_c : weather.temperature_c)
    row.push_back({kWeather + 1, std::clamp((*felt - kMiddleC) / kSpanC, -1.0, 1.0)});
  if (const double wet = wetness(weather); wet > 0) row.push_back({kWeather + 2, wet});
}

void add_recent(const OccasionCounts& recent, std::vector<Feature>& row) {
  const double seen = std::accumulate(recent.begin(), recent.end(), 0.0);
  if (seen <= 0) return;
  const double certainty = seen / (seen + kRecentHalf);
  row.push_back({kRecent, certainty});
  for (size_t o = 0; o < kOccasionCount; ++o)
    if (recent[o] > 0) row.push_back({kRecent + 1 + o, certainty * recent[o] / seen});
}

}  // namespace

OccasionFeatures::OccasionFeatures(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
  names_ = {"bias", "year:sin", "year:cos", "half-year:sin", "half-year:cos"};
  for (const char* day : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
    names_.push_back(std::string("weekday:") + day);
  for (const auto part : EnumNames<DayPart>::kNames) names_.push_back("part:" + std::string(part));
  for (const auto part : EnumNames<DayPart>::kNames) names_.push_back("weekend-part:" + std::string(part));
  for (const auto season : EnumNames<Season>::kNames) names_.push_back("season:" + std::string(season));
  for (const char* weather : {"known", "warmth", "wet"}) names_.push_back(std::string("weather:") + weather);
  names_.emplace_back("recent:known");
  for (const auto occasion : EnumNames<Occasion>::kNames) names_.push_back("recent:" + std::string(occasion));
  CHECK(names_.size() == kCategoryAt);
  for (const auto& term : vocabulary.terms(Facet::kCategory)) names_.push_back("category:" + term.name);
}

std::vector<Feature> OccasionFeatures::row(const OccasionClues& clues) const {
  std::vector<Feature> row{{kBias, 1}};
  add_time(clues.local, row);
  for (size_t s = 0; s < kSeasonCount; ++s) row.push_back({kSeasonAt + s, clues.seasons[s]});
  if (clues.weather) add_weather(*clues.weather, row);
  add_recent(clues.recent, row);
  const TermId first = vocabulary_.terms(Facet::kCategory).front().id;
  std::vector<size_t> chain;
  for (auto term = clues.category; term; term = vocabulary_.term(*term).parent) {
    CHECK(vocabulary_.term(*term).facet == Facet::kCategory);
    chain.push_back(kCategoryAt + *term - first);
  }
  std::sort(chain.begin(), chain.end());
  for (const size_t index : chain) row.push_back({index, 1});
  return row;
}

}  // namespace modiste
