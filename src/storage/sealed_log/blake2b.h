// BLAKE2b-256 (RFC 7693) of bytes that come in parts.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace modiste {

class Blake2b {
 public:
  Blake2b();
  ~Blake2b();
  void update(std::span<const std::byte> bytes);
  [[nodiscard]] std::string hex();  // once, at the end

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modiste
