#include <fmt/format.h>

#include <memory>

#include "apps/modiste_train/publish.h"
#include "learning/ranker/train_ranker.h"
#include "shop/served_models.h"
#include "storage/features/read_ranking_rows.h"

namespace modiste {
namespace {

struct RankerFlags {
  PublishFlags publish;
  TrainRankerOptions options;
  TrainingOptions labels;
  double eta = 0;
  std::string debiasing{name_of(TrainRankerOptions().debiasing)};
  CLI::Option* eta_stated = nullptr;
};

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
  for (const RankerSegment& segment : trained.segments)
    fmt::print(
        "  {:<8}{:>7} answers   ranker {:.4f}   hybrid {:.4f}   difference {:+.4f} ({:+.4f} to {:+.4f})\n",
        segment.name, segment.answers, segment.ranker.mean, segment.hybrid.mean, segment.gain.mean,
        segment.gain.low, segment.gain.high);
}

Result<Done> train_ranker_model(const Config& config, const RankerFlags& flags) {
  MaterialiseOptions reading;
  reading.training = flags.labels;
  TRY_ASSIGN(const auto rows, read_log(config, [&](const auto& log, const auto&, const auto& progress) {
               return read_ranking_rows(log, SystemClock().now(), reading,
                                        [&](uint64_t done) { progress("events", done); });
             }));
  TrainRankerOptions options = flags.options;
  if (flags.eta_stated->count() > 0) options.eta = flags.eta;
  options.debiasing = *enum_from_name<Debiasing>(flags.debiasing);
  std::unique_ptr<ProgressLine> line = std::make_unique<ProgressLine>("trees", options.trees.rounds);
  auto trained = train_ranker(rows, options, [&](size_t round, double loss) {
    line->at(round, fmt::format("held-out loss {:.4f}", loss));
  });
  line.reset();
  if (!trained.ok()) return trained.error();
  print(*trained);
  return publish_gated(config, flags.publish, kServedRanker, trained->draft,
                       serialize_ranker(trained->model));
}

}  // namespace

void add_train_ranker(CLI::App& parent, Command& chosen) {
  auto* command =
      parent.add_subcommand("ranker",
                            "Learn from the event log how answers should be ordered: what was shown, at "
                            "which position, with which\n"
                            "features, and what shoppers did then. The latest answers compare it with the "
                            "hybrid; one that is worse\n"
                            "for some shoppers becomes the challenger. Needs the data directory to itself.");
  auto flags = std::make_shared<RankerFlags>();
  add_publish_flags(*command, flags->publish);
  flags->eta_stated =
      command
          ->add_option("--eta", flags->eta,
                       "Position bias: position p, from 0, is looked at with probability (1 + p)^-ETA\n"
                       "(estimated from the garments that exploration showed)")
          ->check(CLI::Range(0.0, 3.0));
  command
      ->add_option("--debiasing", flags->debiasing,
                   "Correct by weights, by offsets, or by offsets learned beside the trees: pairs (weights)")
      ->check(CLI::IsMember({"weights", "offsets", "pairs"}));
  command->add_option("--seed", flags->options.trees.seed, "Of the drawn rows and columns (7)");
  command
      ->add_option("--attribution-days", flags->labels.attribution_days,
                   "Days after an answer in which an outcome is credited to it (7)")
      ->check(CLI::Range(1, 90));
  command
      ->add_option("--answers-min", flags->options.answers_min,
                   "Answers with an outcome that are needed (200)")
      ->check(CLI::Range(20, 1'000'000));
  runs(command, chosen, flags, train_ranker_model);
}

}  // namespace modiste
