#include "embedding/towers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "embedding/image_fit.h"

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

Result<Towers> Towers::load(const FileReader& resnet, const FileReader& minilm) {
  TRY_ASSIGN(auto photo_tower, ResNet50::load(resnet));
  TRY_ASSIGN(auto text_tower, MiniLm::load(minilm));
  return Towers(std::move(photo_tower), std::move(text_tower));
}

ImageFeatures image_features(const ResNet50& resnet, std::span<const RgbImage> images) {
  ImageFeatures out;
  out.values.reserve(images.size() * kImageFeatures);
  std::vector<uint8_t> squares(ResNet50::kBatch * ResNet50::kImageBytes);
  for (size_t begin = 0; begin < images.size(); begin += ResNet50::kBatch) {
    const auto batch = images.subspan(begin, std::min(ResNet50::kBatch, images.size() - begin));
    for (size_t i = 0; i < batch.size(); ++i) {
      const auto foreground = find_foreground(batch[i]);
      out.palettes.push_back(find_palette(foreground));
      letterbox(fade_background(batch[i], foreground), garment_box(foreground, batch[i]), ResNet50::kSide,
                std::span(squares).subspan(i * ResNet50::kImageBytes, ResNet50::kImageBytes));
    }
    const auto seen =
        resnet.features(std::span(squares).first(batch.size() * ResNet50::kImageBytes), batch.size());
    for (size_t i = 0; i < batch.size(); ++i) {
      const auto* row = &seen[i * ResNet50::kFeatures];
      out.values.insert(out.values.end(), row, row + ResNet50::kFeatures);
      const auto colours = colour_features(out.palettes[begin + i]);
      out.values.insert(out.values.end(), colours.begin(), colours.end());
    }
  }
  return out;
}

std::vector<float> Towers::text_features(std::span<const std::string> texts) const {
  return minilm_.embed(texts);
}

}  // namespace modiste
