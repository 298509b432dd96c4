// The occasions that people dress for, by clock, calendar and weather, before anything has been learned.
//
// A judgement, not a measurement: OccasionModel replaces it as evidence grows. Each rule multiplies the
// table's row, which is then normalised to a sum of 1.
#pragma once

#include <string_view>
#include <vector>

#include "context/local_time.h"
#include "context/occasion.h"
#include "context/weather.h"
#include "vocabulary/vocabulary.h"

namespace modiste {

// The evidence from which an occasion is inferred.
struct OccasionClues {
  LocalTime local;  // without an hour, day parts are weighted by length, night excluded
  SeasonVector seasons{0.25, 0.25, 0.25, 0.25};
  std::optional<Weather> weather;
  OccasionCounts recent{};         // occasions of earlier garments or orders
  std::optional<TermId> category;  // of the requested garment; the table does not use it
};

struct PriorOptions {
  // By weekday and weekend, then night, morning, day, evening; then by occasion.
  using Rows = std::array<OccasionVector, kDayPartCount>;
  std::array<Rows, 2> table{Rows{OccasionVector{0.08, 0.24, 0.16, 0.05, 0.03, 0.09, 0.05, 0.05, 0.02, 0.23},
                                 OccasionVector{0.34, 0.28, 0.02, 0.02, 0.02, 0.02, 0.12, 0.05, 0.02, 0.11},
                                 OccasionVector{0.32, 0.30, 0.04, 0.03, 0.03, 0.03, 0.10, 0.06, 0.03, 0.06},
                                 OccasionVector{0.10, 0.26, 0.14, 0.05, 0.04, 0.12, 0.12, 0.05, 0.02, 0.10}},
                            Rows{OccasionVector{0.03, 0.22, 0.27, 0.06, 0.06, 0.11, 0.02, 0.05, 0.02, 0.16},
                                 OccasionVector{0.04, 0.36, 0.03, 0.03, 0.08, 0.03, 0.18, 0.08, 0.05, 0.12},
                                 OccasionVector{0.04, 0.36, 0.07, 0.04, 0.10, 0.05, 0.13, 0.09, 0.06, 0.06},
                                 OccasionVector{0.03, 0.22, 0.25, 0.07, 0.09, 0.16, 0.05, 0.05, 0.02, 0.06}}};
  // Factors. Order: work casual party formal wedding date sport travel beach lounge.
  std::array<OccasionVector, kSeasonCount> season{
      OccasionVector{1, 1, 1, 1, 1.2, 1, 1, 1, 0.8, 1},
      OccasionVector{0.9, 1, 1, 1, 1.5, 1, 1, 1.4, 2.5, 0.8},
      OccasionVector{1.1, 1, 1, 1, 1.1, 1, 1, 0.9, 0.5, 1},
      OccasionVector{1, 1, 1.2, 1.2, 0.6, 1, 0.9, 0.9, 0.25, 1.3}};
  OccasionVector hot{1, 1, 1, 1, 1, 1, 0.9, 1, 1.8, 1};
  OccasionVector cold{1, 1, 1, 1, 1, 1, 0.9, 1, 0.2, 1.2};
  OccasionVector rain{1, 1, 1, 1, 1, 1, 0.7, 1, 0.3, 1.3};
  OccasionVector party_season{1, 1, 1.8, 1.5, 1, 1, 1, 1, 1, 1};  // 10 December to 1 January
  OccasionVector valentine{1, 1, 1, 1, 1, 2.5, 1, 1, 1, 1};       // 7 to 14 February
  double hot_c = 25, cold_c = 8;                                  // apparent temperature
  // Recent behaviour gets the weight n / (n + half) * share: a dozen garments give half
  // of the greatest weight.
  double behaviour_half = 12;
  double behaviour_share = 0.6;
};

// Calendar rules that apply on a day: "party season", "valentine". Fixed dates only: no lists of holidays.
[[nodiscard]] std::vector<std::string_view> calendar_hints(const LocalTime& local);

// Weight of recent behaviour in an answer, in [0, behaviour_share).
[[nodiscard]] double behaviour_weight(const OccasionCounts& recent, const PriorOptions& options);

[[nodiscard]] OccasionVector prior_occasions(const OccasionClues& clues, const PriorOptions& options = {});

// Wetness from 0 (dry) to 1 (steady rain or snow).
[[nodiscard]] double wetness(const Weather& weather);
[[nodiscard]] bool is_snow(const Weather& weather);

}  // namespace modiste
