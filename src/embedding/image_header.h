// The format and size of an image file, from its first bytes and before decoding.
//
// Pure and bounded: reads each header once, allocates nothing, and trusts no length in the file.
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
  // Size as stored, before any rotation. An SVG has no pixel size: 0 x 0.
  size_t width = 0, height = 0;
  // A JPEG in four inks that does not say that Adobe wrote it: Adobe stores inks inverted, others do not.
  bool plain_inks = false;
};

// kInvalid: unsupported format, or the header is incomplete; the error names the format that was found.
Result<ImageHeader> read_image_header(std::span<const std::byte> file);

}  // namespace modiste
