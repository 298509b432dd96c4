// Bytes in pieces: the input of readers of feeds and histories, from a file, a network or memory.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"

namespace modiste {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  [[nodiscard]] virtual std::string name() const = 0;  // for error messages
  // Reads up to buffer.size() bytes and returns how many; 0 at the end.
  virtual Result<size_t> read(std::span<char> buffer) = 0;
};

}  // namespace modiste
