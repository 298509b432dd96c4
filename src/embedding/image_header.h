// What a file claims to be, by its first bytes and before anything is decoded.
//
// Pure and bounded: reads each header once, allocates nothing, trusts no length it finds.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace modiste {

enum class ImageFormat { kJpeg, kPng, kWebp, kGif, kSvg };

template <>
struct EnumNames<ImageFormat> {
  static constexpr std::array<std::string_view, 5> kNames{"JPEG", "PNG", "WebP", "GIF", "SVG"};
};

struct ImageHeader {
  ImageFormat format{};
  // As stored, before any rotation. SVG has no pixels of its own: 0 x 0.
  size_t width = 0, height = 0;
};

// kInvalid: not one of the formats, or the header is torn; the reason names what was seen.
Result<ImageHeader> read_image_header(std::span<const std::byte> file);

}  // namespace modiste
