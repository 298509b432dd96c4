#include <fmt/format.h>

#include <memory>

#include "apps/modiste_train/publish.h"
#include "learning/training/train_next_choices.h"
#include "shop/served_models.h"

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
  fmt::print("NDCG@20 of the next choice of {} shoppers, which the training did not see:\n", trained.asked);
  line("neighbours alone", trained.neighbours);
  line("network alone", trained.network);
  line(fmt::format("{:.0f}% network", 100 * trained.model.share).c_str(), trained.mixed);
  fmt::print("  difference {:+.4f} ({:+.4f} to {:+.4f})\n", trained.gain.mean, trained.gain.low,
             trained.gain.high);
}

Result<Done> train_next_choices_model(const Config& config, const NextChoicesFlags& flags) {
  TRY_ASSIGN(const auto history,
             read_log(config, [&](const auto& log, const auto& store, const auto& progress) {
               return read_choice_history(log, store, Vocabulary::standard(), progress);
             }));
  auto line = std::make_unique<ProgressLine>("epochs", 0);
  auto trained = train_next_choices(history, flags.options, [&](size_t done, size_t) { line->at(done); });
  line.reset();
  if (!trained.ok()) return trained.error();
  print(*trained);
  return publish_gated(config, flags.publish, kServedNextChoices, trained->draft,
                       serialize_next_choices(trained->model));
}

}  // namespace

void add_train_next_choices(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand(
      "next-choices",
      "Learn from the event log what shoppers choose next: a network over the order of their choices, which\n"
      "becomes a source of candidates. The latest choices say how much it counts beside what is chosen\n"
      "together; one that does not surely add to that becomes the challenger.");
  auto flags = std::make_shared<NextChoicesFlags>();
  add_publish_flags(*command, flags->publish);
  command->add_option("--seed", flags->options.network.training.seed, "Of what is drawn (1)");
  command
      ->add_option("--choosers-min", flags->options.choosers_min,
                   "Shoppers who must have chosen an item before it has a row (3)")
      ->check(CLI::Range(1, 1'000));
  command
      ->add_option("--items-max", flags->options.items_max,
                   "Items, the most chosen first: each request reads all of them (50000)")
      ->check(CLI::Range(10, 1'000'000));
  runs(command, chosen, flags, train_next_choices_model);
}

}  // namespace modiste
