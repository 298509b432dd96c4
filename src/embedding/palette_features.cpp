#include "embedding/palette_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <utility>

#include "base/check.h"

namespace modiste {
namespace {

// Of the Gaussian around an anchor: about half the distance between anchors.
constexpr float kAnchorWidth = 22;

// Six greys, then six hues at three lightnesses: together they cover the colours of clothes.
const std::array<Lab, kColourFeatures>& colour_anchors() {
  static const auto anchors = [] {
    std::array<Lab, kColourFeatures> made{};
    size_t next = 0;
    for (int grey = 0; grey < 6; ++grey) made[next++] = {10 + 17.0F * static_cast<float>(grey), 0, 0};
    for (const float lightness : {30.0F, 55.0F, 80.0F})
      for (int hue = 0; hue < 6; ++hue) {
        const float angle = (static_cast<float>(hue) + 0.5F) * std::numbers::pi_v<float> / 3;
        const float chroma = lightness > 70 ? 30.0F : 42.0F;
        made[next++] = {lightness, chroma * std::cos(angle), chroma * std::sin(angle)};
      }
    return made;
  }();
  return anchors;
}

// Greys at seven lightnesses, and at the five between black and white a ring of pale and one of strong hues.
constexpr float kNamingWidth = 11;
const std::array<Lab, kNamingFeatures>& naming_anchors() {
  static const auto anchors = [] {
    std::array<Lab, kNamingFeatures> made{};
    size_t next = 0;
    for (const float lightness : {5.0F, 20.0F, 35.0F, 50.0F, 65.0F, 80.0F, 97.0F})
      made[next++] = {lightness, 0, 0};
    for (const float lightness : {20.0F, 35.0F, 50.0F, 65.0F, 80.0F})
      for (const auto& [chroma, hues] : {std::pair{20.0F, 6}, std::pair{45.0F, 12}})
        for (int hue = 0; hue < hues; ++hue) {
          const float angle =
              2 * std::numbers::pi_v<float> * static_cast<float>(hue) / static_cast<float>(hues);
          made[next++] = {lightness, chroma * std::cos(angle), chroma * std::sin(angle)};
        }
    CHECK(next == made.size());
    return made;
  }();
  return anchors;
}

// Each swatch's share is divided between the anchors that are near it. Sums to 1 unless the palette is empty.
std::vector<float> shares_near(const std::vector<Swatch>& palette, std::span<const Lab> anchors,
                               float width) {
  std::vector<float> shares(anchors.size()), near(anchors.size());
  for (const auto& swatch : palette) {
    float nearest = std::numeric_limits<float>::max(), total = 0;
    for (size_t i = 0; i < near.size(); ++i)
      nearest = std::min(nearest, near[i] = distance_squared(swatch.lab, anchors[i]));
    for (float& value : near) total += value = std::exp((nearest - value) / (2 * width * width));
    for (size_t i = 0; i < near.size(); ++i) shares[i] += swatch.share * near[i] / total;
  }
  return shares;
}

}  // namespace

std::vector<float> colour_features(const std::vector<Swatch>& palette) {
  return shares_near(palette, colour_anchors(), kAnchorWidth);
}

std::vector<float> naming_features(const std::vector<Swatch>& palette) {
  auto shares = shares_near(palette, naming_anchors(), kNamingWidth);
  for (float& share : shares) share = std::sqrt(share);
  return shares;
}

}  // namespace modiste
