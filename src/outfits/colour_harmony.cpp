#include "outfits/colour_harmony.h"

#include <algorithm>
#include <cmath>

namespace modiste::outfits {
namespace {

constexpr double kNeutralChroma = 16;

}  // namespace

double colour_harmony(const Lab& a, const Lab& b) {
  const double chroma_a = std::hypot(a.a, a.b), chroma_b = std::hypot(b.a, b.b),
               lightness = std::abs(a.l - b.l);
  if (std::min(chroma_a, chroma_b) < kNeutralChroma) return 0.75 + 0.25 * std::min(1.0, lightness / 40);
  double hue = std::abs(std::atan2(a.b, a.a) - std::atan2(b.b, b.a)) * 57.29577951308232;
  hue = std::min(hue, 360 - hue);
  // Muted pairs forgive more than bright ones.
  const double loud = std::clamp((std::min(chroma_a, chroma_b) - kNeutralChroma) / 50, 0.0, 1.0);
  if (hue <= 35) return 0.95 - 0.15 * hue / 35;
  if (hue >= 150) return 0.85 - 0.2 * loud;
  const double clash = 1 - std::abs(hue - 92.5) / 57.5;  // worst half-way between
  return 0.7 - 0.3 * clash - 0.45 * loud;
}

}  // namespace modiste::outfits
