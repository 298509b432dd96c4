#include "embedding/towers.h"

#include <algorithm>
#include <utility>

#include "embedding/image_fit.h"

namespace modiste {
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
