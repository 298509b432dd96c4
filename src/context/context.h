// The situation an answer is for: occasion, season, warmth, time of day, and how each of them is known.
//
// Inferred from the request and from what is known of the shopper; statements of the shopper override
// inference. Pure: the time is an input.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "context/climate.h"
#include "context/occasion_model.h"
#include "events/event.h"

namespace modiste {

// How a part of a context is known, from the least to the most certain.
enum class Provenance : uint8_t { kPrior, kTime, kPlace, kWeather, kBehaviour, kLearned, kExplicit };

template <>
struct EnumNames<Provenance> {
  static constexpr std::array<std::string_view, 7> kNames{"prior",     "time",    "place",   "weather",
                                                          "behaviour", "learned", "explicit"};
};

struct ContextInput {
  TimePoint now{};
  std::string time_zone;                // IANA; empty: unknown
  std::optional<LocalTime> local_time;  // stated in place of now and the zone
  Place place;
  std::optional<Weather> weather;
  bool weather_measured = false;  // by a service, of now: nobody stated it
  DeviceClass device = DeviceClass::kUnknown;
  OccasionCounts recent{};         // occasions of the garments looked at lately
  std::optional<TermId> category;  // of the garment that the request is about
  std::optional<Occasion> occasion;
  std::optional<Season> season;
  std::optional<double> warmth;  // 0 to 1
};

struct Context {
  LocalTime local;
  Provenance local_known = Provenance::kPrior;
  std::optional<DayPart> part;
  std::vector<std::string_view> hints;  // calendar rules that apply
  OccasionVector occasions{};
  Provenance occasions_known = Provenance::kPrior;
  SeasonVector seasons{};
  Provenance seasons_known = Provenance::kPrior;
  double warmth = 0;  // wanted warmth of clothes: 0 for heat, 1 for hard frost
  Provenance warmth_known = Provenance::kPrior;
  double temperature_c = 0;   // apparent temperature, else the usual one; determines warmth
  double wet = 0, windy = 0;  // 0 to 1
  bool snows = false;         // what falls is snow
  bool weather_told = false;  // by whoever asks; else a weather service measured it
  DeviceClass device = DeviceClass::kUnknown;

  [[nodiscard]] Occasion occasion() const;  // the most probable
  [[nodiscard]] Season season() const;
};

struct ContextOptions {
  ClimateOptions climate;
  double warmth_none_c = 24;     // from here up no warmth is wanted
  double warmth_full_c = -6;     // from here down the warmest clothes are wanted
  double wind_from_kmh = 20;     // Beaufort 4
  double wind_full_kmh = 50;     // Beaufort 7
  double behaviour_known = 0.2;  // weight from which behaviour is reported as the source
  double learned_known = 100;    // training examples from which the model is reported as the source
};

// kInvalid for a time zone that does not exist.
Result<Context> infer_context(const ContextInput& input, const OccasionModel& model,
                              const ContextOptions& options = {});

// Rain is as likely as not, and snow is not what falls.
[[nodiscard]] bool is_rainy(const Context& context);

// The evidence from which a context's occasions are inferred; one definition for serving and for learning.
[[nodiscard]] OccasionClues occasion_clues(const Context& context, const ContextInput& input);

// True if somebody stated the occasion, the season, the weather or how warm it is to be. What is inferred or
// measured never dominates ranking.
[[nodiscard]] bool is_explicit(const Context& context);

}  // namespace modiste
