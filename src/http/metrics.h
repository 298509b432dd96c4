// Metrics of the server, for Prometheus.
//
// Routes are labelled by their template, never by their target: the number of series is bounded.
// Threads: any.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace modiste::http {

enum class Shed { kConnections, kWorkers, kLag, kBodies };

class Metrics {
 public:
  // One label per route; record() refers to them by index.
  explicit Metrics(const std::vector<std::string>& route_labels);
  ~Metrics();

  struct Sample {
    size_t route = 0;
    int status = 0;
    std::chrono::microseconds took{};
    size_t bytes_in = 0, bytes_out = 0;
  };
  void record(const Sample& sample);
  void shed(Shed reason);
  void request_begins();
  void request_ends();
  void connection_opens();
  void connection_closes();

  // Prometheus text exposition format 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace modiste::http
