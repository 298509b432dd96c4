// Generates ids for requests whose callers gave none.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <string>

#include "base/clock.h"
#include "base/rng.h"

namespace modiste {

// Threads: any. Unique within a process. Equal clock and count give equal ids, so that a
// simulation can be replayed.
class RequestIds {
 public:
  [[nodiscard]] std::string next(TimePoint now) {
    const auto time = static_cast<uint64_t>(now.time_since_epoch().count());
    return fmt::format("r{:016x}", mix64(time ^ mix64(++count_)));
  }

 private:
  std::atomic<uint64_t> count_{0};
};

}  // namespace modiste
