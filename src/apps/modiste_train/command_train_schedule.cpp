// `modiste train --schedule`: trains what the schedule says is due (shop/background/training_schedule.h), for
// cron and for a running server.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apps/modiste_train/publish.h"
#include "apps/modiste_train/scheduled_training.h"
#include "io/posix_files.h"
#include "io/termination.h"
#include "shop/open_shop.h"

namespace modiste {
namespace {

struct ScheduledModel {
  std::string_view name;
  ScheduledRun run;
};
constexpr std::array kScheduledModels{
    ScheduledModel{"next-choices", train_next_choices_scheduled},
    ScheduledModel{"taste", train_taste_scheduled}, ScheduledModel{"fit", train_fit_scheduled},
    ScheduledModel{"occasions", train_occasions_scheduled}, ScheduledModel{"ranker", train_ranker_scheduled}};
static_assert(std::ranges::equal(kScheduledModels, kTrainedBySchedule, {}, &ScheduledModel::name));

struct ScheduleFlags {
  bool now = false;
  std::string scope = "due";
};

class ScheduledRunner {
 public:
  ScheduledRunner(const Config& config, const ScheduleFlags& flags)
      : config_(config), flags_(flags), folder_(DataPaths(config.folder()).training()) {}

  Result<Done> run() {
    TRY_ASSIGN(const auto folder, PosixDirectory::open_or_create(folder_));
    TRY_ASSIGN(const auto lock, folder->lock(".lock"));  // another run's ends first, and leaves nothing due
    TRY_ASSIGN(state_, read_training_state(folder_));
    TRY_ASSIGN(const bool drifted, see_drift());
    size_t failed = 0, trained = 0;
    for (const ScheduledModel& model : kScheduledModels) {
      if (std::ranges::find(config_.training.models, model.name) == config_.training.models.end()) continue;
      const auto scope = scope_of(model.name, drifted);
      if (!scope) continue;
      ++trained;
      TRY_ASSIGN(const bool good, train(model, *scope));
      failed += good ? 0 : 1;
    }
    if (trained == 0) fmt::print("no training is due\n");
    if (failed == 0) return kOk;
    return Error{Code::kUnavailable, fmt::format("{} of {} trainings failed: {}", failed, trained, failure_),
                 "",
                 fmt::format("they are tried again {:.0f} minutes from now", config_.training.retry_minutes)};
  }

 private:
  // A look that fails says no, so that the trainings go on; it is reported, and comes again with the next
  // one.
  Result<bool> see_drift() {
    auto drifted = look_at_drift();
    if (drifted.ok()) return drifted;
    const std::string told = fmt::format("the look at drift failed: {}", drifted.error().message());
    fmt::print(stderr, "{}\n", told);
    note_drift(state_, {}, clock_.now(), config_.training);
    state_.of(kServedRanker.name).outcome = told;
    TRY(write_training_state(folder_, state_));
    return false;
  }

  // Whether the ranker learned from what no longer is.
  Result<bool> look_at_drift() {
    const TimePoint now = clock_.now();
    if (!drift_is_due(state_, now, config_.training)) return false;
    TRY_ASSIGN(const auto furthest, furthest_drift(config_, now));
    const bool drifted = note_drift(state_, furthest, now, config_.training);
    TRY(write_training_state(folder_, state_));
    if (furthest)
      fmt::print("drift: PSI {:.3f} of {}, {} {}\n", *furthest->psi, furthest->feature,
                 drifted ? "above" : "within", config_.training.drift_psi);
    return drifted;
  }

  std::optional<TrainingScope> scope_of(std::string_view model, bool drifted) {
    if (const auto asked = enum_from_name<TrainingScope>(flags_.scope)) return asked;
    return due(state_.of(model), clock_.now(), config_.training, drifted && model == kServedRanker.name);
  }

  // False: it failed, and the state says so.
  Result<bool> train(const ScheduledModel& model, TrainingScope scope) {
    TrainingRecord& record = state_.of(model.name);
    const bool interrupted = resumes(record, scope);
    Result<std::string> outcome = std::string();
    if (was_killed(record, scope) && record.tries >= config_.training.retries) {
      outcome = Error{Code::kUnavailable, "the training was killed time after time", "",
                      "enough memory; the system's log names what killed it"};
    } else {
      begin_training(record, scope, clock_.now());
      TRY(write_training_state(folder_, state_));
      fmt::print(
          "{}: {} training{}\n", model.name, name_of(scope),
          interrupted ? fmt::format(" of {}, which was interrupted", to_rfc3339(*record.began_at)) : "");
      std::fflush(stdout);
      const AtTermination stopped([&] { static_cast<void>(note_stop(folder_, model.name)); });
      outcome = outcome_of(model, {scope, *record.began_at, folder_});
    }
    remove_checkpoints(folder_, model.name);
    end_training(record, outcome, clock_.now(), config_.training);
    fmt::print("{}: {}\n", model.name, record.outcome);
    TRY(write_training_state(folder_, state_));
    if (!outcome.ok()) failure_ = record.outcome;
    return outcome.ok();
  }

  Result<std::string> outcome_of(const ScheduledModel& model, const ScheduledTraining& training) const {
    const auto done = model.run(config_, training);
    // What the data do not allow is an answer, and another try would say the same.
    if (!done.ok() && (done.error().code == Code::kConflict || done.error().code == Code::kInvalid))
      return done.error().message();
    if (!done.ok()) return done.error();
    TRY_ASSIGN(const auto registry, open_registry(DataPaths(config_.folder()).models()));
    TRY_ASSIGN(const int champion, registry->version_of(model.name, ModelAlias::kChampion));
    return fmt::format("version {} is the champion", champion);
  }

  const Config& config_;
  const ScheduleFlags& flags_;
  const std::filesystem::path folder_;
  const SystemClock clock_;
  TrainingState state_;
  std::string failure_;
};

}  // namespace

void add_train_schedule(CLI::App& train_command, Command& chosen) {
  auto flags = std::make_shared<ScheduleFlags>();
  auto* schedule = train_command.add_flag(
      "--schedule", flags->now,
      "Train what is due by [training] of the configuration: every day what the log has new, on one day of\n"
      "the week all of it, and the ranker when what is logged has moved. For cron; a server with\n"
      "training.scheduled does it by itself");
  train_command.add_option("--scope", flags->scope, "With --schedule: due, incremental or full (due)")
      ->check(CLI::IsMember({"due", "incremental", "full"}))
      ->needs(schedule);
  train_command.callback([&train_command, &chosen, flags] {
    if (!train_command.get_subcommands().empty()) return;
    if (!flags->now) throw CLI::RequiredError("a model, or --schedule");
    chosen = [flags](const Config& config) { return ScheduledRunner(config, *flags).run(); };
  });
}

}  // namespace modiste
