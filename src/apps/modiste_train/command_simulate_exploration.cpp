#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "apps/modiste/option_range.h"
#include "apps/modiste_train/memory_shop.h"
#include "learning/evaluation/bootstrap.h"
#include "shop/console/progress_line.h"
#include "shop/remote/reading_view.h"
#include "shop/source_weights_file.h"
#include "simulation/exploration_loop.h"

namespace modiste {
namespace {

struct ExplorationArguments {
  ExplorationLoopOptions options;
  uint64_t seeds = 5;
  std::string json;
};

struct ComparedPolicy {
  std::string_view name;
  double start, least;  // shares of the places that explore; below 0: as configured
  ExplorationDraw draw = ExplorationDraw::kEven;
};
constexpr std::array<ComparedPolicy, 8> kCompared{{{"greedy", 0, 0},
                                                   {"even", -1, -1},
                                                   {"even 30-5%", 0.3, 0.05},
                                                   {"even 15-5%", 0.15, 0.05},
                                                   {"even 10%", 0.1, 0.1},
                                                   {"thompson", -1, -1, ExplorationDraw::kThompson},
                                                   {"ucb", -1, -1, ExplorationDraw::kUcb},
                                                   {"uniform", 1, 1}}};

using ExplorationRuns = std::vector<std::vector<ExplorationReport>>;

// Mean over the seeds, and that of the differences from greedy with its 95% interval.
void print_figure(std::string_view what, const ExplorationRuns& runs, size_t policy, double scale,
                  double (*figure)(const ExplorationReport&)) {
  std::vector<std::vector<float>> series(2);
  for (const auto& run : runs) {
    series[0].push_back(static_cast<float>(scale * figure(run[policy])));
    series[1].push_back(series[0].back() - static_cast<float>(scale * figure(run[0])));
  }
  const auto intervals = bootstrap(series, 2'000, 7);
  fmt::print("   {} {:.2f} ({:+.2f}: {:+.2f} to {:+.2f})", what, intervals[0].mean, intervals[1].mean,
             intervals[1].low, intervals[1].high);
}

void print(const ExplorationRuns& runs) {
  fmt::print("mean of {} seeds; in brackets the difference from greedy, 95% interval over the seeds\n",
             runs.size());
  for (size_t policy = 0; policy < kCompared.size(); ++policy) {
    fmt::print("  {:<11}", kCompared[policy].name);
    print_figure("regret", runs, policy, 1, [](const ExplorationReport& one) { return one.regret.back(); });
    print_figure("liked %", runs, policy, 100, [](const ExplorationReport& one) { return one.liked(); });
    print_figure("conversion %", runs, policy, 100,
                 [](const ExplorationReport& one) { return one.conversion; });
    print_figure("new found %", runs, policy, 100, [](const ExplorationReport& one) { return one.found; });
    print_figure("explored %", runs, policy, 100, [](const ExplorationReport& one) { return one.explored; });
    fmt::print("\n");
  }
}

Result<Done> simulate_exploration(const Config& config, const ExplorationArguments& given) {
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto garments, SqliteStore::open(directory.database()));
  TRY_ASSIGN(const auto encoder, open_encoder(config.embedding.model, config.embedding.threads));
  TRY_ASSIGN(const auto weights, read_source_weights(directory.source_weights()));
  ExplorationRuns runs;
  for (uint64_t seed = 0; seed < given.seeds; ++seed) {
    ExplorationLoopOptions options = given.options;
    options.seed += seed;
    auto& run = runs.emplace_back();
    for (const ComparedPolicy& compared : kCompared) {
      Policy policy;
      policy.weights = weights;
      policy.objective = config.objective;
      policy.exploration = config.exploration_options();
      if (compared.start >= 0) policy.exploration.epsilon_start = compared.start;
      if (compared.least >= 0) policy.exploration.epsilon_min = compared.least;
      policy.exploration.draw = compared.draw;
      MemoryShop shop;
      TRY(shop.open(config, *garments, encoder.get(), std::move(policy)));
      ProgressLine line(fmt::format("seed {}, {}", options.seed, compared.name), options.pages);
      TRY_ASSIGN(auto report, run_exploration_loop(shop.view(), std::string(compared.name), options,
                                                   [&](size_t page) { line.at(page); }));
      run.push_back(std::move(report));
    }
  }
  print(runs);
  return given.json.empty() ? Result<Done>(kOk)
                            : write_report(given.json, to_report_json(runs, given.options));
}

}  // namespace

void add_simulate_exploration(CLI::App& simulate, Command& chosen) {
  auto* command = simulate.add_subcommand(
      "exploration",
      "Let simulated shoppers look at pages of shops that differ in exploration alone: none, even, Thompson\n"
      "sampling, upper bounds, nothing but exploration. Regret, like rate, purchases, good new garments "
      "found.");
  auto given = std::make_shared<ExplorationArguments>();
  auto& options = given->options;
  command->add_option("--shoppers", options.shoppers, with_default("How many", options.shoppers))
      ->check(CLI::Range(1, 100'000));
  command->add_option("--pages", options.pages, with_default("Of each shopper", options.pages))
      ->check(CLI::Range(2, 1'000));
  command->add_option("--page", options.page, with_default("Garments of a page", options.page))
      ->check(CLI::Range(2, 100));
  command
      ->add_option("--eta", options.eta,
                   with_default("Position p, from 0, is looked at with (1 + p)^-ETA", options.eta))
      ->check(number_range(0, 3));
  command
      ->add_option("--buys", options.buys,
                   with_default("Share of the liked garments that are bought at once", options.buys))
      ->check(number_range(0, 1));
  command
      ->add_option("--seeds", given->seeds,
                   with_default("How many simulations, from --seed on", given->seeds))
      ->check(CLI::Range(1, 1'000));
  command->add_option("--seed", options.seed, with_default("Replays the same simulation", options.seed));
  command->add_option("--json", given->json, "Write the figures to this file, for docs/reports");
  runs(command, chosen, given, simulate_exploration);
}

}  // namespace modiste
