// A line under a look, made on the spot: "A breezy minimal look for your afternoon in Torrance".
//
// It says only what is known: a word for the weather where somebody measured or stated it and the pieces suit
// it, the style that most pieces name, the part of the day by the shopper's clock, the place as the caller
// named it. A new language is a row in caption.cpp.
// Threads: any. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "lookbook/weather_kind.h"

namespace modiste::lookbook {

enum class CaptionLanguage : uint8_t { kEnglish, kGerman, kFrench, kSpanish };
inline constexpr size_t kCaptionLanguages = 4;

// What a look is called for. The first three need weather that is known.
enum class Mood : uint8_t { kBreezy, kLayered, kWarm, kBold, kPolished, kRelaxed };
inline constexpr size_t kMoods = 6;

// By what time a look is for.
enum class CaptionTime : uint8_t { kMorning, kAfternoon, kDay, kEvening };
inline constexpr size_t kCaptionTimes = 4;

struct MoodFacts {
  WeatherKind weather = WeatherKind::kNeutral;
  bool weather_known = false;    // is_weather_known()
  std::optional<double> warmth;  // mean of the pieces; empty: unknown
  bool layered = false;          // with a mid layer or a coat
  double vibe = 0.5, dare = 0.5;
};
// Empty where nothing stands out.
[[nodiscard]] std::optional<Mood> mood_of(const MoodFacts& facts);

// A day look at its hour, which may be unknown; an evening look is for the evening.
[[nodiscard]] CaptionTime caption_time(bool evening_look, std::optional<int> hour);

struct CaptionFacts {
  CaptionLanguage language = CaptionLanguage::kEnglish;
  std::optional<Mood> mood;
  std::string_view aesthetic;  // vocabulary name; empty: none that the pieces share
  CaptionTime time = CaptionTime::kDay;
  std::string_view place;  // as it is to be read; empty: unknown
};
[[nodiscard]] std::string caption(const CaptionFacts& facts);

// Of a BCP 47 tag such as "de-AT"; English for languages that have no row.
[[nodiscard]] CaptionLanguage caption_language(std::string_view tag);

}  // namespace modiste::lookbook
