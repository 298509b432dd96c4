// The frozen networks below our own heads: photo -> 2,048 + kColourFeatures numbers, text -> 384.
//
// Training caches these features and serving passes them to the heads: one definition for both.
// Threads: const methods from any thread. Owns its weights (about 190 MB).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "embedding/encoder.h"
#include "embedding/palette.h"
#include "embedding/palette_features.h"
#include "nn/minilm.h"
#include "nn/resnet50.h"

namespace modiste {

inline constexpr size_t kImageFeatures = ResNet50::kFeatures + kColourFeatures;
inline constexpr size_t kTextFeatures = MiniLm::kDimension;

struct ImageFeatures {
  std::vector<float> values;  // images x kImageFeatures
  std::vector<std::vector<Swatch>> palettes;
};

// Photos are cut into batches inside.
[[nodiscard]] ImageFeatures image_features(const ResNet50& resnet, std::span<const RgbImage> images);

class Towers {
 public:
  // Identifies the networks and how photos are fitted to them: cached features of another id are stale.
  static constexpr std::string_view kId = "resnet50-garment-on-white+lab24-1";

  // resnet, minilm: readers of the two npm packages' model folders (see nn/resnet50.h, nn/minilm.h).
  static Result<Towers> load(const FileReader& resnet, const FileReader& minilm);

  [[nodiscard]] ImageFeatures image_features(std::span<const RgbImage> images) const {
    return modiste::image_features(resnet_, images);
  }
  [[nodiscard]] std::vector<float> text_features(std::span<const std::string> texts) const;

 private:
  Towers(ResNet50 resnet, MiniLm minilm) : resnet_(std::move(resnet)), minilm_(std::move(minilm)) {}
  ResNet50 resnet_;
  MiniLm minilm_;
};

}  // namespace modiste
