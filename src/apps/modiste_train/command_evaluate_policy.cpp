#include <fmt/format.h>

#include <memory>
#include <optional>

#include "apps/modiste/commands.h"
#include "apps/modiste/option_help.h"
#include "io/atomic_write.h"
#include "learning/evaluation/off_policy.h"

namespace modiste {
namespace {

struct PolicyArguments {
  std::string log, policy, rewards, out = "policy.json";
  OffPolicyOptions options;
};

Result<PositionTable> read_policy(const PolicyArguments& given, const PolicyLog& log) {
  if (given.policy == "uniform")
    return PositionTable(log.items, log.positions, 1 / static_cast<double>(log.items));
  return read_position_table(given.policy, "probability", log, true);
}

Result<Done> evaluate_policy_files(const PolicyArguments& given) {
  TRY_ASSIGN(const PolicyLog log, read_policy_log(given.log));
  TRY_ASSIGN(const PositionTable policy, read_policy(given, log));
  RewardModel rewards;
  if (given.rewards.empty()) {
    rewards = fit_reward_model(log, given.options);
  } else {
    TRY_ASSIGN(auto table, read_position_table(given.rewards, "reward", log, false));
    rewards.tables.push_back(std::move(table));
  }
  const OffPolicyReport report = evaluate_policy(log, policy, rewards, given.options);
  fmt::print("{}", to_report_text(report));
  return write_report(given.out, to_report_json(report));
}

}  // namespace

void add_evaluate_policy(CLI::App& evaluate_command, Command& chosen) {
  auto* command = evaluate_command.add_subcommand(
      "policy",
      "What another policy would have earned, from logged decisions and their chances. Writes JSON.");
  auto given = std::make_shared<PolicyArguments>();
  command->add_option("--log", given->log, "CSV, plain or gzip: item_id, position, click, propensity_score")
      ->required();
  command
      ->add_option("--policy", given->policy,
                   "The policy to judge: CSV of item_id, position, probability; or \"uniform\"")
      ->required();
  command->add_option(
      "--rewards", given->rewards,
      "CSV of item_id, position, reward: what a model of yours expects, for dm and dr. Otherwise "
      "means per item and position, each half of the log judged by the other");
  command
      ->add_option("--resamples", given->options.resamples,
                   with_default("Of the bootstrap", given->options.resamples))
      ->check(CLI::Range(1, 100'000));
  command->add_option("--seed", given->options.seed, with_default("Of draws", given->options.seed));
  command->add_option("--out", given->out, "The report")->capture_default_str();
  runs(command, chosen, given,
       [](const Config&, const PolicyArguments& a) { return evaluate_policy_files(a); });
}

}  // namespace modiste
