// Processor time of a request of each kind as the catalog grows: the engine in this process, without HTTP.
//
//   bench_growth [--garments 10000 100000] [--requests 100] [--kinds personal told ...] [--stages] [--json
//   FILE]
//
// Processor time of the asking thread, because wall time on a shared machine measures the neighbours. Each
// request is asked `--passes` times and the least counts. Beside it the instructions, where the kernel lets a
// program count its own: other programs do not change them.
#include <fmt/format.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>

#include "base/check.h"
#include "parts/made_up_shop.h"

namespace modiste::bench {
namespace {

struct Arguments {
  std::vector<size_t> garments{10'000, 100'000};
  std::vector<std::string> kinds;  // empty: all
  bool stages = false;
  size_t shoppers = 2'000, requests = 100, passes = 3;
  std::string json;
  bool quick = false;
};

struct Figures {
  size_t garments = 0;
  std::string kind;
  double mean_us = 0, p50_us = 0, p99_us = 0;
  double instructions = 0;  // mean; 0: not counted
};

// Counts the instructions of this thread outside the kernel.
class InstructionCount {
 public:
  InstructionCount() {
    perf_event_attr counted{};
    counted.type = PERF_TYPE_HARDWARE;
    counted.size = sizeof counted;
    counted.config = PERF_COUNT_HW_INSTRUCTIONS;
    counted.exclude_kernel = 1;
    counted.exclude_hv = 1;
    file_ = static_cast<int>(syscall(SYS_perf_event_open, &counted, 0, -1, -1, 0));
  }
  InstructionCount(const InstructionCount&) = delete;
  InstructionCount& operator=(const InstructionCount&) = delete;
  ~InstructionCount() {
    if (file_ >= 0) ::close(file_);
  }
  // Until now; 0 where the kernel refuses.
  [[nodiscard]] double now() const {
    uint64_t count = 0;
    return file_ >= 0 && ::read(file_, &count, sizeof count) == sizeof count ? static_cast<double>(count) : 0;
  }

 private:
  int file_ = -1;
};

double processor_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

using Ask = std::function<bool(size_t)>;  // the n-th request; false: it failed

// The kinds of requests, each asked of the same shop.
class Asker {
 public:
  Asker(Shop& shop, const Arguments& arguments, size_t garments)
      : shop_(shop), shoppers_(arguments.shoppers), garments_(garments) {
    Rng rng(11);
    for (size_t i = 0; i < 200; ++i) queries_.push_back(made_up_query(Vocabulary::standard(), rng));
  }

  [[nodiscard]] std::vector<std::pair<std::string, Ask>> kinds() {
    return {{"personal", [this](size_t n) { return personal(n); }},
            {"narrow", [this](size_t n) { return narrow(n); }},
            {"occasion", [this](size_t n) { return occasion(n); }},
            {"newcomer", [this](size_t n) { return newcomer(n); }},
            {"similar", [this](size_t n) { return similar(n); }},
            {"search", [this](size_t n) { return search(queries_[mix64(n) % queries_.size()]); }},
            {"search-under",
             [this](size_t n) { return search(queries_[mix64(n) % queries_.size()] + " under 30"); }},
            {"outfits", [this](size_t n) { return outfits(n, std::nullopt); }},
            {"outfits-budget", [this](size_t n) { return outfits(n, 120); }}};
  }

  // Mean milliseconds of each stage, and of each source within the first, of the recommendations since the
  // last call.
  void print_stages() {
    for (const auto& [name, ms] : ms_of_) fmt::print("{:>40} {:.3f} ms\n", name, ms / asked_);
    ms_of_.clear();
    asked_ = 0;
  }

 private:
  bool recommend(const RecommendRequest& asked) {
    const auto answer = shop_.recommender().recommend(asked);
    if (!answer.ok()) return false;
    for (const StageTime& stage : answer->debug->stages) ms_of_["stage " + stage.name] += stage.took_ms;
    for (const SourceTrace& source : answer->debug->sources)
      ms_of_["source " + source.name] += source.took_ms;
    ++asked_;
    return true;
  }
  [[nodiscard]] std::string shopper(size_t n) const { return swiper_id(mix64(n) % shoppers_); }
  bool personal(size_t n) {
    RecommendRequest asked;
    asked.shopper_id = shopper(n);
    return recommend(asked);
  }
  // One kind of garment for women at a price: a garment in a few hundred.
  bool narrow(size_t n) {
    RecommendRequest asked;
    asked.shopper_id = shopper(n);
    asked.filter.categories = {"dress"};
    asked.filter.departments = {"women"};
    asked.filter.price_max = 60;
    return recommend(asked);
  }
  bool occasion(size_t n) {
    RecommendRequest asked;
    asked.shopper_id = shopper(n);
    asked.context.emplace().occasion = Occasion::kWedding;
    return recommend(asked);
  }
  bool newcomer(size_t n) {
    RecommendRequest asked;
    asked.shopper_id = fmt::format("new{}", n);
    return recommend(asked);
  }
  bool similar(size_t n) {
    SimilarRequest asked;
    asked.garment_id = garment_id(mix64(n) % garments_);
    return shop_.search().similar(asked).ok();
  }
  bool search(const std::string& query) {
    SearchRequest asked;
    asked.query = query;
    return shop_.search().by_words(asked).ok();
  }
  bool outfits(size_t n, std::optional<double> budget) {
    OutfitRequest asked;
    asked.shopper_id = shopper(n);
    asked.budget = budget;
    return shop_.outfits().compose(asked).ok();
  }

  Shop& shop_;
  size_t shoppers_, garments_;
  std::vector<std::string> queries_;
  std::map<std::string, double> ms_of_;
  double asked_ = 0;
};

Figures measure(const std::string& kind, const Ask& ask, const Arguments& arguments) {
  for (size_t n = 0; n < std::min<size_t>(10, arguments.requests); ++n) CHECK(ask(n));
  const InstructionCount counter;
  const double counted_before = counter.now();
  std::vector<double> least(arguments.requests, 1e12);
  for (size_t pass = 0; pass < arguments.passes; ++pass)
    for (size_t n = 0; n < least.size(); ++n) {
      const double before = processor_us();
      CHECK(ask(n));
      least[n] = std::min(least[n], processor_us() - before);
    }
  Figures figures;
  figures.kind = kind;
  figures.instructions =
      (counter.now() - counted_before) / static_cast<double>(arguments.requests * arguments.passes);
  for (const double us : least) figures.mean_us += us / static_cast<double>(least.size());
  std::sort(least.begin(), least.end());
  figures.p50_us = least[least.size() / 2];
  figures.p99_us = least[least.size() - 1 - least.size() / 100];
  return figures;
}

void run_size(size_t garments, const Arguments& arguments, std::vector<Figures>& all) {
  MadeUpShop made({garments, arguments.shoppers});
  Asker asker(made.shop(), arguments, garments);
  for (const auto& [kind, ask] : asker.kinds()) {
    if (!arguments.kinds.empty() &&
        std::find(arguments.kinds.begin(), arguments.kinds.end(), kind) == arguments.kinds.end())
      continue;
    all.push_back(measure(kind, ask, arguments));
    all.back().garments = garments;
    fmt::print("{:>9} {:<15} {:>9.0f} {:>9.0f} {:>9.0f} {:>12.1f}\n", garments, kind, all.back().mean_us,
               all.back().p50_us, all.back().p99_us, all.back().instructions / 1e6);
    if (arguments.stages) asker.print_stages();
    std::fflush(stdout);
  }
}

// {"personal@10000": {"us": 1234.5, "instructions": 4567890}, ...}: what bench/compare reads.
void write_json(const std::string& path, const std::vector<Figures>& all) {
  std::ofstream file(path);
  const char* before = "{";
  for (const Figures& one : all) {
    file << before
         << fmt::format("\n  \"{}@{}\": {{\"us\": {:.1f}, \"instructions\": {:.0f}}}", one.kind, one.garments,
                        one.mean_us, one.instructions);
    before = ",";
  }
  file << "\n}\n";
}

int run(const Arguments& arguments) {
  std::vector<Figures> all;
  fmt::print("{:>9} {:<15} {:>9} {:>9} {:>9} {:>12}\n", "garments", "kind", "mean us", "p50 us", "p99 us",
             "M instr.");
  for (const size_t garments : arguments.garments) run_size(garments, arguments, all);
  if (!arguments.json.empty()) write_json(arguments.json, all);
  return 0;
}

}  // namespace
}  // namespace modiste::bench

int main(int argc, char** argv) {
  modiste::bench::Arguments arguments;
  CLI::App app{"Processor time of a request as the catalog grows"};
  app.add_option("--garments", arguments.garments, "sizes of the catalog")
      ->check(CLI::Range(100, 10'000'000));
  app.add_option("--shoppers", arguments.shoppers)->check(CLI::Range(1, 1'000'000));
  app.add_option("--requests", arguments.requests, "of each kind")->check(CLI::Range(1, 1'000'000));
  app.add_option("--passes", arguments.passes, "the least time of each request counts")
      ->check(CLI::Range(1, 100));
  app.add_option("--kinds", arguments.kinds, "kinds of requests to ask; all where none is named");
  app.add_flag("--stages", arguments.stages, "mean time of each stage and source of recommendations");
  app.add_option("--json", arguments.json, "a file for the means");
  app.add_flag("--quick", arguments.quick, "a smoke test: 2,000 garments, 5 requests of each kind");
  CLI11_PARSE(app, argc, argv);
  if (arguments.quick) {
    arguments.garments = {2'000};
    arguments.shoppers = 100;
    arguments.requests = 5;
    arguments.passes = 1;
  }
  return modiste::bench::run(arguments);
}
