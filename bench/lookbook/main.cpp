// The lookbook's hot paths: the last mile over a pool of 20, a whole answer of three looks, and a liked
// outfit until it is durable and in the profile.
//
//   bench_lookbook [--garments 2000] [--rounds 20000] [--likes 1000] [--p99-max-ms 1] [--quick]
//
// The real engine, database and log in a temporary directory. Fails when the last mile's p99 is above the
// limit.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <filesystem>

#include "io/posix_files.h"
#include "parts/garments.h"
#include "serving/lookbook/composed_looks.h"
#include "serving/lookbook/lookbook_night.h"
#include "serving/shop.h"
#include "storage/event_log/file_event_log.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste::bench {
namespace {

using Steady = std::chrono::steady_clock;

struct Arguments {
  size_t garments = 2'000, rounds = 20'000, likes = 1'000;
  double p99_max_ms = 1;
  bool quick = false;
};

constexpr size_t kShoppers = 200;

double ms_since(Steady::time_point begun) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begun).count();
}

// Prints and answers the p99.
double report(std::string_view what, std::vector<double> took) {
  std::sort(took.begin(), took.end());
  const auto at = [&](double share) {
    return took[static_cast<size_t>(share * static_cast<double>(took.size() - 1))];
  };
  fmt::print("{:<52} p50 {:7.4f} ms   p99 {:7.4f} ms   ({} times)\n", what, at(0.5), at(0.99), took.size());
  return at(0.99);
}

// Twenty looks of five pieces, some with lacks, and a shopper with a direction.
double bench_last_mile(size_t rounds) {
  Rng rng(7);
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(fmt::format("o{:016x}", rng.next()));
  std::vector<lookbook::MileLook> looks;
  for (size_t i = 0; i < ids.size(); ++i) {
    lookbook::MileLook look{ids[i], i >= 10, {}, {rng.uniform(), rng.uniform(), rng.uniform()}};
    for (const OutfitRole role :
         {OutfitRole::kTop, OutfitRole::kBottom, OutfitRole::kShoes, OutfitRole::kOuter, OutfitRole::kBag}) {
      lookbook::MilePiece piece{role, {}, rng.uniform(-1, 1), rng.uniform(-1, 1)};
      if (rng.chance(0.1)) piece.lacks.add(static_cast<lookbook::Lack>(rng.below(lookbook::kLacks)));
      look.pieces.push_back(piece);
    }
    looks.push_back(std::move(look));
  }
  std::vector<double> took;
  size_t shown = 0;
  for (size_t i = 0; i < rounds; ++i) {
    const auto begun = Steady::now();
    lookbook::MileInput input;
    input.looks = looks;
    input.evening = i % 2 == 0;
    input.shopper = {rng.uniform(-0.5, 0.5), 0.1, -0.1};
    input.seed = i;
    shown += lookbook::last_mile(input).order.size();
    took.push_back(ms_since(begun));
  }
  CHECK(shown > 0);
  return report("the last mile over a pool of 20", std::move(took));
}

Event like_of(EventType type, size_t number, size_t garments) {
  Event event;
  event.type = type;
  event.event_id = fmt::format("{}-{}", name_of(type), number);
  event.shopper_id = fmt::format("s{}", mix64(number) % kShoppers);
  if (type == EventType::kLike) {
    event.garment_id = garment_id(mix64(number + 1) % garments);
  } else {
    event.outfit_id = "o1";
    for (size_t i = 0; i < 4; ++i) event.garment_ids.push_back(garment_id(mix64(4 * number + i) % garments));
  }
  return event;
}

void bench_answers(Shop& shop, size_t rounds) {
  std::vector<double> took;
  for (size_t i = 0; i < rounds; ++i) {
    LooksRequest request;
    request.shopper_id = fmt::format("s{}", i % kShoppers);
    request.context.emplace();
    request.context->time_zone = "Europe/Berlin";
    const auto begun = Steady::now();
    const auto answer = shop.lookbook().looks(request);
    took.push_back(ms_since(begun));
    CHECK(answer.ok() && !answer->looks.empty() && answer->source);
  }
  report("three looks of the day: request to answer", std::move(took));
}

void bench_likes(Shop& shop, const Arguments& arguments) {
  std::vector<double> took;
  for (size_t i = 0; i < arguments.likes; ++i) {
    std::vector<Event> events{like_of(EventType::kOutfitComplete, i, arguments.garments)};
    const auto begun = Steady::now();
    const auto fates = shop.events().ingest(std::move(events));
    took.push_back(ms_since(begun));
    CHECK(fates.ok() && fates->front().ok());
  }
  report("a liked outfit of four, durable and in the profile", std::move(took));
}

int run(const Arguments& arguments, const std::filesystem::path& folder) {
  SystemClock clock;
  Rng rng(7);
  MemoryStore garments;
  std::vector<Garment> made;
  for (size_t i = 0; i < arguments.garments; ++i)
    made.push_back(made_up_garment(i, Vocabulary::standard(), rng));
  CHECK(garments.put(made).ok());
  auto stores = SqliteStore::open(folder / "modiste.db");
  CHECK(stores.ok());
  auto directory = PosixDirectory::open_or_create(folder / "log");
  CHECK(directory.ok());
  auto log = FileEventLog::open(std::move(directory).value());
  CHECK(log.ok());
  ShopPorts ports{.clock = clock, .log = **log, .garments = garments, .subjects = **stores};
  ports.looks = stores->get();
  Shop shop(ports, Vocabulary::standard());
  CHECK(shop.load().ok());
  std::vector<Event> events;
  for (size_t i = 0; i < 10 * kShoppers; ++i)
    events.push_back(like_of(EventType::kLike, i, arguments.garments));
  CHECK(shop.events().ingest(std::move(events)).ok());
  ComposedLooks composer(shop.lookbook());
  const auto night = run_night(shop.lookbook(), composer, clock.now(), NightScope::kAll);
  CHECK(night.ok());
  fmt::print("{}", to_text(*night));
  const double p99 = bench_last_mile(arguments.rounds);
  bench_answers(shop, arguments.rounds / 10);
  bench_likes(shop, arguments);
  if (p99 <= arguments.p99_max_ms) return 0;
  fmt::print("the last mile's p99 is above {} ms\n", arguments.p99_max_ms);
  return 1;
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  modiste::bench::Arguments arguments;
  CLI::App app("The lookbook's hot paths");
  app.add_option("--garments", arguments.garments, "Made-up garments (2000)");
  app.add_option("--rounds", arguments.rounds, "Last miles (20000)");
  app.add_option("--likes", arguments.likes, "Liked outfits (1000)");
  app.add_option("--p99-max-ms", arguments.p99_max_ms, "Limit of the last mile (1)");
  app.add_flag("--quick", arguments.quick, "Few of each, for ./check");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) arguments.rounds = 2'000, arguments.likes = 100, arguments.garments = 600;
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("modiste-lookbook-{}", ::getpid());
  std::filesystem::create_directories(folder);
  const int status = modiste::bench::run(arguments, folder);
  std::filesystem::remove_all(folder);
  return status;
}
