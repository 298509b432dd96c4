// The cost of a day of the event log before and after it is sealed, in one run on one disk.
//
//   bench_log [--events 500000] [--row-group 2048] [--threads 1] [--quick]
//
// Events are generated in a typical mix: impressions of twelve, views, swipes, a few purchases. "read 100"
// reads a hundred events spread over the day, as when one shopper is refolded.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "base/rng.h"
#include "storage/sealed_log/sealed_log.h"

namespace modiste::bench {
namespace {

constexpr size_t kBatch = 500, kReads = 20, kReadEvents = 100;
constexpr size_t kShoppers = 5'000, kGarments = 20'000;
const Day kDay = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);

struct Arguments {
  size_t events = 500'000;
  DayFileOptions day_file;
  bool quick = false;
};

std::string hex_id(uint64_t number) {
  return fmt::format("{:016x}{:016x}", number * 0x9e3779b97f4a7c15, ~number * 0xc2b2ae3d27d4eb4f);
}

Event made_up(size_t number, Rng& rng) {
  Event event;
  event.event_id = hex_id(number + (uint64_t{1} << 40));
  event.shopper_id = hex_id(rng.below(kShoppers));
  event.request_id = fmt::format("r{:016x}", rng.next());
  event.occurred_at = TimePoint(kDay) + Micros(number * 100'000 + rng.below(50'000));
  const auto garment = [&] { return fmt::format("MH{:05}", rng.below(kGarments)); };
  if (rng.chance(0.15)) {
    event.type = EventType::kImpression;
    for (int i = 0; i < 12; ++i)
      event.items.push_back({garment(), "Navy", i, static_cast<float>(rng.uniform(0.01, 1))});
    return event;
  }
  event.garment_id = garment();
  event.colour = rng.chance(0.5) ? "Navy" : "Olive";
  event.type = EventType::kProductView;
  if (rng.chance(0.4)) event.type = rng.chance(0.4) ? EventType::kLike : EventType::kPass;
  if (event.type == EventType::kProductView) event.dwell_ms = static_cast<double>(rng.below(30'000));
  if (rng.chance(0.02)) {
    event.type = EventType::kPurchase;
    event.sku = event.garment_id + "-M";
    event.quantity = 1;
    event.price = 49.9;
  }
  return event;
}

// CPU seconds of this process, all threads: on a shared machine the wall clock would include other processes.
template <class Work>
double seconds_of(const Work& work) {
  const std::clock_t start = std::clock();
  const auto done = work();
  if (!done.ok()) fmt::print(stderr, "{}\n", done.error().message());
  CHECK(done.ok());
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void append_all(SealedLog& log, const Arguments& arguments) {
  Rng rng(7);
  std::vector<std::vector<Event>> batches;
  for (size_t number = 0; number < arguments.events; ++number) {
    if (number % kBatch == 0) batches.emplace_back();
    batches.back().push_back(made_up(number, rng));
  }
  const double seconds = seconds_of([&]() -> Result<Done> {
    for (size_t i = 0; i < batches.size(); ++i) TRY(log.append(batches[i], TimePoint(kDay) + Micros(i)));
    return kOk;
  });
  fmt::print("All times are CPU times; waiting for the disk is not included.\n");
  fmt::print("append, batches of {}, one thread      {:>10.0f} events/s\n", kBatch,
             static_cast<double>(arguments.events) / seconds);
}

void measure_reading(const SealedLog& log, std::string_view what, uint64_t bytes) {
  const auto events = static_cast<double>(log.size());
  uint64_t seen = 0;
  const auto count = [&](const LoggedEvent&) -> Result<Done> { return ++seen, kOk; };
  const double replay = seconds_of([&] { return log.replay(LogPosition::begin(), count); });
  CHECK(seen == log.size());
  Rng rng(11);
  std::vector<double> reads;
  for (size_t i = 0; i < kReads; ++i) {
    std::set<uint64_t> chosen;
    while (chosen.size() < std::min<uint64_t>(kReadEvents, log.size())) chosen.insert(rng.below(log.size()));
    std::vector<LogPosition> positions;
    for (const uint64_t number : chosen) positions.push_back(LogPosition::of(number));
    reads.push_back(seconds_of([&] { return log.read(positions, count); }));
  }
  fmt::print("{:<7} {:>6.1f} bytes/event, replay {:>8.0f} events/s, ", what,
             static_cast<double>(bytes) / events, events / replay);
  std::sort(reads.begin(), reads.end());
  fmt::print("read {}: median {:.1f} ms, slowest {:.1f} ms\n", kReadEvents, reads[kReads / 2] * 1e3,
             reads.back() * 1e3);
}

void run(const Arguments& arguments, const std::filesystem::path& folder) {
  SealedLogOptions options;
  options.day_file = arguments.day_file;
  auto opened = SealedLog::open(folder, options);
  CHECK(opened.ok());
  const auto log = std::move(opened).value();
  append_all(*log, arguments);
  measure_reading(*log, "hot", log->status().value().hot_bytes);
  const double seal = seconds_of([&] { return log->seal_before(kDay + std::chrono::days(1)); });
  fmt::print("seal, written and read back              {:>10.0f} events/s\n",
             static_cast<double>(arguments.events) / seal);
  measure_reading(*log, "sealed", log->status().value().days.at(0).bytes);
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  modiste::bench::Arguments arguments;
  CLI::App app{"Cost of a day of the event log, hot and sealed"};
  app.add_option("--events", arguments.events, "How many (500000)")->check(CLI::Range(1'000, 50'000'000));
  app.add_option("--row-group", arguments.day_file.row_group_events,
                 "Events a Parquet row group holds (2048)");
  app.add_option("--threads", arguments.day_file.duckdb.threads, "DuckDB's (1)")->check(CLI::Range(1, 64));
  app.add_flag("--quick", arguments.quick, "5,000 events: a smoke test");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) arguments.events = 5'000;
  std::string folder = (std::filesystem::temp_directory_path() / "bench-log-XXXXXX").string();
  CHECK(::mkdtemp(folder.data()) != nullptr);
  modiste::bench::run(arguments, folder);
  std::filesystem::remove_all(folder);
  return 0;
}
