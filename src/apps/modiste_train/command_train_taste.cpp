#include <fmt/format.h>

#include <memory>

#include "apps/modiste/option_help.h"
#include "apps/modiste/option_range.h"
#include "apps/modiste_train/publish.h"
#include "apps/modiste_train/scheduled_training.h"
#include "events/events_until.h"
#include "learning/training/train_taste.h"
#include "shop/models/served_models.h"
#include "shop/open_shop.h"

namespace modiste {
namespace {

struct TasteFlags {
  PublishFlags publish;
  TrainTasteOptions options;
};

void print(const TrainedTaste& trained) {
  fmt::print("{}\n", trained.draft.trained_on);
  fmt::print(
      "Share of other garments that a liked one comes before; likes of {} shoppers, which the training "
      "did not see:\n",
      trained.asked);
  const auto line = [](const char* what, const Interval& area) {
    fmt::print("  {:<28}{:.4f} ({:.4f} to {:.4f})\n", what, area.mean, area.low, area.high);
  };
  line("by each shopper's weights", trained.own);
  line("by their reactions alone", trained.alone);
  line("by what all have in common", trained.mean);
  fmt::print("  difference {:+.4f} ({:+.4f} to {:+.4f})\n", trained.gain.mean, trained.gain.low,
             trained.gain.high);
}

Result<Done> learn_and_publish_taste(const Config& config, const TasteFlags& flags, TimePoint as_of) {
  const Vocabulary& vocabulary = Vocabulary::standard();
  TRY_ASSIGN(const auto history,
             read_log(config, [&](const auto& log, const auto& store, const auto& progress) {
               return read_reaction_history(EventsUntil(log, as_of), store, vocabulary, progress);
             }));
  auto line = std::make_unique<ProgressLine>("rounds", 2 * static_cast<size_t>(flags.options.rounds));
  auto trained =
      train_taste(history, vocabulary, flags.options, [&](size_t done, size_t) { line->at(done); });
  line.reset();
  if (!trained.ok()) return trained.error();
  print(*trained);
  return publish_gated(config, flags.publish, kServedTaste, trained->draft, serialize_taste(trained->model));
}

}  // namespace

// It takes seconds: all of the log teaches each time.
Result<Done> train_taste_scheduled(const Config& config, const ScheduledTraining& training) {
  return learn_and_publish_taste(config, {}, training.as_of);
}

void add_train_taste(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand(
      "taste",
      "Learn from the event log what shoppers like in the mean, and how much they differ, attribute by\n"
      "attribute: a shopper's few likes then tell more of their taste. The latest likes judge; one that "
      "does\n"
      "not surely add to each shopper's own reactions becomes the challenger.");
  auto flags = std::make_shared<TasteFlags>();
  add_publish_flags(*command, flags->publish);
  command->add_option("--seed", flags->options.seed, with_default("Of what is drawn", flags->options.seed));
  command
      ->add_option("--share", flags->options.share,
                   with_default("Share of the hybrid's attribute weight given to the taste model",
                                flags->options.share))
      ->check(number_range(0, 1));
  runs(command, chosen, flags, [](const Config& config, const TasteFlags& given) {
    return learn_and_publish_taste(config, given, kWholeLog.as_of);
  });
}

}  // namespace modiste
