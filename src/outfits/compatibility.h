// Port: how well garments go together when they are worn at the same time.
//
// A garment comes as plain values, so that an implementation knows no shop: the explicit rules
// (explicit_compatibility.h) and a trained model look at the same ones.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "vocabulary/vocabulary.h"

namespace modiste::outfits {

// Bits of Wearable::seasons, in the order of the year.
inline constexpr uint8_t kSpring = 1, kSummer = 2, kAutumn = 4, kWinter = 8, kAllYear = 15;

// A garment in one colour as compatibility sees it. Absent and empty members are unknown. Views: what they
// point to outlives the wearable.
struct Wearable {
  std::optional<TermId> category;  // the most specific one
  OutfitRole role = OutfitRole::kNone;
  std::optional<Lab> colour;        // of most of its cloth
  std::optional<TermId> pattern;    // "solid" included
  std::optional<double> formality;  // 0 lounge to 1 black tie
  std::optional<double> warmth;     // 0 worn in heat to 1 in hard frost
  uint8_t seasons = 0;              // any of kSpring ... kWinter; 0: unknown
  std::span<const TermId> terms;    // all its terms, ascending: fabric, fit, silhouette, occasion, ...
  std::span<const float> vector;    // of the shop's encoder, length 1
  std::string_view title;
  uint64_t garment = 0;  // the same for all colours of a garment and for no other; 0: unknown
  uint64_t key = 0;      // the same for equal values only, for caches; 0: not to be cached
};

// Threads: any, all methods. Deterministic. Scores are in [0, 1]; what is unknown neither helps nor harms.
class Compatibility {
 public:
  virtual ~Compatibility() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Symmetric. Called tens of thousands of times a request: at most a microsecond.
  [[nodiscard]] virtual double pair(const Wearable& a, const Wearable& b) const = 0;
  // Of two pieces or more, in any order. Called about a hundred times a request: at most 50 microseconds.
  [[nodiscard]] virtual double set(std::span<const Wearable> pieces) const = 0;
};

}  // namespace modiste::outfits
