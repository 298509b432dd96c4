#include "measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "base/contains.h"
#include "parts/events.h"
#include "parts/garments.h"
#include "parts/load.h"

namespace modiste::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr size_t kQueries = 200;  // different ones; people repeat what others search for
constexpr size_t kUpserts = 20;
constexpr size_t kConnections = 32;

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

class Measurer {
 public:
  Measurer(const ScaleSize& size, const ServedShop& shop, Child& child, const MeasureOptions& options)
      : size_(size), shop_(shop), child_(child), options_(options) {
    Rng rng(11);
    for (size_t i = 0; i < kQueries; ++i) queries_.push_back(made_up_query(Vocabulary::standard(), rng));
  }

  Result<Done> run(ScaleFigures& figures) {
    const auto measure = [&](const std::string& kind, double rate, auto call) {
      if (options_.kinds.empty() || contains(options_.kinds, kind))
        figures.kinds.push_back(of_kind(kind, rate, call));
    };
    measure("personal", options_.rate, [this](size_t n) { return personal(n); });
    measure("similar", options_.rate, [this](size_t n) {
      return HttpCall{"GET",
                      fmt::format("/v1/garments/{}/similar?count=20", garment_id(mix64(n) % size_.garments))};
    });
    measure("search", options_.rate, [this](size_t n) {
      return HttpCall{"POST", "/v1/search",
                      fmt::format(R"({{"query":"{}","count":20}})", queries_[mix64(n) % kQueries])};
    });
    measure("outfits", options_.outfits_rate, [this](size_t n) { return outfits(n); });
    figures.loaded_mb = child_.resident_mb();
    if (!options_.kinds.empty()) return kOk;
    while_events_come(figures);
    TRY(put_garments(figures));
    figures.loaded_mb = child_.resident_mb();
    return kOk;
  }

 private:
  [[nodiscard]] HttpCall personal(size_t n) const {
    return {"POST", "/v1/recommendations",
            fmt::format(R"({{"shopper_id":"{}","count":20}})", shopper_id(mix64(n) % size_.shoppers))};
  }

  // Three outfits, by turns for no occasion, for work in autumn, and within a budget.
  [[nodiscard]] HttpCall outfits(size_t n) const {
    constexpr std::array<std::string_view, 3> kAsked{
        "", R"(,"context":{"occasion":"work","season":"autumn"})", R"(,"budget":250)"};
    return {"POST", "/v1/outfits",
            fmt::format(R"({{"shopper_id":"{}","count":3{}}})", shopper_id(mix64(n) % size_.shoppers),
                        kAsked[n % kAsked.size()])};
  }

  [[nodiscard]] LoadOptions load(std::function<HttpCall(size_t)> call, double rate, double seconds) const {
    LoadOptions load;
    load.port = shop_.port;
    load.requests_per_second = rate;
    load.seconds = seconds;
    load.connections = kConnections;
    load.call = std::move(call);
    return load;
  }

  KindFigures of_kind(const std::string& name, double rate, const std::function<HttpCall(size_t)>& call) {
    run_load(load(call, rate, std::min(3.0, options_.seconds)));  // warms up
    const double processor_before = child_.processor_seconds();
    const LoadReport report = run_load(load(call, rate, options_.seconds));
    KindFigures figures;
    figures.kind = name;
    figures.p50_ms = report.percentile(0.5);
    figures.p90_ms = report.percentile(0.9);
    figures.p99_ms = report.percentile(0.99);
    figures.p999_ms = report.percentile(0.999);
    figures.failed = report.failed;
    figures.processor_ms = 1'000 * (child_.processor_seconds() - processor_before) /
                           static_cast<double>(report.latency_ms.size() + report.failed);
    HighestRateOptions highest;
    highest.load = load(call, rate, options_.highest_seconds);
    figures.highest_per_s = highest_rate(highest);
    fmt::print(stderr,
               "  {}: p50 {:.1f} p99 {:.1f} ms, {:.1f} ms of processor, at most {:.0f}/s, {} failed\n", name,
               figures.p50_ms, figures.p99_ms, figures.processor_ms, figures.highest_per_s, figures.failed);
    return figures;
  }

  // As many events as one connection gets through beside personal questions at the usual rate.
  void while_events_come(ScaleFigures& figures) {
    std::atomic<bool> over{false};
    uint64_t sent = 0;
    const auto begun = Steady::now();
    std::thread sender([&] {
      Connection connection(shop_.port);
      const std::string name = fmt::format("m{}-", Steady::now().time_since_epoch().count());
      while (!over) {
        const auto body = event_batch({.name = name, .first = sent, .at = {}}, size_);
        if (connection.send({"POST", "/v1/events", body}).status == 202) sent += kEventsOfBatch;
      }
    });
    const LoadReport report = run_load(
        load([this](size_t n) { return personal(n); }, options_.rate, std::min(10.0, options_.seconds)));
    over = true;
    sender.join();
    figures.busy_events_per_s = 1'000 * static_cast<double>(sent) / ms_since(begun);
    figures.busy_p50_ms = report.percentile(0.5);
    figures.busy_p99_ms = report.percentile(0.99);
  }

  // New garments whose words must be embedded, each until it is found as its own neighbour's source; and the
  // stock of their variants.
  Result<Done> put_garments(ScaleFigures& figures) {
    Rng rng(13);
    Connection connection(shop_.port);
    std::vector<double> put_ms, stock_ms;
    for (size_t i = 0; i < kUpserts; ++i) {
      const Garment garment = made_up_garment(size_.garments + i, Vocabulary::standard(), rng);
      auto begun = Steady::now();
      auto put = connection.send({"PUT", "/v1/garments/" + garment.id, to_json_text(garment)});
      const auto similar = connection.send({"GET", "/v1/garments/" + garment.id + "/similar?count=5"});
      if (put.status / 100 != 2 || similar.status != 200)
        return Error{Code::kUnavailable, fmt::format("a garment was refused with {}", put.status), "",
                     put.body.substr(0, 500)};
      put_ms.push_back(ms_since(begun));
      begun = Steady::now();
      const auto patched =
          connection.send({"PATCH", "/v1/variants/" + garment.variants.front().sku, R"({"stock":3})"});
      if (patched.status != 200) return Error{Code::kUnavailable, "stock was refused", "", patched.body};
      stock_ms.push_back(ms_since(begun));
    }
    for (size_t i = 0; i < kUpserts; ++i)
      connection.send({"DELETE", "/v1/garments/" + garment_id(size_.garments + i)});
    std::sort(put_ms.begin(), put_ms.end());
    std::sort(stock_ms.begin(), stock_ms.end());
    figures.upsert_ms = put_ms[kUpserts / 2];
    figures.upsert_worst_ms = put_ms.back();
    figures.stock_ms = stock_ms[kUpserts / 2];
    return kOk;
  }

  ScaleSize size_;
  ServedShop shop_;
  Child& child_;
  MeasureOptions options_;
  std::vector<std::string> queries_;
};

}  // namespace

Result<ScaleFigures> measure_scale(const ScaleSize& size, const ServedShop& shop, const Made& made,
                                   const MeasureOptions& options) {
  ScaleFigures figures;
  figures.garments = size.garments;
  figures.shoppers = size.shoppers;
  figures.events = size.events;
  figures.made = made;
  TRY_ASSIGN(auto child, Child::serve(shop));
  figures.start_s = child.start_seconds();
  figures.start_mb = child.resident_mb();
  figures.start_anonymous_mb = child.anonymous_mb();
  fmt::print(stderr, "  start {:.1f} s, {:.0f} MB\n", figures.start_s, figures.start_mb);
  TRY(Measurer(size, shop, child, options).run(figures));
  figures.stop_s = child.stop();
  return figures;
}

}  // namespace modiste::bench
