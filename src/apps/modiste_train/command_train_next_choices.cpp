#include <fmt/format.h>

#include <memory>

#include "apps/modiste/option_help.h"
#include "apps/modiste_train/publish.h"
#include "apps/modiste_train/scheduled_training.h"
#include "events/events_until.h"
#include "learning/training/train_next_choices.h"
#include "shop/models/read_champion.h"
#include "shop/open_shop.h"

namespace modiste {
namespace {

struct NextChoicesFlags {
  PublishFlags publish;
  TrainNextChoicesOptions options;
};

void print(const TrainedNextChoices& trained) {
  fmt::print("{}\n", trained.draft.trained_on);
  const auto line = [](const char* what, const Interval& ndcg) {
    fmt::print("  {:<24}{:.4f} ({:.4f} to {:.4f})\n", what, ndcg.mean, ndcg.low, ndcg.high);
  };
  fmt::print("NDCG@20 of the next choice of {} shoppers, which the training did not see:\n",
             trained.verdict.asked);
  line("neighbours alone", trained.verdict.neighbours);
  line("network alone", trained.verdict.network);
  line(fmt::format("{:.0f}% network", 100 * trained.model.share).c_str(), trained.verdict.mixed);
  fmt::print("  difference {:+.4f} ({:+.4f} to {:+.4f})\n", trained.verdict.gain.mean,
             trained.verdict.gain.low, trained.verdict.gain.high);
  if (trained.verdict.asked_champion == 0) return;
  line("the champion", trained.verdict.champion);
  fmt::print("  difference {:+.4f} ({:+.4f} to {:+.4f}), {} shoppers\n", trained.verdict.champion_gain.mean,
             trained.verdict.champion_gain.low, trained.verdict.champion_gain.high,
             trained.verdict.asked_champion);
}

Result<Done> learn_and_publish(const Config& config, const NextChoicesFlags& flags,
                               const ScheduledTraining& training) {
  TRY_ASSIGN(
      const auto history, read_log(config, [&](const auto& log, const auto& store, const auto& progress) {
        return read_choice_history(EventsUntil(log, training.as_of), store, Vocabulary::standard(), progress);
      }));
  TRY_ASSIGN(const auto registry, open_registry(DataPaths(config.folder()).models()));
  std::string unread;
  TRY_ASSIGN(const auto champion,
             read_champion<NextChoicesModel>(*registry, kServedNextChoices, parse_next_choices, unread));
  if (!unread.empty()) fmt::print(stderr, "{}\n", unread);
  TrainNextChoicesOptions options = flags.options;
  const bool goes_on = champion && training.scope == TrainingScope::kIncremental;
  if (champion) {
    options.judge.champion = &champion->model;
    options.judge.champion_until = champion->learned_until();
  }
  if (goes_on) {
    options.begin_from = options.judge.champion;
    options.begin_until = options.judge.champion_until;
  }
  auto line = std::make_unique<ProgressLine>("epochs", 0);
  auto trained = train_next_choices(history, options, [&](size_t done, size_t) { line->at(done); });
  line.reset();
  if (!trained.ok()) return trained.error();
  trained->draft.settings["incremental"] = goes_on ? 1.0 : 0.0;
  if (goes_on) trained->draft.settings["from_version"] = champion->manifest.version;
  print(*trained);
  return publish_gated(config, flags.publish, kServedNextChoices, trained->draft,
                       serialize_next_choices(trained->model));
}

}  // namespace

Result<Done> train_next_choices_scheduled(const Config& config, const ScheduledTraining& training) {
  return learn_and_publish(config, {}, training);
}

void add_train_next_choices(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand(
      "next-choices",
      "Learn from the event log what shoppers choose next: a network over the order of their choices, which\n"
      "becomes a source of candidates. The latest choices say how much it counts beside what is chosen\n"
      "together; one that does not surely add to that becomes the challenger.");
  auto flags = std::make_shared<NextChoicesFlags>();
  add_publish_flags(*command, flags->publish);
  command->add_option("--seed", flags->options.network.training.seed,
                      with_default("Of what is drawn", flags->options.network.training.seed));
  command
      ->add_option("--choosers-min", flags->options.choosers_min,
                   with_default("Shoppers who must have chosen an item before it has a row",
                                flags->options.choosers_min))
      ->check(CLI::Range(1, 1'000));
  command
      ->add_option("--items-max", flags->options.items_max,
                   with_default("Items, the most chosen first: each request reads all of them",
                                flags->options.items_max))
      ->check(CLI::Range(10, 1'000'000));
  runs(command, chosen, flags, [](const Config& config, const NextChoicesFlags& given) {
    return learn_and_publish(config, given, kWholeLog);
  });
}

}  // namespace modiste
