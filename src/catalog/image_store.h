// Port: where the shop's photos are kept. Implemented in storage/.
//
// Images are named by their content: the same bytes are kept once, and a name never changes its bytes.
// Threads: any.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste {

class ImageStore {
 public:
  virtual ~ImageStore() = default;

  // Durable when it returns the name: 32 hex digits and an extension, "0a1b...9f.jpg". kInvalid: not a JPEG,
  // PNG, WebP, GIF or SVG by its first bytes; whether it can be decoded is for the decoder to say.
  virtual Result<std::string> keep(std::span<const std::byte> bytes) = 0;
  // kInvalid: not a name that keep() returns (a name from outside reaches nothing else); kNotFound.
  [[nodiscard]] virtual Result<std::vector<std::byte>> read(std::string_view name) const = 0;
};

}  // namespace modiste
