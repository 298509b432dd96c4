#include "context/context.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

struct Clock24 {
  LocalTime local;
  Provenance known{};
};

// Local time: as stated, else by the time zone, else by the longitude's solar time, else only
// the date in UTC.
Result<Clock24> tell_time(const ContextInput& input) {
  if (input.local_time) return Clock24{*input.local_time, Provenance::kExplicit};
  if (!input.time_zone.empty()) {
    TRY_ASSIGN(auto local, local_time(input.now, input.time_zone));
    return Clock24{local, Provenance::kTime};
  }
  constexpr double kMinutesPerDegree = 4;
  const double east = input.place.longitude.value_or(0) * kMinutesPerDegree;
  const auto shifted = input.now + std::chrono::minutes(static_cast<int>(std::lround(east)));
  TRY_ASSIGN(auto local, local_time(shifted, "UTC"));
  local.offset_minutes.reset();
  if (input.place.longitude) return Clock24{local, Provenance::kPlace};
  local.hour.reset();
  return Clock24{local, Provenance::kPrior};
}

void set_seasons(Context& context, std::optional<double> latitude, const ContextInput& input,
                 const ContextOptions& options) {
  context.seasons = seasons_at(latitude, context.local.day_of_year, options.climate);
  context.seasons_known = latitude ? Provenance::kPlace : Provenance::kTime;
  if (!input.season) return;
  context.seasons.fill(0);
  context.seasons[static_cast<size_t>(*input.season)] = 1;
  context.seasons_known = Provenance::kExplicit;
}

// A stated season implies its mid-season temperatures: winter stated in July is not about July's weather.
double temperature_of(Season season, std::optional<double> latitude, const ClimateOptions& climate) {
  constexpr std::array<int, kSeasonCount> kMiddle{105, 196, 288, 14};
  const double degrees = std::abs(latitude.value_or(climate.usual_latitude));
  return usual_temperature_c(degrees, kMiddle[static_cast<size_t>(season)], climate);
}

void set_warmth(Context& context, std::optional<double> latitude, const ContextInput& input,
                const ContextOptions& options) {
  const Weather weather = input.weather.value_or(Weather{});
  if (const auto felt = weather.feels_like_c ? weather.feels_like_c : weather.temperature_c) {
    context.temperature_c = *felt;
    context.warmth_known = Provenance::kWeather;
  } else if (input.season) {
    context.temperature_c = temperature_of(*input.season, latitude, options.climate);
    context.warmth_known = Provenance::kExplicit;
  } else {
    context.temperature_c = usual_temperature_c(latitude, context.local.day_of_year, options.climate);
    context.warmth_known = context.seasons_known;
  }
  const double span = options.warmth_none_c - options.warmth_full_c;
  context.warmth = std::clamp((options.warmth_none_c - context.temperature_c) / span, 0.0, 1.0);
  if (!input.warmth) return;
  context.warmth = std::clamp(*input.warmth, 0.0, 1.0);
  context.temperature_c = options.warmth_none_c - context.warmth * span;
  context.warmth_known = Provenance::kExplicit;
}

void set_occasions(Context& context, const ContextInput& input, const OccasionModel& model,
                   const ContextOptions& options) {
  if (input.occasion) {
    context.occasions[static_cast<size_t>(*input.occasion)] = 1;
    context.occasions_known = Provenance::kExplicit;
    return;
  }
  context.occasions = model.predict(occasion_clues(context, input));
  if (model.evidence() >= options.learned_known)
    context.occasions_known = Provenance::kLearned;
  else if (behaviour_weight(input.recent, model.prior()) >= options.behaviour_known)
    context.occasions_known = Provenance::kBehaviour;
  else
    context.occasions_known = context.part ? Provenance::kTime : Provenance::kPrior;
}

template <class E, size_t N>
E likeliest(const std::array<double, N>& shares) {
  return static_cast<E>(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

}  // namespace

Occasion Context::occasion() const { return likeliest<Occasion>(occasions); }
Season Context::season() const { return likeliest<Season>(seasons); }

Result<Context> infer_context(const ContextInput& input, const OccasionModel& model,
                              const ContextOptions& options) {
  TRY_ASSIGN(const auto clock, tell_time(input));
  Context context;
  context.local = clock.local;
  context.local_known = clock.known;
  if (clock.local.hour) context.part = day_part(*clock.local.hour);
  context.hints = calendar_hints(clock.local);
  context.device = input.device;
  const auto latitude = latitude_of(located(input.place, input.time_zone));
  set_seasons(context, latitude, input, options);
  set_warmth(context, latitude, input, options);
  if (input.weather) {
    context.wet = wetness(*input.weather);
    context.snows = is_snow(*input.weather);
    context.windy = std::clamp((input.weather->wind_kmh.value_or(0) - options.wind_from_kmh) /
                                   (options.wind_full_kmh - options.wind_from_kmh),
                               0.0, 1.0);
  }
  context.weather_told = input.weather && !input.weather_measured;
  set_occasions(context, input, model, options);
  return context;
}

bool is_rainy(const Context& context) { return context.wet >= 0.5 && !context.snows; }

OccasionClues occasion_clues(const Context& context, const ContextInput& input) {
  return {context.local, context.seasons, input.weather, input.recent, input.category};
}

bool is_explicit(const Context& context) {
  const auto is_told = [&](Provenance from) {
    return from == Provenance::kExplicit || (from == Provenance::kWeather && context.weather_told);
  };
  return is_told(context.occasions_known) || is_told(context.seasons_known) || is_told(context.warmth_known);
}

}  // namespace modiste
