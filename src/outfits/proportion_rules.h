// Which terms of the vocabulary make a garment narrow or wide, and which volumes are worn together, as data.
//
// Source: the rule that style guides share ("balance your halves",
// bluecollarredlipstick.com/2010/09/style-math; "fitted top and wide trousers, oversized shirt and slim
// jeans", fashion-a-holic.com/learn/proportion-play): volume on one half, a narrow line on the other. It is
// taste, and says nothing about bodies. The numbers are ours. ExplicitWeights::proportion switches it off.
#pragma once

#include <array>
#include <string_view>

#include "vocabulary/vocabulary.h"

namespace modiste::outfits {

struct VolumeTerm {
  Facet facet{};
  std::string_view name;
  float volume = 0;  // -1 narrow to 1 wide
};

inline constexpr std::array kVolumes{
    VolumeTerm{Facet::kFit, "compression", -1},       VolumeTerm{Facet::kFit, "skinny", -1},
    VolumeTerm{Facet::kFit, "slim", -0.7F},           VolumeTerm{Facet::kFit, "regular", 0},
    VolumeTerm{Facet::kFit, "relaxed", 0.5F},         VolumeTerm{Facet::kFit, "loose", 0.8F},
    VolumeTerm{Facet::kFit, "oversized", 1},          VolumeTerm{Facet::kSilhouette, "bodycon", -1},
    VolumeTerm{Facet::kSilhouette, "sheath", -0.7F},  VolumeTerm{Facet::kSilhouette, "tailored", -0.4F},
    VolumeTerm{Facet::kSilhouette, "tapered", -0.3F}, VolumeTerm{Facet::kSilhouette, "straight", 0},
    VolumeTerm{Facet::kSilhouette, "bootcut", 0.2F},  VolumeTerm{Facet::kSilhouette, "flared", 0.5F},
    VolumeTerm{Facet::kSilhouette, "a-line", 0.5F},   VolumeTerm{Facet::kSilhouette, "wide-leg", 0.9F},
    VolumeTerm{Facet::kSilhouette, "boxy", 0.6F},     VolumeTerm{Facet::kSilhouette, "cocoon", 0.8F},
    VolumeTerm{Facet::kSilhouette, "balloon", 0.9F},  VolumeTerm{Facet::kSilhouette, "pleated", 0.4F},
    VolumeTerm{Facet::kSilhouette, "tiered", 0.7F},   VolumeTerm{Facet::kCategory, "leggings", -1}};

// 0 to 1: how well an upper half of one volume goes with a lower half of another.
[[nodiscard]] constexpr double balance(double upper, double lower) {
  constexpr double kWorstWide = 0.35, kPlain = 0.8;
  if (upper > 0 && lower > 0) return kPlain - (kPlain - kWorstWide) * 2 * upper * lower / (upper + lower);
  if (upper * lower >= 0) return kPlain;  // plain, or both narrow
  const double contrast = (upper > lower ? upper - lower : lower - upper) / 2;
  return kPlain + (1 - kPlain) * contrast;
}

}  // namespace modiste::outfits
