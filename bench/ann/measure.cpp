#include "measure.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <thread>

namespace modiste::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

double resident_mb() {
  malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  size_t total = 0, resident = 0;
  statm >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

double recall_of(std::span<const uint32_t> found, std::span<const uint32_t> truth) {
  size_t hits = 0, wanted = 0;
  for (size_t from = 0; from < found.size(); from += kNeighbours) {
    const auto answer = found.subspan(from, kNeighbours);
    for (const uint32_t id : truth.subspan(from, kNeighbours)) {
      if (id == UINT32_MAX) continue;  // the filter allowed fewer
      ++wanted;
      hits += std::find(answer.begin(), answer.end(), id) != answer.end();
    }
  }
  return wanted == 0 ? 1 : static_cast<double>(hits) / static_cast<double>(wanted);
}

struct Pass {
  double qps = 0;
  std::vector<double> latencies_us;
  std::vector<uint32_t> found;
};

Pass run_one_thread(const Search& search, const Matrix& queries, size_t count) {
  Pass pass{0, std::vector<double>(count), std::vector<uint32_t>(count * kNeighbours)};
  const auto start = SteadyClock::now();
  for (size_t i = 0; i < count; ++i) {
    const auto asked = SteadyClock::now();
    search(queries.row(i), std::span(pass.found).subspan(i * kNeighbours, kNeighbours));
    pass.latencies_us[i] = seconds_since(asked) * 1e6;
  }
  pass.qps = static_cast<double>(count) / seconds_since(start);
  return pass;
}

double run_two_threads(const Search& search, const Matrix& queries, size_t count) {
  const auto half = [&](size_t from, size_t to) {
    std::vector<uint32_t> found(kNeighbours);
    for (size_t i = from; i < to; ++i) search(queries.row(i), found);
  };
  const auto start = SteadyClock::now();
  {
    const std::jthread other(half, 0, count / 2);
    half(count / 2, count);
  }
  return static_cast<double>(count) / seconds_since(start);
}

// All measurements of one setting, pass by pass.
struct Samples {
  std::vector<double> one, two, p50, p99;
  double recall = 0;

  void add(const Search& search, const Dataset& data, std::span<const uint32_t> truth) {
    const Pass pass = run_one_thread(search, data.queries, data.queries.rows);
    recall = recall_of(pass.found, truth);
    one.push_back(pass.qps);
    p50.push_back(quantile(pass.latencies_us, 0.5));
    p99.push_back(quantile(pass.latencies_us, 0.99));
    two.push_back(run_two_threads(search, data.queries, data.queries.rows));
  }
  [[nodiscard]] Point point(size_t expansion) const {
    return {expansion,         recall, quantile(one, 0.5), quantile(two, 0.5), quantile(p50, 0.5),
            quantile(p99, 0.5)};
  }
};

}  // namespace

BuildCost measure_build(Rival& rival, const Matrix& base, const BuildOptions& options) {
  const double before = resident_mb();
  const auto start = SteadyClock::now();
  rival.build(base, options);
  const double seconds = seconds_since(start);
  return {seconds, resident_mb() - before};
}

void measure_searches(std::span<const Rival* const> rivals, const Dataset& data,
                      std::span<const uint32_t> truth, const PassOptions& options,
                      std::vector<Curve>& curves) {
  std::vector<std::vector<Samples>> samples(rivals.size(), std::vector<Samples>(options.expansions.size()));
  for (size_t pass = 0; pass < options.passes; ++pass)
    for (size_t e = 0; e < options.expansions.size(); ++e)
      for (size_t r = 0; r < rivals.size(); ++r) {
        const Search search = [&](std::span<const float> query, std::span<uint32_t> out) {
          rivals[r]->search(query, options.expansions[e], out);
        };
        samples[r][e].add(search, data, truth);
      }
  for (size_t r = 0; r < rivals.size(); ++r)
    for (size_t e = 0; e < options.expansions.size(); ++e)
      curves[r].points.push_back(samples[r][e].point(options.expansions[e]));
}

Point measure_one(const Search& search, const Dataset& data, std::span<const uint32_t> truth, size_t count) {
  count = std::min(count, data.queries.rows);
  const Pass pass = run_one_thread(search, data.queries, count);
  return {0,
          recall_of(pass.found, truth.first(count * kNeighbours)),
          pass.qps,
          0,
          quantile(pass.latencies_us, 0.5),
          quantile(pass.latencies_us, 0.99)};
}

double qps_at(const Curve& curve, double recall, double Point::*qps) {
  const auto miss = [](double r) { return std::log(std::max(1e-6, 1 - r)); };
  for (size_t i = 0; i + 1 < curve.points.size(); ++i) {
    const Point &low = curve.points[i], &high = curve.points[i + 1];
    if (low.recall > recall || high.recall < recall || low.recall == high.recall) continue;
    const double share = (miss(recall) - miss(low.recall)) / (miss(high.recall) - miss(low.recall));
    return std::exp(std::log(low.*qps) * (1 - share) + std::log(high.*qps) * share);
  }
  return 0;
}

}  // namespace modiste::bench
