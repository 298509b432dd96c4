#include "load.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <thread>

#include "base/mutex.h"

namespace modiste::bench {
namespace {

namespace beast = boost::beast;
using Tcp = boost::asio::ip::tcp;
using Steady = std::chrono::steady_clock;

// One connection that takes the next scheduled request when it is free.
class Sender {
 public:
  Sender(const LoadOptions& options, Steady::time_point start, std::atomic<size_t>& next)
      : options_(options), start_(start), next_(next) {}

  void run(LoadReport& report, Mutex& mutex) {
    Tcp::socket socket(context_);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), options_.port});
    socket.set_option(Tcp::no_delay(true));
    const auto total = static_cast<size_t>(options_.requests_per_second * options_.seconds);
    std::vector<double> latencies;
    size_t failed = 0;
    for (size_t n = next_++; n < total; n = next_++) {
      const auto due = start_ + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(
                                    static_cast<double>(n) / options_.requests_per_second));
      std::this_thread::sleep_until(due);
      if (send(socket, n))
        latencies.push_back(std::chrono::duration<double, std::milli>(Steady::now() - due).count());
      else
        ++failed;
    }
    const MutexLock lock(mutex);
    report.latency_ms.insert(report.latency_ms.end(), latencies.begin(), latencies.end());
    report.failed += failed;
  }

 private:
  bool send(Tcp::socket& socket, size_t n) {
    beast::http::request<beast::http::string_body> request{beast::http::verb::post, options_.path, 11};
    request.set(beast::http::field::host, "127.0.0.1:" + std::to_string(options_.port));
    request.set(beast::http::field::content_type, "application/json");
    request.body() = options_.body(n);
    request.prepare_payload();
    beast::error_code error;
    beast::http::write(socket, request, error);
    beast::http::response<beast::http::string_body> response;
    if (!error) beast::http::read(socket, buffer_, response, error);
    return !error && response.result_int() == 200;
  }

  const LoadOptions& options_;
  Steady::time_point start_;
  std::atomic<size_t>& next_;
  boost::asio::io_context context_;
  beast::flat_buffer buffer_;
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

}  // namespace modiste::bench
