#include "embedding/towers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

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

}  // namespace

std::vector<float> colour_features(const std::vector<Swatch>& palette) {
  std::vector<float> features(kColourFeatures);
  std::array<float, kColourFeatures> near{};
  for (const auto& swatch : palette) {
    float total = 1e-6F;
    for (size_t i = 0; i < near.size(); ++i) {
      const float distance = distance_squared(swatch.lab, colour_anchors()[i]);
      total += near[i] = std::exp(-distance / (2 * kAnchorWidth * kAnchorWidth));
    }
    for (size_t i = 0; i < near.size(); ++i) features[i] += swatch.share * near[i] / total;
  }
  return features;
}

Result<Towers> Towers::load(const FileReader& resnet, const FileReader& minilm) {
  TRY_ASSIGN(auto photo_tower, ResNet50::load(resnet));
  TRY_ASSIGN(auto text_tower, MiniLm::load(minilm));
  return Towers(std::move(photo_tower), std::move(text_tower));
}

ImageFeatures Towers::image_features(std::span<const RgbImage> images) const {
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
        resnet_.features(std::span(squares).first(batch.size() * ResNet50::kImageBytes), batch.size());
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
