// Bytes in pieces: what readers of feeds and histories pull from, whatever stands behind it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"

namespace modiste {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  [[nodiscard]] virtual std::string name() const = 0;  // for messages
  // Fills at most buffer.size() bytes; 0 at the end.
  virtual Result<size_t> read(std::span<char> buffer) = 0;
};

}  // namespace modiste
