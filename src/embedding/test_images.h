// Small images for tests, made by libvips or by hand.
#pragma once

#include <vips/vips8>

#include <string>
#include <vector>

#include "embedding/encoder.h"
#include "embedding/lab.h"

namespace modiste {

// A background with one filled rectangle in the middle that takes `share` of each side.
inline RgbImage make_photo(int width, int height, Rgb background, Rgb garment, float share = 0.6F) {
  RgbImage image{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const float u = (static_cast<float>(x) + 0.5F) / static_cast<float>(width) - 0.5F;
      const float v = (static_cast<float>(y) + 0.5F) / static_cast<float>(height) - 0.5F;
      const bool inside = std::abs(u) < share / 2 && std::abs(v) < share / 2;
      const Rgb colour = inside ? garment : background;
      image.pixels.insert(image.pixels.end(), {colour.r, colour.g, colour.b});
    }
  return image;
}

// Encodes the image in the format that `suffix` names, e.g. ".png" or ".jpg[Q=90]".
inline std::vector<std::byte> encode_photo(const RgbImage& image, const std::string& suffix) {
  vips::VImage pixels(vips_image_new_from_memory_copy(image.pixels.data(), image.pixels.size(), image.width,
                                                      image.height, 3, VIPS_FORMAT_UCHAR));
  void* data = nullptr;
  size_t size = 0;
  pixels.copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB))
      .write_to_buffer(suffix.c_str(), &data, &size);
  const auto* bytes = static_cast<std::byte*>(data);
  std::vector<std::byte> file(bytes, bytes + size);
  g_free(data);
  return file;
}

inline std::vector<std::byte> bytes_of(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
  return {bytes, bytes + text.size()};
}

}  // namespace modiste
