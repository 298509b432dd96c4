#include "http/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>

namespace modiste::http {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

namespace {

constexpr int kStatusMax = 600;

// Seconds: from a fast read to a photo search on a busy machine.
const Histogram::BucketBoundaries kLatency{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                           0.025,  0.05,    0.1,    0.25,  0.5,    1,     2.5};

constexpr std::array<const char*, 4> kShedReasons{"connections", "workers", "lag", "bodies"};

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<Counter>& requests = prometheus::BuildCounter()
                                              .Name("modiste_http_requests_total")
                                              .Help("Requests by route and status")
                                              .Register(registry);
  prometheus::Family<Histogram>& latency =
      prometheus::BuildHistogram()
          .Name("modiste_http_request_seconds")
          .Help("Seconds from the end of a request's head until its answer is written")
          .Register(registry);
  prometheus::Family<Counter>& bytes = prometheus::BuildCounter()
                                           .Name("modiste_http_bytes_total")
                                           .Help("Bytes of request and response bodies")
                                           .Register(registry);
  prometheus::Family<Counter>& sheds = prometheus::BuildCounter()
                                           .Name("modiste_http_shed_total")
                                           .Help("Requests and connections refused to stay responsive")
                                           .Register(registry);
  Gauge& in_flight = prometheus::BuildGauge()
                         .Name("modiste_http_requests_in_flight")
                         .Help("Requests being read, handled or answered")
                         .Register(registry)
                         .Add({});
  Gauge& connections = prometheus::BuildGauge()
                           .Name("modiste_http_connections")
                           .Help("Open connections")
                           .Register(registry)
                           .Add({});
  Counter& bytes_in = bytes.Add({{"direction", "in"}});
  Counter& bytes_out = bytes.Add({{"direction", "out"}});

  // Looking up a member of a family takes a lock: keep the members found.
  struct PerRoute {
    std::string label;
    Histogram* latency = nullptr;
    std::array<std::atomic<Counter*>, kStatusMax> by_status{};
  };
  std::vector<std::unique_ptr<PerRoute>> routes;
  std::array<Counter*, kShedReasons.size()> shed_by_reason{};

  Counter& requests_of(PerRoute& route, int status) {
    auto& slot = route.by_status[static_cast<size_t>(status)];
    auto* counter = slot.load(std::memory_order_acquire);
    if (counter == nullptr) {
      counter = &requests.Add({{"route", route.label}, {"status", std::to_string(status)}});
      slot.store(counter, std::memory_order_release);
    }
    return *counter;
  }
};

Metrics::Metrics(const std::vector<std::string>& route_labels) : impl_(std::make_unique<Impl>()) {
  for (const auto& label : route_labels) {
    auto route = std::make_unique<Impl::PerRoute>();
    route->label = label;
    route->latency = &impl_->latency.Add({{"route", label}}, kLatency);
    impl_->routes.push_back(std::move(route));
  }
  for (size_t i = 0; i < kShedReasons.size(); ++i)
    impl_->shed_by_reason[i] = &impl_->sheds.Add({{"reason", kShedReasons[i]}});
}

Metrics::~Metrics() = default;

void Metrics::record(const Sample& sample) {
  auto& route = *impl_->routes[sample.route];
  impl_->requests_of(route, sample.status).Increment();
  route.latency->Observe(std::chrono::duration<double>(sample.took).count());
  impl_->bytes_in.Increment(static_cast<double>(sample.bytes_in));
  impl_->bytes_out.Increment(static_cast<double>(sample.bytes_out));
}

void Metrics::shed(Shed reason) { impl_->shed_by_reason[static_cast<size_t>(reason)]->Increment(); }
void Metrics::request_begins() { impl_->in_flight.Increment(); }
void Metrics::request_ends() { impl_->in_flight.Decrement(); }
void Metrics::connection_opens() { impl_->connections.Increment(); }
void Metrics::connection_closes() { impl_->connections.Decrement(); }

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace modiste::http
