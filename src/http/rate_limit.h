// How often each address may call what is limited: a token bucket per address.
//
// A bucket holds a minute's calls and fills evenly. Threads: any. Bounded: kAddressesMax addresses; beyond
// them those whose bucket is full again are forgotten, and where none is, new addresses are refused.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/mutex.h"

namespace modiste::http {

class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr size_t kAddressesMax = 100'000;  // some 10 MB

  // per_minute 0: no limit.
  explicit RateLimit(double per_minute) : per_minute_(per_minute) {}

  // Takes one call of the address; the seconds to wait when it has none left.
  [[nodiscard]] std::optional<int> take(std::string_view address, Time now);

 private:
  struct Bucket {
    double left = 0;
    Time at{};
  };
  void forget_full(Time now) REQUIRES(mutex_);
  [[nodiscard]] double filled(const Bucket& bucket, Time now) const;

  const double per_minute_;
  Mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_ GUARDED_BY(mutex_);
};

// The address that a limit counts: the peer; where that is this machine, which means a proxy on it, the last
// one of X-Forwarded-For, which is the one that the proxy added.
[[nodiscard]] std::string limited_address(std::string_view peer, std::string_view forwarded_for);

}  // namespace modiste::http
