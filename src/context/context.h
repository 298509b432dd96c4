// The situation an answer is for: occasion, season, warmth, time of day, and for each how it is known.
//
// Inferred from what a request tells and what is known of the shopper; what she says herself overrides. Pure:
// the time comes with the input.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "context/climate.h"
#include "context/occasion_model.h"
#include "events/event.h"

namespace modiste {

// Where a part of a context comes from, from the vaguest to the surest.
enum class Provenance : uint8_t { kPrior, kTime, kPlace, kWeather, kBehaviour, kLearned, kExplicit };

template <>
struct EnumNames<Provenance> {
  static constexpr std::array<std::string_view, 7> kNames{"prior",     "time",    "place",   "weather",
                                                          "behaviour", "learned", "explicit"};
};

struct ContextInput {
  TimePoint now{};
  std::string time_zone;                // IANA; empty: unknown
  std::optional<LocalTime> local_time;  // said instead of now and the zone
  Place place;
  std::optional<Weather> weather;
  DeviceClass device = DeviceClass::kUnknown;
  OccasionCounts recent{};         // occasions of the garments she looked at lately
  std::optional<TermId> category;  // of the garment in hand
  std::optional<Occasion> occasion;
  std::optional<Season> season;
  std::optional<double> warmth;  // 0 to 1
};

struct Context {
  LocalTime local;
  Provenance local_known = Provenance::kPrior;
  std::optional<DayPart> part;
  std::vector<std::string_view> hints;  // of the calendar
  OccasionVector occasions{};
  Provenance occasions_known = Provenance::kPrior;
  SeasonVector seasons{};
  Provenance seasons_known = Provenance::kPrior;
  double warmth = 0;  // wanted of clothes: 0 for heat, 1 for hard frost
  Provenance warmth_known = Provenance::kPrior;
  double temperature_c = 0;   // what the warmth is for: as it feels, else what is usual
  double wet = 0, windy = 0;  // 0 to 1
  DeviceClass device = DeviceClass::kUnknown;

  [[nodiscard]] Occasion occasion() const;  // the likeliest
  [[nodiscard]] Season season() const;
};

struct ContextOptions {
  ClimateOptions climate;
  double warmth_none_c = 24;     // from here on clothes need not warm
  double warmth_full_c = -6;     // from here down the warmest are wanted
  double wind_from_kmh = 20;     // Beaufort 4: loose paper is raised
  double wind_full_kmh = 50;     // Beaufort 7: walking is hard
  double behaviour_known = 0.2;  // share of the answer from which behaviour is named as its source
  double learned_known = 100;    // examples from which the model is named
};

// kInvalid for a time zone that does not exist.
Result<Context> infer_context(const ContextInput& input, const OccasionModel& model,
                              const ContextOptions& options = {});

// What an inferred context's occasions were guessed from: one definition, for serving and for learning.
[[nodiscard]] OccasionClues occasion_clues(const Context& context, const ContextInput& input);

// Whether the occasion, season or weather is known rather than guessed. A guess alone never leads an answer.
[[nodiscard]] bool is_explicit(const Context& context);

}  // namespace modiste
