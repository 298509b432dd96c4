// A palette as numbers that networks and searches compare. Needs no network: a shop that serves vectors made
// elsewhere does not load the networks for it.
#pragma once

#include <vector>

#include "embedding/palette.h"

namespace modiste {

// Shares of a palette near fixed anchors in CIELAB. ImageNet features represent shapes better than shades.
inline constexpr size_t kColourFeatures = 24;
[[nodiscard]] std::vector<float> colour_features(const std::vector<Swatch>& palette);

// Roots of the shares near a finer grid of anchors, from which colours are named: navy, black and charcoal
// lie within one anchor of the coarse ones.
inline constexpr size_t kNamingFeatures = 97;
[[nodiscard]] std::vector<float> naming_features(const std::vector<Swatch>& palette);

}  // namespace modiste
