// The time that the source of next choices adds to a request: its search over all items of the model, and the
// shares of the candidates.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>

#include "base/check.h"
#include "base/rng.h"
#include "retrieval/next_choices.h"

namespace {

using namespace modiste;

struct Options {
  size_t items = 50'000, width = 64, candidates = 700, requests = 2'000;
};

float drawn(Rng& rng) { return static_cast<float>(rng.below(2'001)) / 1'000 - 1; }

NextChoicesModel made_up_model(const Options& options, Rng& rng) {
  NextChoicesModel model;
  model.width = static_cast<uint32_t>(options.width);
  model.decay = 0.8F;
  model.share = 0.5F;
  for (size_t i = 0; i < options.items; ++i) {
    model.items.push_back({fmt::format("G{}", i), "Red"});
    model.bias.push_back(drawn(rng));
    for (size_t w = 0; w < options.width; ++w) {
      model.rows.push_back(drawn(rng));
      model.read.push_back(drawn(rng));
    }
  }
  return model;
}

void fill(Catalog& catalog, size_t items) {
  std::vector<Garment> garments(items);
  for (size_t i = 0; i < items; ++i) {
    garments[i].id = fmt::format("G{}", i);
    garments[i].variants = {{garments[i].id, "M", "Red", 20, {}, {}, 3}};
  }
  catalog.upsert(std::move(garments));
}

template <class Work>
void measure(const char* what, size_t requests, const Work& work) {
  std::vector<double> took_us;
  for (size_t i = 0; i < requests; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    took_us.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count());
  }
  std::sort(took_us.begin(), took_us.end());
  fmt::print("  {:<28}p50 {:7.1f} us   p99 {:7.1f} us\n", what, took_us[requests / 2],
             took_us[requests * 99 / 100]);
}

void run(const Options& options) {
  Rng rng(7);
  Catalog catalog(Vocabulary::standard());
  fill(catalog, options.items);
  const NextChoices next(made_up_model(options, rng));
  const auto snapshot = catalog.snapshot();
  const auto slot = [&] { return static_cast<Slot>(rng.below(snapshot->slot_count())); };
  std::vector<Choice> choices;
  for (size_t i = 0; i < NextChoices::kLatestMax; ++i) choices.push_back({slot()});
  std::vector<Slot> candidates;
  for (size_t i = 0; i < options.candidates; ++i) candidates.push_back(slot());
  const SlotFilter all;
  size_t found = 0;
  fmt::print("{} items of {} numbers, {:.1f} MB\n", options.items, options.width,
             static_cast<double>(next.bytes()) / 1e6);
  const auto begun = std::chrono::steady_clock::now();
  found += next.search_under({*snapshot, choices, 200, {}}, {&all, 1})[0].items.size();
  fmt::print("  first search, which looks all items up: {:.1f} ms\n",
             std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
  measure("search for 200", options.requests, [&] {
    found += next.search_under({*snapshot, choices, 200, {}}, {&all, 1})[0].items.size();
  });
  measure("shares of the candidates", options.requests,
          [&] { found += next.shares(*snapshot, choices, candidates).size(); });
  CHECK(found > 0);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("The time that the source of next choices adds to a request");
  app.add_option("--items", options.items, "Of the model, all in the catalog (50000)");
  app.add_option("--width", options.width, "Numbers of a row (64)");
  app.add_option("--candidates", options.candidates, "Whose shares are asked for (700)");
  app.add_option("--requests", options.requests, "Measured (2000)")->check(CLI::Range(100, 1'000'000));
  CLI11_PARSE(app, argc, argv);
  run(options);
  return 0;
}
