// An open-loop load on one route: requests leave on schedule whether or not answers have come, so that a
// stall is counted for every request it delays (no coordinated omission).
//
// On Beast, not on io/http_client.h: that client connects for every call and looks up proxies and
// authorities, which would be measured along with the server.
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
