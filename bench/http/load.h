// An open-loop load on one route: requests are sent on schedule whether or not answers have arrived, so that
// a stall counts for every request that it delays (no coordinated omission).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace modiste::bench {

struct LoadOptions {
  uint16_t port = 0;
  double requests_per_second = 50;
  double seconds = 20;
  size_t connections = 16;  // kept alive; a request waits when all are busy, and the wait counts
  std::string path;
  std::function<std::string(size_t)> body;  // of the n-th request
};

struct LoadReport {
  std::vector<double> latency_ms;  // sorted, from the scheduled start to the whole answer
  size_t failed = 0;               // not 200, or connection lost
  double seconds = 0;              // duration

  [[nodiscard]] double percentile(double share) const;
};

// Connects to 127.0.0.1 only.
LoadReport run_load(const LoadOptions& options);

}  // namespace modiste::bench
