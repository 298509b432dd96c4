// Passes over the queries: recall, throughput, latency; and the cost of a build.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "rival.h"

namespace modiste::bench {

struct BuildCost {
  double seconds = 0;
  double resident_mb = 0;  // growth of the process's resident memory during the build
};
BuildCost measure_build(Rival& rival, const Matrix& base, const BuildOptions& options);

// One setting of one rival; medians over the passes.
struct Point {
  size_t expansion = 0;
  double recall = 0;
  double qps_one_thread = 0, qps_two_threads = 0;
  double p50_us = 0, p99_us = 0;  // one thread
};

struct Curve {
  std::string name, note;
  BuildCost build;
  std::vector<Point> points;
};

struct PassOptions {
  std::vector<size_t> expansions;
  size_t passes = 3;
};

// Each pass measures every setting of every rival, one rival after the other at each setting, so that a
// disturbance of the machine affects all of them.
void measure_searches(std::span<const Rival* const> rivals, const Dataset& data,
                      std::span<const uint32_t> truth, const PassOptions& options,
                      std::vector<Curve>& curves);

using Search = std::function<void(std::span<const float> query, std::span<uint32_t> out)>;
// Measures one setting alone, over the first `count` queries.
Point measure_one(const Search& search, const Dataset& data, std::span<const uint32_t> truth, size_t count);

// Throughput of a curve at a recall, interpolated (log of throughput, linear in log of the miss rate); 0 when
// the curve does not reach this recall.
double qps_at(const Curve& curve, double recall, double Point::*qps);

}  // namespace modiste::bench
