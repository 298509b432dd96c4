// Events into a durable log over HTTP: throughput, and how long it takes until one like is durable
// and in the profile.
//
//   bench_ingest [--events 150000] [--batch 500] [--connections 4] [--shoppers 5000] [--likes 2000] [--quick]
//
// The real server, engine, database and log in a temporary directory; the load generator runs in the same
// process. A batch is acknowledged when it is on disk and folded into every shopper's profile.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "base/mutex.h"
#include "http/server.h"
#include "http/shop_routes.h"
#include "io/posix_files.h"
#include "parts/connection.h"
#include "parts/events.h"
#include "parts/garments.h"
#include "storage/event_log/file_event_log.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste::bench {
namespace {

using Steady = std::chrono::steady_clock;

struct Arguments {
  size_t events = 150'000, batch = 500, connections = 4, shoppers = 5'000, likes = 2'000;
  bool quick = false;
};

constexpr size_t kGarments = 2'000;

std::vector<Garment> made_up_garments(Rng& rng) {
  std::vector<Garment> garments;
  for (size_t i = 0; i < kGarments; ++i) garments.push_back(made_up_garment(i, Vocabulary::standard(), rng));
  return garments;
}

// True if the whole batch was accepted.
bool post(Connection& connection, const std::string& body) {
  const HttpReply reply = connection.send({"POST", "/v1/events", body});
  return reply.status == 202 && reply.body.find(R"("refused":[])") != std::string::npos;
}

double seconds_since(Steady::time_point start) {
  return std::chrono::duration<double>(Steady::now() - start).count();
}

double ingest(uint16_t port, const std::vector<std::string>& bodies, size_t connections, size_t& failed) {
  std::atomic<size_t> next{0}, bad{0};
  const auto started = Steady::now();
  std::vector<std::thread> threads;
  for (size_t i = 0; i < connections; ++i)
    threads.emplace_back([&] {
      Connection connection(port);
      for (size_t n = next++; n < bodies.size(); n = next++)
        if (!post(connection, bodies[n])) ++bad;
    });
  for (auto& thread : threads) thread.join();
  failed = bad;
  return seconds_since(started);
}

// One like at a time from each of two connections, as in swiping.
std::vector<double> likes(uint16_t port, const Arguments& arguments) {
  std::vector<double> latencies;
  Mutex mutex;
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 2; ++t)
    threads.emplace_back([&, t] {
      Connection connection(port);
      std::vector<double> mine;
      for (size_t i = 0; i < arguments.likes / 2; ++i) {
        const auto body = fmt::format(
            R"({{"events":[{{"event_id":"l{0}-{1}","type":"like","shopper_id":"s{2}","garment_id":"{3}"}}]}})",
            t, i, mix64(i) % arguments.shoppers, garment_id(mix64(i + 7) % kGarments));
        const auto started = Steady::now();
        if (post(connection, body)) mine.push_back(1000 * seconds_since(started));
      }
      const MutexLock lock(mutex);
      latencies.insert(latencies.end(), mine.begin(), mine.end());
    });
  for (auto& thread : threads) thread.join();
  std::sort(latencies.begin(), latencies.end());
  return latencies;
}

int run(const Arguments& arguments) {
  Rng rng(7);
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("modiste-ingest-{}", ::getpid());
  std::filesystem::create_directories(folder);
  int status = 1;
  {
    SystemClock clock;
    MemoryStore garments;
    CHECK(garments.put(made_up_garments(rng)).ok());
    auto subjects = SqliteStore::open(folder / "modiste.db");
    CHECK(subjects.ok());
    auto directory = PosixDirectory::open_or_create(folder / "log");
    CHECK(directory.ok());
    auto log = FileEventLog::open(std::move(directory).value());
    CHECK(log.ok());
    Shop shop({.clock = clock,
               .log = **log,
               .garments = garments,
               .subjects = **subjects,
               .letters = subjects->get()},
              Vocabulary::standard());
    CHECK(shop.load().ok());
    http::ServerOptions options;
    options.port = 0;
    options.service.log = std::make_shared<spdlog::logger>("quiet");
    auto server = http::Server::start(http::shop_router(&shop), options);
    CHECK(server.ok());

    std::vector<std::string> bodies;
    size_t bytes = 0;
    for (size_t made = 0; made < arguments.events;) {
      std::string body = R"({"events":[)";
      for (size_t i = 0; i < arguments.batch; ++i) {
        if (i > 0) body += ',';
        const std::string id = fmt::format("b{}", made++);
        const size_t who = rng.below(arguments.shoppers);
        body += made_up_event({.id = id, .shopper = who, .visit = who, .at = {}}, kGarments, rng);
      }
      bodies.push_back(body + "]}");
      bytes += bodies.back().size();
    }
    const size_t events = bodies.size() * arguments.batch;
    const std::vector<std::string> warm(bodies.begin(),
                                        bodies.begin() + static_cast<long>(bodies.size() / 10));
    bodies.erase(bodies.begin(), bodies.begin() + static_cast<long>(warm.size()));
    size_t failed_warm = 0, failed = 0;
    ingest((*server)->port(), warm, arguments.connections, failed_warm);
    const double seconds = ingest((*server)->port(), bodies, arguments.connections, failed);
    const auto latency = likes((*server)->port(), arguments);
    const auto at = [&](double share) {
      return latency[static_cast<size_t>(share * static_cast<double>(latency.size() - 1))];
    };
    fmt::print(
        "{} events in batches of {} over {} connections, {} shoppers, {:.0f} bytes an event:\n"
        "  {:.0f} events/s durable and folded   {} batches failed\n",
        events, arguments.batch, arguments.connections, arguments.shoppers,
        static_cast<double>(bytes) / static_cast<double>(events),
        static_cast<double>(bodies.size() * arguments.batch) / seconds, failed + failed_warm);
    fmt::print(
        "one like, over HTTP, durable and in the next answer:\n  p50 {:.2f} ms   p99 {:.2f} ms   max {:.2f} "
        "ms\n",
        at(0.5), at(0.99), at(1));
    status = failed + failed_warm == 0 && latency.size() == arguments.likes / 2 * 2 ? 0 : 1;
  }
  std::filesystem::remove_all(folder);
  return status;
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  modiste::bench::Arguments arguments;
  CLI::App app{"Events over HTTP into a durable log"};
  app.add_option("--events", arguments.events)->check(CLI::Range(1'000, 100'000'000));
  app.add_option("--batch", arguments.batch)->check(CLI::Range(1, 1'000));
  app.add_option("--connections", arguments.connections)->check(CLI::Range(1, 256));
  app.add_option("--shoppers", arguments.shoppers)->check(CLI::Range(1, 10'000'000));
  app.add_option("--likes", arguments.likes)->check(CLI::Range(2, 1'000'000));
  app.add_flag("--quick", arguments.quick, "a smoke test: 20,000 events");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) {
    arguments.events = 20'000;
    arguments.likes = 200;
  }
  return modiste::bench::run(arguments);
}
