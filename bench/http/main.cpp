// Latency of personal recommendations over HTTP: the real server and engine on a synthetic
// catalog, load generator included.
//
//   bench_http [--garments 100000] [--shoppers 2000] [--rate 50] [--seconds 20] [--told] [--search QUERY]
//   [--outfits]
//              [--quick]
//
// Garments have real vocabulary attributes and vectors in clusters, so that the sources do as much work as in
// a real shop. Events stay in memory: the request path reads no disk. Latency counts from the scheduled time
// of a request.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <fstream>
#include <iostream>

#include "http/server.h"
#include "http/shop_routes.h"
#include "parts/garments.h"
#include "parts/load.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"

namespace modiste::bench {
namespace {

constexpr size_t kDimension = 128;

struct Arguments {
  size_t garments = 100'000, shoppers = 2'000;
  double rate = 50, seconds = 20;
  bool told = false;   // shoppers who answered the quiz, and an occasion in every request
  std::string search;  // a query; empty: recommendations are asked for
  bool outfits = false;
  bool quick = false;
};

constexpr const char* kEncoderId = "bench-1";

// Only its identity and dimension are used: the vectors are generated here.
class MadeUpEncoder final : public Encoder {
 public:
  [[nodiscard]] std::string id() const override { return kEncoderId; }
  [[nodiscard]] size_t dimension() const override { return kDimension; }
  Result<std::vector<ImageUnderstanding>> encode_images(std::span<const RgbImage>) override {
    return unable();
  }
  Result<std::vector<Vector>> encode_texts(std::span<const std::string>) override { return unable(); }

 private:
  static Error unable() { return {Code::kUnavailable, "the bench has no networks", "", ""}; }
};

void fill(MemoryStore& store, const Arguments& arguments, Rng& rng) {
  const Vocabulary& words = Vocabulary::standard();
  const MadeUpVectors vectors(kDimension, rng);
  for (size_t done = 0; done < arguments.garments;) {
    std::vector<Garment> garments;
    std::vector<StoredEmbedding> embeddings;
    for (; garments.size() < 1'000 && done < arguments.garments; ++done) {
      garments.push_back(made_up_garment(done, words, rng));
      embeddings.push_back({garments.back().id, "Colour", 1, vectors.draw(rng), {}, {}, kEncoderId});
    }
    CHECK(store.put(garments).ok());
    CHECK(store.put_embeddings(embeddings).ok());
  }
}

// A department, a size and a budget that few garments meet together: what costs retrieval most.
QuizAnswers narrow_answers() {
  QuizAnswers answers;
  answers.departments = {"women"};
  answers.sizes = {"M"};
  answers.budget_max = 40;
  return answers;
}

void teach(Shop& shop, const Arguments& arguments, Rng& rng) {
  size_t next = 0;
  for (size_t shopper = 0; shopper < arguments.shoppers; ++shopper) {
    std::vector<Event> events;
    if (arguments.told) {
      Event& quiz = events.emplace_back();
      quiz.event_id = fmt::format("q{}", shopper);
      quiz.type = EventType::kQuiz;
      quiz.shopper_id = fmt::format("s{}", shopper);
      quiz.quiz = narrow_answers();
    }
    for (int i = 0; i < 25; ++i) {
      Event event;
      event.event_id = fmt::format("e{}", next++);
      event.type = rng.chance(0.4) ? EventType::kLike : EventType::kPass;
      event.shopper_id = fmt::format("s{}", shopper);
      event.garment_id = garment_id(rng.below(arguments.garments));
      events.push_back(std::move(event));
    }
    CHECK(shop.events().ingest(std::move(events)).ok());
  }
}

double resident_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int run(const Arguments& arguments) {
  Rng rng(7);
  ManualClock clock(TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)));
  MemoryEventLog log;
  MemoryStore store;
  MadeUpEncoder encoder;
  auto started = std::chrono::steady_clock::now();
  fill(store, arguments, rng);
  fmt::print("generated {} garments in {:.0f} s\n", arguments.garments, seconds_since(started));
  started = std::chrono::steady_clock::now();
  Shop shop({.clock = clock,
             .log = log,
             .garments = store,
             .subjects = store,
             .encoder = &encoder,
             .letters = &store},
            Vocabulary::standard());
  CHECK(shop.load().ok());
  fmt::print("loaded and indexed in {:.0f} s\n", seconds_since(started));
  teach(shop, arguments, rng);

  http::ServerOptions options;
  options.port = 0;
  options.service.log = std::make_shared<spdlog::logger>("quiet");
  auto server = http::Server::start(http::shop_router(&shop), options);
  CHECK(server.ok());
  LoadOptions load;
  load.port = (*server)->port();
  const std::string path = arguments.outfits          ? "/v1/outfits"
                           : arguments.search.empty() ? "/v1/recommendations"
                                                      : "/v1/search";
  load.requests_per_second = arguments.rate;
  load.seconds = arguments.seconds;
  const std::string asked = !arguments.search.empty() ? fmt::format(R"(,"query":"{}")", arguments.search)
                            : arguments.told          ? R"(,"context":{"occasion":"wedding"})"
                                                      : "";
  const int count = arguments.outfits ? 3 : 20;
  load.call = [&](size_t n) {
    return HttpCall{
        "POST", path,
        fmt::format(R"({{"shopper_id":"s{}","count":{}{}}})", mix64(n) % arguments.shoppers, count, asked)};
  };
  LoadOptions warm = load;
  warm.seconds = std::min(3.0, arguments.seconds);
  run_load(warm);
  const LoadReport report = run_load(load);
  fmt::print(
      "\nPOST {}{}, {} garments, {} shoppers of 25 swipes, {} requests/s for {} s:\n"
      "  p50 {:.2f} ms   p90 {:.2f} ms   p99 {:.2f} ms   max {:.2f} ms   {} answered, {} failed\n  resident "
      "memory {:.0f} MB\n",
      path, asked, arguments.garments, arguments.shoppers, arguments.rate, arguments.seconds,
      report.percentile(0.5), report.percentile(0.9), report.percentile(0.99), report.percentile(1),
      report.latency_ms.size(), report.failed, resident_mb());
  return report.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  modiste::bench::Arguments arguments;
  CLI::App app{"Latency of recommendations over HTTP"};
  app.add_option("--garments", arguments.garments)->check(CLI::Range(100, 10'000'000));
  app.add_option("--shoppers", arguments.shoppers)->check(CLI::Range(1, 1'000'000));
  app.add_option("--rate", arguments.rate, "requests a second")->check(CLI::Range(0.1, 100'000.0));
  app.add_option("--seconds", arguments.seconds)->check(CLI::Range(0.1, 600.0));
  app.add_flag("--told", arguments.told,
               "shoppers have answered the quiz, and every request tells an occasion");
  app.add_option("--search", arguments.search, "a query: searches instead of recommendations");
  app.add_flag("--outfits", arguments.outfits, "three outfits instead of twenty garments")
      ->excludes("--search");
  app.add_flag("--quick", arguments.quick, "a smoke test: 5,000 garments for 3 s");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) {
    arguments.garments = 5'000;
    arguments.shoppers = 200;
    arguments.seconds = 3;
  }
  return modiste::bench::run(arguments);
}
