#include "embedding/palette_likeness.h"

#include <algorithm>
#include <cmath>

#include "base/vector_math.h"
#include "embedding/lab.h"
#include "embedding/palette_features.h"

namespace modiste {
namespace {

// Of the share of the colour before it.
constexpr float kNextShare = 0.4F;

std::vector<float> roots_of_shares(std::span<const std::string> palette) {
  std::vector<Swatch> swatches;
  float share = 1, total = 0;
  for (const auto& hex : palette)
    if (const auto rgb = parse_hex(hex); rgb.ok()) {
      swatches.push_back({to_lab(*rgb), share});
      total += share;
      share *= kNextShare;
    }
  if (swatches.empty()) return {};
  for (auto& swatch : swatches) swatch.share /= total;
  auto roots = colour_features(swatches);
  for (float& value : roots) value = std::sqrt(value);
  return roots;
}

}  // namespace

PaletteLikeness::PaletteLikeness(std::span<const std::string> palette) : roots_(roots_of_shares(palette)) {}

float PaletteLikeness::to(std::span<const std::string> palette) const {
  const auto other = roots_of_shares(palette);
  if (roots_.empty() || other.empty()) return 0;
  return std::clamp(dot(roots_, other), 0.0F, 1.0F);
}

}  // namespace modiste
