#include "parts/load.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include "base/mutex.h"

namespace modiste::bench {
namespace {

using Steady = std::chrono::steady_clock;

// One connection that takes the next scheduled request when it is free.
class Sender {
 public:
  Sender(const LoadOptions& options, Steady::time_point start, std::atomic<size_t>& next)
      : options_(options), start_(start), next_(next) {}

  void run(LoadReport& report, Mutex& mutex) {
    Connection connection(options_.port);
    const auto total = static_cast<size_t>(options_.requests_per_second * options_.seconds);
    std::vector<double> latencies;
    size_t failed = 0;
    for (size_t n = next_++; n < total; n = next_++) {
      const auto due = start_ + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(
                                    static_cast<double>(n) / options_.requests_per_second));
      std::this_thread::sleep_until(due);
      if (connection.send(options_.call(n)).status == 200)
        latencies.push_back(std::chrono::duration<double, std::milli>(Steady::now() - due).count());
      else
        ++failed;
    }
    const MutexLock lock(mutex);
    report.latency_ms.insert(report.latency_ms.end(), latencies.begin(), latencies.end());
    report.failed += failed;
  }

 private:
  const LoadOptions& options_;
  Steady::time_point start_;
  std::atomic<size_t>& next_;
};

}  // namespace

double LoadReport::percentile(double share) const {
  if (latency_ms.empty()) return 0;
  const auto place = static_cast<size_t>(share * static_cast<double>(latency_ms.size() - 1) + 0.5);
  return latency_ms[place];
}

LoadReport run_load(const LoadOptions& options) {
  LoadReport report;
  Mutex mutex;
  std::atomic<size_t> next{0};
  const auto start = Steady::now();
  std::vector<std::thread> threads;
  for (size_t i = 0; i < options.connections; ++i)
    threads.emplace_back([&] { Sender(options, start, next).run(report, mutex); });
  for (auto& thread : threads) thread.join();
  report.seconds = std::chrono::duration<double>(Steady::now() - start).count();
  std::sort(report.latency_ms.begin(), report.latency_ms.end());
  return report;
}

double highest_rate(const HighestRateOptions& options) {
  const auto holds = [&](double rate) {
    LoadOptions load = options.load;
    load.requests_per_second = rate;
    const LoadReport report = run_load(load);
    return report.failed == 0 && report.percentile(0.99) <= options.limit_ms;
  };
  double held = 0, failed = options.load.requests_per_second;
  while (failed < 100'000 && holds(failed)) held = std::exchange(failed, failed * 2);
  for (size_t i = 0; held > 0 && i < options.halvings; ++i) {
    const double middle = (held + failed) / 2;
    (holds(middle) ? held : failed) = middle;
  }
  return held;
}

}  // namespace modiste::bench
