#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "io/atomic_write.h"
#include "shop/console/progress_line.h"
#include "shop/open_shop.h"
#include "shop/remote/reading_view.h"
#include "shop/source_weights_file.h"
#include "simulation/closed_loop.h"
#include "simulation/planted_noise.h"
#include "storage/memory/memory_event_log.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

struct SimulateArguments {
  ClosedLoopOptions options;
  std::string json;
  double against_random_min = 0, against_popularity_min = 0;
};

void print(const ClosedLoopReport& report, const ClosedLoopOptions& options) {
  fmt::print("\n{} shoppers x {} swipes, seed {}; like rate over cards {} to {}:\n\n", options.shoppers,
             options.swipes, options.seed, options.warmup + 1, options.swipes);
  for (const auto* policy : {&report.oracle, &report.engine, &report.popularity, &report.random})
    fmt::print(
        "  {:<12} {:5.1f}%   {:4.0f}% of the garments shown to somebody, {:.1f}% of the cards shown again\n",
        policy->name, 100 * policy->like_rate_judged, 100 * policy->coverage, 100 * policy->repeated);
  const double possible = report.oracle.like_rate_judged - report.random.like_rate_judged;
  fmt::print(
      "\n  {:.2f} x random, {:.2f} x popularity; {:.0f}% of the way from random to knowing their taste\n",
      report.against_random, report.against_popularity,
      100 * (report.engine.like_rate_judged - report.random.like_rate_judged) / possible);
}

// The catalog of the data directory, with its vectors; shoppers and events live in memory and leave no trace.
Result<Done> simulate(const Config& config, const SimulateArguments& given) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto garments, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const auto encoder, open_encoder(config.embedding.model, config.embedding.threads));
  ManualClock clock(TimePoint(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)));
  MemoryEventLog log;
  MemoryStore subjects;
  ShopOptions options;
  Policy policy;
  policy.exploration = config.exploration_options();
  policy.budgets = kNoHurry;
  TRY_ASSIGN(policy.weights, read_source_weights(directory.source_weights()));
  options.recommender.policy = std::make_shared<const Policy>(std::move(policy));
  options.impressions.enabled = false;  // nobody reads this log
  Shop shop({clock, log, *garments, subjects, encoder.get()}, Vocabulary::standard(), options);
  TRY(shop.load());
  if (shop.catalog().view().garment_count() == 0)
    return Error{Code::kInvalid, "the shop has no garments", config.data.directory,
                 "`draw_shop`, then `modiste catalog import`"};

  std::unique_ptr<ProgressLine> line;
  std::string running;  // the policy that plays now
  TRY_ASSIGN(
      const auto report,
      run_closed_loop(shop, clock, given.options, [&](std::string_view name, size_t swipe, size_t swipes) {
        if (running != name) line = std::make_unique<ProgressLine>(running = name, swipes);
        line->at(swipe);
      }));
  line.reset();
  print(report, given.options);
  if (!given.json.empty())
    TRY(write_atomically(given.json, serialize_json(to_report_json(report, given.options)) + "\n"));
  if (report.against_random < given.against_random_min ||
      report.against_popularity < given.against_popularity_min)
    return Error{Code::kInternal, "the like rate is below the required ratio",
                 fmt::format("--seed {}", given.options.seed),
                 fmt::format("{} x random and {} x popularity", given.against_random_min,
                             given.against_popularity_min)};
  return kOk;
}

struct NoiseArguments {
  PlantedNoiseOptions options;
  uint64_t seeds = 3;
};

void print_noise(const NoiseArguments& given) {
  fmt::print(
      "visits of {} people with planted robots, accidental clicks and abandoned visits\n\n  "
      "{:<6}{:<14}{:>10}{:>8}{:>12}{:>9}\n",
      given.options.people, "seed", "mark", "planted", "found", "precision", "recall");
  for (uint64_t i = 0; i < given.seeds; ++i) {
    PlantedNoiseOptions options = given.options;
    options.seed += i;
    for (const MarkScore& score : measure_noise(options).marks)
      fmt::print("  {:<6}{:<14}{:>10}{:>8}{:>12.3f}{:>9.3f}\n", options.seed, score.mark, score.planted,
                 score.found, score.precision(), score.recall());
  }
}

void add_simulate_noise(CLI::App& simulate, Command& chosen) {
  auto* command = simulate.add_subcommand(
      "noise",
      "Measure how well the traffic filter finds planted robots, accidental clicks and abandoned visits");
  auto given = std::make_shared<NoiseArguments>();
  command->add_option("--people", given->options.people, with_default("How many", given->options.people))
      ->check(CLI::Range(1, 100'000));
  command->add_option("--seeds", given->seeds, with_default("How many times, from --seed on", given->seeds))
      ->check(CLI::Range(1, 1'000));
  command->add_option("--seed", given->options.seed,
                      with_default("Replays the same visits", given->options.seed));
  command->callback([&chosen, given] {
    chosen = [given](const Config&) -> Result<Done> {
      print_noise(*given);
      return kOk;
    };
  });
}

}  // namespace

void add_simulate(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand("simulate",
                                     "Let simulated shoppers swipe through the shop; compare their like rate "
                                     "with random and with popular cards");
  auto given = std::make_shared<SimulateArguments>();
  command
      ->add_option("--shoppers", given->options.shoppers, with_default("How many", given->options.shoppers))
      ->check(CLI::Range(1, 100'000));
  command
      ->add_option("--swipes", given->options.swipes,
                   with_default("Cards each of them sees", given->options.swipes))
      ->check(CLI::Range(21, 10'000));
  command->add_option("--seed", given->options.seed,
                      with_default("Replays the same simulation", given->options.seed));
  command->add_option("--json", given->json, "Write the figures to this file, for docs/reports");
  command->add_option("--against-random-min", given->against_random_min,
                      "Fail when the ratio to random cards is below");
  command->add_option("--against-popularity-min", given->against_popularity_min,
                      "Fail when the ratio to popular cards is below");
  add_simulate_style(*command, chosen);
  add_simulate_noise(*command, chosen);
  add_simulate_lookbook(*command, chosen);
  command->callback([&chosen, given, command] {
    if (command->get_subcommands().empty())
      chosen = [given](const Config& config) { return simulate(config, *given); };
  });
}

}  // namespace modiste
