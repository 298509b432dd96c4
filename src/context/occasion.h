// The closed lists of occasions, seasons and day parts. Occasions are the vocabulary's, in this order
// (vocabulary.toml, facet occasion); seasons are the four of the year (the facet's other terms, such
// as rain, are weather).
#pragma once

#include <array>
#include <cstdint>

#include "base/json.h"

namespace modiste {

enum class Occasion : uint8_t {
  kWork,
  kCasual,
  kParty,
  kFormal,
  kWedding,
  kDate,
  kSport,
  kTravel,
  kBeach,
  kLounge,
};
inline constexpr size_t kOccasionCount = 10;

template <>
struct EnumNames<Occasion> {
  static constexpr std::array<std::string_view, kOccasionCount> kNames{
      "work", "casual", "party", "formal", "wedding", "date", "sport", "travel", "beach", "lounge"};
};

enum class Season : uint8_t { kSpring, kSummer, kAutumn, kWinter };
inline constexpr size_t kSeasonCount = 4;

template <>
struct EnumNames<Season> {
  static constexpr std::array<std::string_view, kSeasonCount> kNames{"spring", "summer", "autumn", "winter"};
};

// night 22-5, morning 5-11, day 11-17, evening 17-22, in the shopper's local time.
enum class DayPart : uint8_t { kNight, kMorning, kDay, kEvening };
inline constexpr size_t kDayPartCount = 4;

template <>
struct EnumNames<DayPart> {
  static constexpr std::array<std::string_view, kDayPartCount> kNames{"night", "morning", "day", "evening"};
};

// Probabilities: each >= 0, the sum is 1.
using OccasionVector = std::array<double, kOccasionCount>;
using SeasonVector = std::array<double, kSeasonCount>;

// How often each occasion was seen; may be fractional.
using OccasionCounts = std::array<double, kOccasionCount>;

// Divides by the sum; all zeros become uniform.
template <size_t N>
void normalise_shares(std::array<double, N>& shares) {
  double sum = 0;
  for (const double share : shares) sum += share;
  for (double& share : shares) share = sum > 0 ? share / sum : 1.0 / static_cast<double>(N);
}

}  // namespace modiste
