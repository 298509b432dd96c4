// What grows with the catalog and with the shoppers: the program itself on data of several sizes.
//
//   bench_scale --garments 10000 100000 1000000 --shoppers 10000 100000 100000 --events 100000 1000000
//   1000000
//               --dir DIR [--program modiste] [--rate 100] [--outfits-rate 20] [--seconds 20]
//               [--kinds outfits] [--make-only] [--table] [--quick]
//
// Each size has a folder of its own under DIR, made once (data.h) and measured at every run: `modiste serve`
// is a child process, this process is the load. Latency counts from the scheduled time of a request. The
// table lists all sizes that were ever measured there; figures.json beside each says the same.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>

#include "data.h"
#include "measure.h"
#include "report.h"

namespace modiste::bench {
namespace {

struct Arguments {
  std::vector<uint64_t> garments{10'000, 100'000}, shoppers{10'000, 100'000}, events{100'000, 1'000'000};
  std::filesystem::path dir, program;
  uint16_t port = 9'210;
  MeasureOptions measure;
  bool make_only = false, table = false, quick = false;
};

Result<Done> run_size(const ScaleSize& size, const Arguments& arguments) {
  ServedShop shop;
  shop.program = arguments.program;
  shop.port = arguments.port;
  shop.data = arguments.dir / fmt::format("{}-{}-{}", size.garments, size.shoppers, size.events);
  fmt::print(stderr, "{} garments, {} shoppers, {} events in {}\n", size.garments, size.shoppers, size.events,
             shop.data.string());
  TRY_ASSIGN(const auto made, make_scale_data(size, shop));
  if (arguments.make_only) return kOk;
  TRY_ASSIGN(const auto figures, measure_scale(size, shop, made, arguments.measure));
  return arguments.measure.kinds.empty() ? write_figures(shop.data, figures) : Result<Done>(kOk);
}

Result<Done> run(const Arguments& arguments) {
  for (size_t i = 0; !arguments.table && i < arguments.garments.size(); ++i)
    TRY(run_size({arguments.garments[i], arguments.shoppers[i], arguments.events[i]}, arguments));
  if (arguments.make_only || !arguments.measure.kinds.empty()) return kOk;
  TRY_ASSIGN(const auto sizes, read_all_figures(arguments.dir));
  print_table(sizes);
  uint64_t failed = 0;
  for (const auto& size : sizes)
    for (const auto& kind : size.kinds) failed += kind.failed;
  if (failed > 0) return Error{Code::kUnavailable, fmt::format("{} requests failed", failed), "", ""};
  return kOk;
}

// Beside this program in its build folder.
std::filesystem::path built_program() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "../../src/apps/modiste/modiste";
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  namespace bench = modiste::bench;
  bench::Arguments arguments;
  arguments.program = bench::built_program();
  CLI::App app{"What grows with the catalog and with the shoppers"};
  app.add_option("--garments", arguments.garments, "of each size")->check(CLI::Range(100, 10'000'000));
  app.add_option("--shoppers", arguments.shoppers, "of each size")->check(CLI::Range(1, 10'000'000));
  app.add_option("--events", arguments.events, "of each size")->check(CLI::Range(500, 1'000'000'000));
  app.add_option("--dir", arguments.dir, "the data, made where it is missing");
  app.add_option("--program", arguments.program, "modiste")->check(CLI::ExistingFile);
  app.add_option("--port", arguments.port, "that the program serves on");
  app.add_option("--rate", arguments.measure.rate, "requests a second")->check(CLI::Range(1.0, 100'000.0));
  app.add_option("--seconds", arguments.measure.seconds, "of each latency")->check(CLI::Range(0.5, 600.0));
  app.add_option("--outfits-rate", arguments.measure.outfits_rate, "outfits' requests a second")
      ->check(CLI::Range(1.0, 100'000.0));
  app.add_option("--kinds", arguments.measure.kinds,
                 "what to measure, and nothing else; figures.json stays as it is")
      ->check(CLI::IsMember({"personal", "similar", "search", "outfits"}));
  app.add_option("--highest-seconds", arguments.measure.highest_seconds,
                 "of each rate that is tried for the highest")
      ->check(CLI::Range(0.2, 600.0));
  app.add_flag("--make-only", arguments.make_only, "makes the data and measures nothing");
  app.add_flag("--table", arguments.table, "prints what was measured before");
  app.add_flag("--quick", arguments.quick, "a smoke test: 2,000 garments in a folder of its own");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) {
    arguments.garments = {2'000};
    arguments.shoppers = {200};
    arguments.events = {2'000};
    arguments.measure = {50, 1, 10, 0.3, {}};
    arguments.dir = std::filesystem::temp_directory_path() / fmt::format("modiste-scale-{}", ::getpid());
  }
  modiste::Result<modiste::Done> done = modiste::kOk;
  if (arguments.dir.empty())
    done = modiste::Error{modiste::Code::kInvalid, "no folder for the data", "--dir", "a folder"};
  else if (arguments.shoppers.size() != arguments.garments.size() ||
           arguments.events.size() != arguments.garments.size())
    done = modiste::Error{modiste::Code::kInvalid, "the sizes do not fit together", "",
                          "as many numbers for --shoppers and --events as for --garments"};
  else
    done = bench::run(arguments);
  if (arguments.quick) std::filesystem::remove_all(arguments.dir);
  if (done.ok()) return 0;
  fmt::print(stderr, "bench_scale: {}\n", done.error().message());
  return 1;
}
