#include <fmt/format.h>

#include <memory>

#include "apps/modiste/option_help.h"
#include "apps/modiste/option_range.h"
#include "apps/modiste_train/publish.h"
#include "apps/modiste_train/scheduled_training.h"
#include "learning/ranker/ranker_window.h"
#include "learning/ranker/train_ranker.h"
#include "shop/models/read_champion.h"
#include "shop/open_shop.h"
#include "storage/features/read_ranking_rows.h"

namespace modiste {
namespace {

struct RankerFlags {
  PublishFlags publish;
  TrainRankerOptions options;
  TrainingRowOptions labels;
  double eta = 0;
  std::string debiasing;  // empty: the default, or what a stated eta is of
  CLI::Option* eta_stated = nullptr;
};

Result<Debiasing> debiasing_of(const RankerFlags& flags) {
  const bool stated = flags.eta_stated->count() > 0;
  if (flags.debiasing.empty()) return stated ? Debiasing::kWeights : TrainRankerOptions().debiasing;
  const Debiasing chosen = *enum_from_name<Debiasing>(flags.debiasing);
  if (!stated || chosen != Debiasing::kPairs) return chosen;
  return Error{Code::kInvalid, "pairs learn the position bias, and --eta states it", "--eta",
               "--debiasing weights or offsets with it"};
}

void print(const RankerSegment& segment, const char* other) {
  fmt::print("  {:<8}{:>7} answers   ranker {:.4f}   {} {:.4f}   difference {:+.4f} ({:+.4f} to {:+.4f}){}\n",
             segment.name, segment.answers, segment.ranker.mean, other, segment.other.mean, segment.gain.mean,
             segment.gain.low, segment.gain.high, no_verdict_of(segment));
}

void print(const TrainedRanker& trained) {
  fmt::print("{}\n", trained.draft.trained_on);
  if (!trained.bias.by_position.empty())
    fmt::print(
        "position bias: learned beside the trees; the tenth place is looked at {:.2f} times as often\n",
        trained.bias.examined(9));
  else if (trained.bias.explored > 0)
    fmt::print("position bias: eta {:.2f}, from {} explored garments with {:.0f} outcomes\n",
               trained.bias.eta, trained.bias.explored, trained.bias.positives);
  else
    fmt::print("position bias: eta {:.2f}, as stated or assumed; no garment was explored\n",
               trained.bias.eta);
  fmt::print("{} trees of {} nodes; NDCG@10 of the latest answers, which they did not see:\n", trained.rounds,
             trained.model.trees.nodes().size());
  for (const RankerSegment& segment : trained.segments) print(segment, "hybrid");
  for (const RankerSegment& segment : trained.against_champion) print(segment, "champion");
}

Result<RankingRows> read_rows(const Config& config, const TrainingRowOptions& labels, TimePoint as_of) {
  MaterialiseOptions reading;
  reading.training = labels;
  reading.training.ripe_hours = config.training.ripe_hours;
  return read_log(config, [&](const auto& log, const auto&, const auto& progress) {
    return read_ranking_rows(log, as_of, reading, [&](uint64_t done) { progress("events", done); });
  });
}

using KnownRanker = KnownChampion<LearnedRankerModel>;

// Empty for the hybrid, and told where it cannot be read.
Result<std::optional<KnownRanker>> champion_of(const Config& config) {
  TRY_ASSIGN(const auto registry, open_registry(DataPaths(config.folder()).models()));
  std::string unread;
  auto champion = read_champion<LearnedRankerModel>(*registry, kServedRanker, parse_ranker, unread);
  if (!unread.empty()) fmt::print(stderr, "{}\n", unread);
  return champion;
}

Result<Done> learn_and_publish(const Config& config, const PublishFlags& flags, const RankingRows& rows,
                               TrainRankerOptions options, const std::optional<KnownRanker>& champion) {
  if (champion) {
    options.champion = &champion->model;
    options.champion_until = champion->learned_until();
  }
  auto line = std::make_unique<ProgressLine>("trees", options.trees.rounds);
  auto trained = train_ranker(rows, options, [&](size_t round, double loss) {
    line->at(round, fmt::format("held-out loss {:.4f}", loss));
  });
  line.reset();
  if (!trained.ok()) return trained.error();
  if (options.begin_from != nullptr) trained->draft.settings["from_version"] = champion->manifest.version;
  print(*trained);
  if (!trained->not_compared.empty())
    fmt::print(stderr, "it is not compared with the champion: {}\n", trained->not_compared);
  return publish_gated(config, flags, kServedRanker, trained->draft, serialize_ranker(trained->model));
}

Result<Done> train_ranker_model(const Config& config, const RankerFlags& flags) {
  TrainRankerOptions options = flags.options;
  if (flags.eta_stated->count() > 0) options.eta = flags.eta;
  TRY_ASSIGN(options.debiasing, debiasing_of(flags));
  TRY_ASSIGN(const auto rows, read_rows(config, flags.labels, SystemClock().now()));
  TRY_ASSIGN(const auto champion, champion_of(config));
  return learn_and_publish(config, flags.publish, rows, options, champion);
}

// Trees of incremental trainings pile up until the next full one; a request evaluates all of them.
constexpr size_t kTreesToGoOnFrom = 1'500;

}  // namespace

Result<Done> train_ranker_scheduled(const Config& config, const ScheduledTraining& training) {
  TRY_ASSIGN(const auto rows, read_rows(config, {}, training.as_of));
  TRY_ASSIGN(const auto champion, champion_of(config));
  const bool goes_on = training.scope == TrainingScope::kIncremental && champion &&
                       champion->model.features == rows.features &&
                       champion->model.trees.roots().size() <= kTreesToGoOnFrom;
  const Checkpoints checkpoints = checkpoints_in(training.folder, kServedRanker.name);
  TrainRankerOptions options;
  options.checkpoints = &checkpoints;
  if (!goes_on) return learn_and_publish(config, {}, rows, options, champion);
  options.begin_from = &champion->model;
  return learn_and_publish(config, {}, later_than(rows, champion->learned_until()), options, champion);
}

Result<std::optional<FeatureDrift>> furthest_drift(const Config& config, TimePoint now) {
  TRY_ASSIGN(const auto registry, open_registry(DataPaths(config.folder()).models()));
  TRY_ASSIGN(const auto entries, registry->list());
  std::optional<TimePoint> until;  // also of one that the gate refused: another training would learn the same
  for (const ModelEntry& entry : entries)
    if (entry.name == kServedRanker.name && entry.manifest.ok())
      until = entry.manifest->data_until.value_or(entry.manifest->created_at);
  if (!until) return std::optional<FeatureDrift>();
  TRY_ASSIGN(const auto rows, read_rows(config, {}, now));
  return furthest_of(drift_since(rows, *until));
}

void add_train_ranker(CLI::App& parent, Command& chosen) {
  auto* command = parent.add_subcommand(
      "ranker",
      "Learn from the event log how answers should be ordered: what was shown, at "
      "which position, with which\n"
      "features, and what shoppers did then. The latest answers compare it with the "
      "hybrid; one that is worse\n"
      "for some shoppers becomes the challenger. Beside a running server it reads a copy of the log.");
  auto flags = std::make_shared<RankerFlags>();
  add_publish_flags(*command, flags->publish);
  flags->eta_stated =
      command
          ->add_option(
              "--eta", flags->eta,
              "Position bias: position p, from 0, is looked at with probability (1 + p)^-ETA.\n"
              "For --debiasing weights (the default with --eta) and offsets. Without it, they estimate\n"
              "ETA from explored garments")
          ->check(number_range(0, 3));
  command
      ->add_option("--debiasing", flags->debiasing,
                   "Correct by weights, by offsets, or by offsets learned beside the trees: pairs (pairs)")
      ->check(CLI::IsMember({"weights", "offsets", "pairs"}));
  command->add_option("--seed", flags->options.trees.seed,
                      with_default("Of the drawn rows and columns", flags->options.trees.seed));
  command
      ->add_option("--attribution-days", flags->labels.attribution_days,
                   with_default("Days after an answer in which an outcome is credited to it",
                                flags->labels.attribution_days))
      ->check(CLI::Range(1, 90));
  command
      ->add_option("--answers-min", flags->options.answers_min,
                   with_default("Answers with an outcome that are needed", flags->options.answers_min))
      ->check(CLI::Range(20, 1'000'000));
  runs(command, chosen, flags, train_ranker_model);
}

}  // namespace modiste
