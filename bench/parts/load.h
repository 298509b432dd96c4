// An open-loop load: requests leave on schedule whether or not answers have come, so that a stall is counted
// for every request it delays (no coordinated omission).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "parts/connection.h"

namespace modiste::bench {

struct LoadOptions {
  uint16_t port = 0;
  double requests_per_second = 50;
  double seconds = 20;
  size_t connections = 16;               // kept alive; a request waits when all are busy, and the wait counts
  std::function<HttpCall(size_t)> call;  // the n-th request
};

struct LoadReport {
  std::vector<double> latency_ms;  // sorted, from the scheduled start to the whole answer
  size_t failed = 0;               // not 200, or connection lost
  double seconds = 0;              // duration

  [[nodiscard]] double percentile(double share) const;  // 0 without answers
};

// Connects to 127.0.0.1 only.
LoadReport run_load(const LoadOptions& options);

// The highest rate at which all were answered and 99 in 100 within limit_ms: doubles the rate until it fails,
// then halves the gap. 0 when not even the first rate holds.
struct HighestRateOptions {
  LoadOptions load;  // its rate is the first that is tried
  double limit_ms = 50;
  size_t halvings = 3;
};
double highest_rate(const HighestRateOptions& options);

}  // namespace modiste::bench
