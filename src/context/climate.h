// Season and usual temperature of a place by the day of the year, as rough as a wardrobe needs them.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "context/occasion.h"
#include "context/weather.h"

namespace modiste {

struct ClimateOptions {
  double season_sharpness = 3;  // kappa of the von Mises weights around mid-season: 0.9 in its middle
  double tropics_inner = 10;    // degrees: within it summer all year, past the outer none of that
  double tropics_outer = 25;
  double north_share = 0.88;   // of mankind: the hemisphere of a shopper whose place is unknown
  double usual_latitude = 40;  // degrees either way, likewise
  // Mean over the year of a latitude = equator - pole_drop * sin^2(latitude), the two-mode zonal profile of
  // energy balance models (North 1975, J. Atmos. Sci. 32); half the yearly range = range * sin(|latitude|).
  // The constants are set so that ten cities from Singapore to Oslo come within 6 degrees (see the test);
  // height is not known.
  double equator_c = 27;
  double pole_drop_c = 28;
  double range_c = 14;
  double warmest_day = 200;  // of the year in the north: the ground lags the sun by a month
};

// The place's own latitude, else that of where most people of its country live; empty for unknown countries.
[[nodiscard]] std::optional<double> latitude_of(const Place& place);

// The place with the country of its time zone (IANA, may be empty) where nothing else tells where it is.
[[nodiscard]] Place located(Place place, std::string_view time_zone);

// latitude: empty when unknown, then both hemispheres are weighed by where people live.
[[nodiscard]] SeasonVector seasons_at(std::optional<double> latitude, int day_of_year,
                                      const ClimateOptions& options = {});
// The likeliest season of a place: the same for what happened there and for what is asked from there, if
// nobody says a season. The day is the sun's over the place, or UTC's where its longitude is unknown: a
// season may begin a day off the wall clock's.
[[nodiscard]] Season season_of(const Place& place, TimePoint at, const ClimateOptions& options = {});
// Of the air over a usual day at that time of the year.
[[nodiscard]] double usual_temperature_c(std::optional<double> latitude, int day_of_year,
                                         const ClimateOptions& options = {});

}  // namespace modiste
