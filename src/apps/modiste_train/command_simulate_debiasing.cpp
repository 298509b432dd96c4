#include <fmt/format.h>

#include <memory>
#include <numeric>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "apps/modiste/option_range.h"
#include "learning/ranker/debiasing_study.h"
#include "shop/console/progress_line.h"

namespace modiste {
namespace {

struct DebiasingArguments {
  DebiasingOptions options;
  std::string json;
  double recovered_min = 0;
};

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

void print(const DebiasingReport& report) {
  for (const auto& bias : report.biases) {
    fmt::print("\neta {}\n  {:<12}{:>8}{:>9}{:>11}{:>34}{:>34}\n", bias.eta, "ranker", "its eta", "tau",
               "recovered", "tau over naive", "kept value over naive");
    for (const DebiasedRanker& ranker : bias.rankers)
      fmt::print(
          "  {:<12}{:>8.2f}{:>9.4f}{:>10.0f}%{:>+13.4f} ({:+.4f} to {:+.4f}){:>+13.4f} ({:+.4f} to "
          "{:+.4f})\n",
          ranker.name, ranker.eta, mean_of(ranker.tau), 100 * ranker.recovered, ranker.tau_gain.mean,
          ranker.tau_gain.low, ranker.tau_gain.high, ranker.kept_gain.mean, ranker.kept_gain.low,
          ranker.kept_gain.high);
  }
}

Result<Done> simulate_debiasing(const Config&, const DebiasingArguments& given) {
  auto line = std::make_unique<ProgressLine>("rankers", 0);
  TRY_ASSIGN(const auto report, study_debiasing(given.options, [&](size_t done, size_t total) {
               line->at(done, fmt::format("of {}", total));
             }));
  line.reset();
  print(report);
  if (!given.json.empty()) TRY(write_report(given.json, to_report_json(report, given.options)));
  for (const auto& bias : report.biases)
    for (const auto& ranker : bias.rankers)
      if (ranker.name == name_of(TrainRankerOptions().debiasing) && ranker.recovered < given.recovered_min)
        return Error{Code::kInternal, "less of the gap is recovered than required",
                     fmt::format("eta {}: {:.2f}", bias.eta, ranker.recovered),
                     fmt::format("{}", given.recovered_min)};
  return kOk;
}

}  // namespace

void add_simulate_debiasing(CLI::App& simulate, Command& chosen) {
  auto* command = simulate.add_subcommand(
      "debiasing",
      "Train rankers on drawn pages whose position bias and true order are known: without a correction, "
      "with\n"
      "each correction, rightly and wrongly stated, and on choices without bias. Needs no shop.");
  auto given = std::make_shared<DebiasingArguments>();
  auto& options = given->options;
  command
      ->add_option("--etas", options.etas, "Position p, from 0, is looked at with (1 + p)^-ETA (0.5 1 1.5)")
      ->check(number_range(0.01, 3));
  command->add_option("--seeds", options.seeds, with_default("How many draws, from --seed on", options.seeds))
      ->check(CLI::Range(1, 1'000));
  command->add_option("--pages", options.pages, with_default("Of 20 garments, to learn from", options.pages))
      ->check(CLI::Range(500, 1'000'000));
  command->add_option("--seed", options.seed, with_default("Replays the same draws", options.seed));
  command->add_option("--json", given->json, "Write the figures to this file, for docs/reports");
  command->add_option(
      "--recovered-min", given->recovered_min,
      "Fail when the correction that a shop uses recovers less of the way from naive to full");
  runs(command, chosen, given, simulate_debiasing);
}

}  // namespace modiste
