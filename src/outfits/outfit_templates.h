// Which pieces an outfit has, by what it is worn for, and how dressy they are.
#pragma once

#include <optional>
#include <vector>

#include "context/occasion.h"
#include "vocabulary/vocabulary.h"

namespace modiste::outfits {

struct OutfitTemplate {
  std::vector<OutfitRole> required, optional;

  [[nodiscard]] bool has(OutfitRole role) const;
};

// Absent members are unknown and ask for nothing.
struct WornFor {
  std::optional<Occasion> occasion;
  std::optional<double> warmth;  // wanted: 0 for heat to 1 for hard frost
  double wet = 0;                // 0 to 1
  bool coat_season = false;      // the request tells autumn or winter
};

// The formality that pieces for an occasion have, on the vocabulary's scale.
struct FormalityRange {
  double from = 0, to = 1;

  // 1 within, falling to 0 at kBeyond outside.
  static constexpr double kBeyond = 0.35;
  [[nodiscard]] double fit(double formality) const;
};
[[nodiscard]] FormalityRange formality_of(Occasion occasion);

// Separates (top, bottom, shoes), one piece (with shoes) and, where people dress for the occasion, a suit
// (with top and shoes), with the layers that the weather asks for.
// fixed: roles that are taken already; a template that would wear one of them twice is left out. Several
// fixed roles that no outfit has together give none.
[[nodiscard]] std::vector<OutfitTemplate> templates_for(const WornFor& worn,
                                                        const std::vector<OutfitRole>& fixed);

// What two roles an outfit never has together: a dress with a top or trousers, a suit with trousers.
[[nodiscard]] bool exclude_each_other(OutfitRole a, OutfitRole b);

}  // namespace modiste::outfits
