// The name under which an image is kept: the first 32 hex digits of the bytes' BLAKE2b hash, and an extension
// detected from the content.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace modiste {

// kInvalid: not a JPEG, PNG, WebP, GIF or SVG by its first bytes.
Result<std::string> image_name(std::span<const std::byte> bytes);

// kInvalid unless image_name() can return it.
Result<Done> check_image_name(std::string_view name);

}  // namespace modiste
