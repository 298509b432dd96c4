#include "nn/clip_image.h"

#include <algorithm>
#include <array>

namespace modiste {
namespace {

constexpr std::array<float, 3> kMean{0.48145466F, 0.4578275F, 0.40821073F};
constexpr std::array<float, 3> kDeviation{0.26862954F, 0.26130258F, 0.27577711F};
// The ends of a longer strip never reach the centre crop; removing them first bounds the memory.
constexpr int64_t kAspectMax = 16;

at::Tensor centre_crop(const at::Tensor& planes, int64_t height, int64_t width) {
  const int64_t top = (planes.size(-2) - height) / 2, left = (planes.size(-1) - width) / 2;
  return planes.narrow(-2, top, height).narrow(-1, left, width);
}

// Pillow filters rows, rounds to bytes, then filters columns: the same order here gives
// equal bytes nearly everywhere.
at::Tensor resize(const at::Tensor& planes, int64_t height, int64_t width) {
  const auto to_bytes = [](const at::Tensor& x) { return (x + 0.5).floor_().clamp_(0, 255); };
  const auto wide = to_bytes(at::_upsample_bicubic2d_aa(planes, {planes.size(-2), width}, false));
  return to_bytes(at::_upsample_bicubic2d_aa(wide, {height, width}, false));
}

at::Tensor per_channel(const std::array<float, 3>& values) {
  return at::tensor(at::ArrayRef<float>(values)).view({1, 3, 1, 1});
}

}  // namespace

at::Tensor clip_pixels(const RgbView& image, int64_t side) {
  CHECK(image.width >= 1 && image.height >= 1);
  CHECK(image.pixels.size() == static_cast<size_t>(image.width) * static_cast<size_t>(image.height) * 3);
  const auto bytes =
      at::from_blob(const_cast<uint8_t*>(image.pixels.data()), {1, image.height, image.width, 3}, at::kByte);
  const int64_t limit = kAspectMax * std::min(image.width, image.height);
  const auto cut = centre_crop(bytes.permute({0, 3, 1, 2}), std::min<int64_t>(image.height, limit),
                               std::min<int64_t>(image.width, limit));
  const int64_t height = cut.size(2), width = cut.size(3), shortest = std::min(height, width);
  const auto resized =
      resize(cut.to(at::kFloat).contiguous(), side * height / shortest, side * width / shortest);
  return ((centre_crop(resized, side, side) / 255 - per_channel(kMean)) / per_channel(kDeviation))[0];
}

}  // namespace modiste
