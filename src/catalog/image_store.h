// Port: stores the shop's photos. Implemented in storage/.
//
// Images are named by their content: equal bytes are stored once, and the bytes of a name never change.
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
  // PNG, WebP, GIF or SVG by its first bytes. Whether it can be decoded is not checked.
  virtual Result<std::string> keep(std::span<const std::byte> bytes) = 0;
  // As keep() would name it; stores nothing.
  [[nodiscard]] virtual Result<std::string> name_of(std::span<const std::byte> bytes) const = 0;
  // kInvalid: not a name that keep() returns (so that a name from outside cannot
  // reach other files); kNotFound.
  [[nodiscard]] virtual Result<std::vector<std::byte>> read(std::string_view name) const = 0;
  // Forgets the image; durable. For bytes that nobody else can have kept: equal ones share a name. kInvalid
  // as read(); one that is not there is removed already.
  virtual Result<Done> remove(std::string_view name) = 0;
};

}  // namespace modiste
