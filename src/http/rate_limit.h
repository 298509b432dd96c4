// How often each address may call what is limited: a token bucket per address.
//
// A bucket holds a minute's calls and fills evenly. Threads: any. Bounded: kAddressesMax addresses are known;
// when one more comes, the older half is forgotten, so that who fills the table locks nobody out.
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
  void forget_older() REQUIRES(mutex_);
  [[nodiscard]] double filled(const Bucket& bucket, Time now) const;

  const double per_minute_;
  Mutex mutex_;
  // Those called lately, and those of before, which a call moves to the former.
  std::unordered_map<std::string, Bucket> lately_ GUARDED_BY(mutex_), before_ GUARDED_BY(mutex_);
};

}  // namespace modiste::http
