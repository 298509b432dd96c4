// bench_ann: modiste's ANN index beside hnswlib and brute force, in one run.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "base/rng.h"
#include "report.h"

namespace modiste::bench {
namespace {

struct Flags {
  std::string data = "/usr/share/datasets/fashion-mnist";
  std::string out = "bench-ann";
  std::string clusters;  // "1000000x128"
  size_t rows = 60'000, queries = 10'000, passes = 3;
  std::vector<size_t> expansions{10, 16, 24, 32, 48, 64, 96, 128, 192, 256};
  BuildOptions build;
  double recall_min = 0;  // of the first rival, ours, at the largest expansion
  bool quick = false;
};

std::string machine() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown processor";
}

Result<Dataset> load(const Flags& flags) {
  if (flags.clusters.empty()) return load_fashion_mnist(flags.data, flags.rows, flags.queries);
  size_t rows = 0, dimension = 0;
  if (std::sscanf(flags.clusters.c_str(), "%zux%zu", &rows, &dimension) != 2 || rows == 0 || dimension == 0)
    return Error{Code::kInvalid, "--clusters is not understood", flags.clusters, "ROWSxDIMENSION"};
  return draw_clusters(rows, dimension, flags.queries, 7);
}

void say(const std::string& line) { fmt::print(stderr, "{}\n", line); }

void measure_filters(std::span<const FilteredRival* const> rivals, const Dataset& data, Report& report) {
  constexpr size_t kQueries = 300;  // a rival without filters takes tens of milliseconds for each
  for (const double share : {0.5, 0.05, 0.005}) {
    Rng rng(static_cast<uint64_t>(share * 1000));
    SlotBits admitted(data.base.rows);
    for (size_t i = 0; i < data.base.rows; ++i)
      if (rng.chance(share)) admitted.set(static_cast<Slot>(i));
    const size_t count = std::min(kQueries, data.queries.rows);
    const Dataset some{
        data.name,
        data.base,
        {count,
         data.queries.dimension,
         {data.queries.values.begin(),
          data.queries.values.begin() + static_cast<ptrdiff_t>(count * data.queries.dimension)}}};
    const auto truth = true_neighbours(some, &admitted);
    for (const FilteredRival* rival : rivals)
      for (const size_t expansion : {size_t{32}, size_t{64}, size_t{128}}) {
        const Search search = [&](std::span<const float> query, std::span<uint32_t> out) {
          rival->search_admitted(query, expansion, admitted, out);
        };
        Point point = measure_one(search, some, truth, count);
        point.expansion = expansion;
        report.filtered.push_back({rival->name(), share, point});
      }
  }
}

Result<Done> run(const Flags& flags) {
  TRY_ASSIGN(const Dataset data, load(flags));
  Report report{data.name, machine(), data.queries.rows, flags.passes, flags.build, {}, {}, {}};
  const auto ours = make_modiste();
  const auto hnswlib = make_hnswlib();
  const auto exact = make_brute_force();
  const auto usearch = make_usearch();
  const std::vector<FilteredRival*> rivals{ours.get(), hnswlib.get(), usearch.get()};
  for (FilteredRival* rival : rivals) {
    say(fmt::format("building {} over {} ...", rival->name(), data.name));
    const BuildCost cost = measure_build(*rival, data.base, flags.build);
    report.curves.push_back(
        {rival->name(), rival->note(), cost, {}});  // the note knows its kernel once built
  }
  report.brute_force = {exact->name(), exact->note(), measure_build(*exact, data.base, flags.build), {}};

  say("finding the true neighbours ...");
  const auto truth = true_neighbours(data);
  const auto ask_exact = [&](std::span<const float> query, std::span<uint32_t> out) {
    exact->search(query, 0, out);
  };
  report.brute_force.points.push_back(measure_one(ask_exact, data, truth, 200));

  say(fmt::format("searching, {} passes over {} settings ...", flags.passes, flags.expansions.size()));
  measure_searches(std::vector<const Rival*>(rivals.begin(), rivals.end()), data, truth,
                   {flags.expansions, flags.passes}, report.curves);
  say("searching under filters ...");
  measure_filters(std::vector<const FilteredRival*>(rivals.begin(), rivals.end()), data, report);

  fmt::print("{}", as_text(report));
  TRY(write_report(report, flags.out));
  say(fmt::format("written: {}/ann.txt, ann.json", flags.out));
  const double recall = report.curves.front().points.back().recall;
  if (recall >= flags.recall_min) return kOk;
  return Error{Code::kConflict, fmt::format("recall {:.4f} at the largest expansion", recall), "--recall-min",
               fmt::format("at least {}", flags.recall_min)};
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  using modiste::bench::Flags;
  Flags flags;
  CLI::App app{
      "Nearest neighbours: modiste beside hnswlib and brute force, in one run.\n"
      "Recall against throughput at several expansions (ef), memory, and recall under filters."};
  app.add_option("--data", flags.data, "Folder of Fashion-MNIST's IDX files")->capture_default_str();
  app.add_option("--out", flags.out, "Folder for ann.txt and ann.json")->capture_default_str();
  app.add_option("--clusters", flags.clusters, "Drawn vectors instead of Fashion-MNIST, e.g. 1000000x128");
  app.add_option("--rows", flags.rows, "Rows to index, at most")->capture_default_str();
  app.add_option("--queries", flags.queries, "Queries")->capture_default_str();
  app.add_option("--passes", flags.passes, "Passes; medians are reported")->capture_default_str();
  app.add_option("--ef", flags.expansions, "Expansions to search with")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--m", flags.build.connectivity, "Links per node")->capture_default_str();
  app.add_option("--ef-construction", flags.build.expansion_add, "Expansion while building")
      ->capture_default_str();
  app.add_option("--threads", flags.build.threads, "Threads that build")->capture_default_str();
  app.add_option("--recall-min", flags.recall_min,
                 "Fails when modiste finds a smaller share of the true neighbours at the largest expansion");
  app.add_flag("--quick", flags.quick, "10,000 rows, 1,000 queries, few settings: a smoke test under 20 s");
  CLI11_PARSE(app, argc, argv);
  if (flags.quick) {
    flags.rows = 10'000;
    flags.queries = 1'000;
    flags.expansions = {10, 32, 96};
  }
  const auto done = modiste::bench::run(flags);
  if (!done.ok()) std::cerr << done.error().message() << '\n';
  return done.ok() ? 0 : 1;
}
