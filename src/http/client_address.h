// Whose calls a limit counts together.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace modiste::http {

// The proxies whose X-Forwarded-For is believed. Immutable once made. Threads: any.
class TrustedProxies {
 public:
  // Addresses and ranges: "10.0.0.5", "172.16.0.0/12", "fd00::/8". Loopback is always one: a proxy on this
  // machine. kInvalid: an entry is neither.
  static Result<TrustedProxies> make(std::span<const std::string> listed);

  // The address that a limit counts: the peer; where that is a proxy, the last address of X-Forwarded-For
  // that is not one. Of IPv6 the first 64 bits, which one home has to itself. forwarded_for: all fields of
  // that name in their order, separated by commas; an entry that is not an address, and what stands before
  // it, is not believed.
  [[nodiscard]] std::string client_of(std::string_view peer, std::string_view forwarded_for) const;

 private:
  using Bytes = std::array<uint8_t, 16>;  // of IPv6; an address of IPv4 is mapped into it
  struct Range {
    Bytes begin{};
    unsigned bits = 128;
  };
  [[nodiscard]] bool is_proxy(const Bytes& address) const;

  std::vector<Range> ranges_;
};

}  // namespace modiste::http
