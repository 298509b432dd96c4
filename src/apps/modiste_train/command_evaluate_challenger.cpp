// `modiste evaluate challenger`: whether the challenger of the ranker should become the champion, by what
// shoppers did after both had learned and by what the running server saw.
#include <fmt/format.h>

#include <memory>

#include "apps/modiste/option_help.h"
#include "apps/modiste_train/publish.h"
#include "learning/ranker/compare_rankers.h"
#include "shop/metric_samples.h"
#include "shop/open_shop.h"
#include "shop/remote/remote.h"
#include "storage/features/read_ranking_rows.h"

namespace modiste {
namespace {

struct ChallengerFlags {
  CompareRankersOptions options;
  TrainingRowOptions labels;
  bool promote = false;
};

// A ranker of the registry, and until when it learned; version 0: the hybrid, which did not.
struct JudgedRanker {
  int version = 0;
  std::optional<LearnedRankerModel> model;
  TimePoint learned_until{};

  [[nodiscard]] std::string name() const {
    return version == 0 ? std::string(kServedRanker.otherwise) : fmt::format("version {}", version);
  }
};

Result<JudgedRanker> read_judged(const ModelRegistry& registry, ModelAlias alias) {
  JudgedRanker judged;
  TRY_ASSIGN(const auto stored, read_alias(registry, kServedRanker.name, alias));
  if (!stored) return judged;
  TRY(check_kind(kServedRanker, stored->manifest));
  TRY_ASSIGN(judged.model, parse_ranker(payload_text(*stored)));
  judged.version = stored->manifest.version;
  // Versions from before windows were kept did not learn from what came after them.
  judged.learned_until = stored->manifest.data_until.value_or(stored->manifest.created_at);
  return judged;
}

void print(const RankerComparison& comparison) {
  const auto second = [](TimePoint at) { return to_rfc3339(std::chrono::floor<std::chrono::seconds>(at)); };
  fmt::print("answers from {} to {}, position bias: eta {:.2f}\n", second(comparison.from),
             second(comparison.until), comparison.bias.eta);
  for (const RankerSegment& segment : comparison.segments)
    fmt::print(
        "  {:<8}{:>7} answers   challenger {:.4f}   champion {:.4f}   difference {:+.4f} ({:+.4f} to "
        "{:+.4f}){}\n",
        segment.name, segment.answers, segment.ranker.mean, segment.other.mean, segment.gain.mean,
        segment.gain.low, segment.gain.high, no_verdict_of(segment));
}

// What the running server saw of the challenger speaks against it; empty: nothing, or no server runs.
Result<std::string> refusal_live(const Config& config, int challenger) {
  const auto server = serving_at(config.folder());
  if (!server) {
    fmt::print("live: the directory is not served\n");
    return std::string();
  }
  TRY_ASSIGN(const auto metrics, call_server(*server, "GET", "/metrics", ""));
  const auto shadow = shadow_in(metrics);
  if (!shadow || shadow->challenger != fmt::format("{} {}", LearnedRanker::kName, challenger)) {
    fmt::print("live: the server has not compared version {} yet\n", challenger);
    return std::string();
  }
  fmt::print("live: {}\n", to_text(*shadow));
  if (shadow->unusable == 0) return std::string();
  return fmt::format("{:.0f} of its answers to live requests could not be used", shadow->unusable);
}

Result<Done> judge_challenger(const Config& config, const ChallengerFlags& flags) {
  TRY_ASSIGN(const auto registry, open_registry(DataPaths(config.folder()).models()));
  TRY_ASSIGN(const auto challenger, read_judged(*registry, ModelAlias::kChallenger));
  TRY_ASSIGN(const auto champion, read_judged(*registry, ModelAlias::kChampion));
  if (challenger.version == 0 || challenger.version == champion.version)
    return Error{Code::kConflict, "the ranker has no challenger", "",
                 "`modiste models promote ranker VERSION --as challenger`, or a training that names one"};
  fmt::print("ranker: challenger version {} beside {}\n", challenger.version, champion.name());
  TRY_ASSIGN(const std::string live, refusal_live(config, challenger.version));
  MaterialiseOptions reading;
  reading.training = flags.labels;
  reading.training.ripe_hours = config.training.ripe_hours;
  TRY_ASSIGN(const auto rows, read_log(config, [&](const auto& log, const auto&, const auto& progress) {
               return read_ranking_rows(log, SystemClock().now(), reading,
                                        [&](uint64_t done) { progress("events", done); });
             }));
  TRY_ASSIGN(const auto comparison,
             compare_rankers(rows, std::max(challenger.learned_until, champion.learned_until),
                             *challenger.model, champion.model ? &*champion.model : nullptr, flags.options));
  print(comparison);
  const std::string refusal =
      comparison.refusal + (live.empty() || comparison.refusal.empty() ? "" : "; ") + live;
  if (!refusal.empty())
    return Error{Code::kConflict, fmt::format("version {} is not promoted: {}", challenger.version, refusal),
                 "", "more answers, or `modiste models promote ranker VERSION --anyway`"};
  if (!flags.promote) {
    fmt::print("version {} may become the champion: --promote\n", challenger.version);
    return kOk;
  }
  TRY(registry->set_alias(kServedRanker.name, ModelAlias::kChampion, challenger.version,
                          SystemClock().now()));
  fmt::print("version {} is the champion; back by `modiste models promote ranker {}`\n", challenger.version,
             champion.version);
  return kOk;
}

}  // namespace

void add_evaluate_challenger(CLI::App& evaluate_command, Command& chosen) {
  auto* command = evaluate_command.add_subcommand(
      "challenger",
      "Compare the ranker's challenger with its champion, by what shoppers did with answers that neither\n"
      "learned from, and by what the running server saw. Fails with the reason when it should not be\n"
      "promoted.");
  auto flags = std::make_shared<ChallengerFlags>();
  command->add_flag("--promote", flags->promote, "Make it the champion if nothing speaks against it");
  command
      ->add_option("--answers-min", flags->options.answers_min,
                   with_default("Answers with an outcome that are needed", flags->options.answers_min))
      ->check(CLI::Range(20, 1'000'000));
  command
      ->add_option("--attribution-days", flags->labels.attribution_days,
                   with_default("Days after an answer in which an outcome is credited to it",
                                flags->labels.attribution_days))
      ->check(CLI::Range(1, 90));
  runs(command, chosen, flags, judge_challenger);
}

}  // namespace modiste
