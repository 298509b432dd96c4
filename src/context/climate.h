// Season and usual temperature of a place by day of the year, as precisely as choosing clothes requires.
#pragma once

#include <optional>
#include <string_view>

#include "context/occasion.h"
#include "context/weather.h"

namespace modiste {

struct ClimateOptions {
  double season_sharpness = 3;  // kappa of the von Mises weights around mid-season: 0.9 in its middle
  double tropics_inner = 10;    // degrees: below it summer all year; beyond the outer limit four seasons
  double tropics_outer = 25;
  double north_share = 0.88;   // share of mankind in the north: the hemisphere of an unknown shopper
  double usual_latitude = 40;  // degrees north or south: latitude of an unknown shopper
  // Mean over the year at a latitude = equator - pole_drop * sin^2(latitude), the two-mode zonal profile of
  // energy balance models (North 1975, J. Atmos. Sci. 32); half the yearly range = range * sin(|latitude|).
  // The constants are set so that ten cities from Singapore to Oslo come within 6 degrees (see the test).
  // Altitude is ignored.
  double equator_c = 27;
  double pole_drop_c = 28;
  double range_c = 14;
  double warmest_day = 200;  // of the year in the north: temperature lags the sun by a month
};

// The place's own latitude, else that of where most people of its country live; empty for unknown countries.
[[nodiscard]] std::optional<double> latitude_of(const Place& place);

// latitude: empty if unknown; then both hemispheres are weighted by population.
[[nodiscard]] SeasonVector seasons_at(std::optional<double> latitude, int day_of_year,
                                      const ClimateOptions& options = {});
// Air temperature on a usual day at that time of the year.
[[nodiscard]] double usual_temperature_c(std::optional<double> latitude, int day_of_year,
                                         const ClimateOptions& options = {});

}  // namespace modiste
