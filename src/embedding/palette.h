// The colours of a garment, from the foreground of its photo.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "catalog/garment.h"
#include "embedding/foreground.h"

namespace modiste {

struct Swatch {
  Lab lab;
  float share = 0;  // of the foreground; swatches sum to 1
};

inline constexpr size_t kPaletteMax = 5;

// Largest share first, at most kPaletteMax. Deterministic.
[[nodiscard]] std::vector<Swatch> find_palette(const Foreground& foreground);

// "#rrggbb" by share.
[[nodiscard]] std::vector<std::string> to_hexes(const std::vector<Swatch>& palette);

// Colour families of the garment, most certain first, at most two. Confidence is the family's share of the
// garment; each swatch is divided between the families whose anchors are near: a blue between two blues is
// half of each.
[[nodiscard]] std::vector<Attribute> colour_tags(const std::vector<Swatch>& palette,
                                                 const Vocabulary& vocabulary);

// The same from probabilities of a classifier, one per term; terms that the vocabulary lacks are skipped.
[[nodiscard]] std::vector<Attribute> named_colours(std::span<const std::string> terms,
                                                   std::span<const float> probabilities,
                                                   const Vocabulary& vocabulary);

}  // namespace modiste
