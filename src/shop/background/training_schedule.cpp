#include "shop/background/training_schedule.h"

#include <fmt/format.h>

#include <algorithm>

#include "shop/models/served_models.h"
#include "shop/versioned_file.h"

namespace modiste {
namespace {

std::filesystem::path state_file(const std::filesystem::path& folder) { return folder / "schedule.json"; }

Micros micros(std::chrono::duration<double> time) { return std::chrono::duration_cast<Micros>(time); }

// The latest time, up to now, at which the hour began.
TimePoint latest_hour(TimePoint now, double hour) {
  const Micros offset = micros(std::chrono::duration<double, std::ratio<3600>>(hour));
  const TimePoint today = std::chrono::floor<std::chrono::days>(now) + offset;
  return today <= now ? today : today - std::chrono::days(1);
}

TimePoint latest_on(TimePoint now, double hour, Config::Weekday day) {
  TimePoint at = latest_hour(now, hour);
  const auto weekday = [](TimePoint time) {
    return std::chrono::weekday(std::chrono::floor<std::chrono::days>(time)).c_encoding();
  };
  while (weekday(at) != static_cast<unsigned>(day)) at -= std::chrono::days(1);
  return at;
}

}  // namespace

TrainingRecord& TrainingState::of(std::string_view model) {
  const auto found = std::ranges::find(models, model, &TrainingRecord::model);
  if (found != models.end()) return *found;
  TrainingRecord& added = models.emplace_back();
  added.model = model;
  return added;
}

std::optional<TrainingScope> due(const TrainingRecord& record, TimePoint now,
                                 const Config::Training& schedule, bool drifted) {
  if (record.began_at) return record.scope;
  if (drifted) return TrainingScope::kFull;
  if (record.tries > 0 && record.ended_at &&
      now < *record.ended_at +
                micros(std::chrono::duration<double, std::ratio<60>>(schedule.retry_minutes * record.tries)))
    return std::nullopt;
  // What was due by drift is not by the calendar, and is tried again all the same.
  if (record.tries > 0 && record.scope == TrainingScope::kFull) return TrainingScope::kFull;
  if (!record.full_at || *record.full_at < latest_on(now, schedule.hour, schedule.full_on))
    return TrainingScope::kFull;
  const TimePoint latest = std::max(*record.full_at, record.incremental_at.value_or(*record.full_at));
  if (latest < latest_hour(now, schedule.hour)) return TrainingScope::kIncremental;
  return std::nullopt;
}

bool drift_is_due(const TrainingState& state, TimePoint now, const Config::Training& schedule) {
  if (schedule.drift_psi <= 0 ||
      std::ranges::find(schedule.models, kServedRanker.name) == schedule.models.end())
    return false;
  return !state.drift_at ||
         now >=
             *state.drift_at + micros(std::chrono::duration<double, std::ratio<3600>>(schedule.drift_hours));
}

bool note_drift(TrainingState& state, const std::optional<FeatureDrift>& furthest, TimePoint now,
                const Config::Training& schedule) {
  state.drift_at = now;
  TrainingRecord& ranker = state.of(kServedRanker.name);
  ranker.psi = furthest ? furthest->psi : std::nullopt;
  ranker.psi_feature = furthest ? furthest->feature : "";
  return ranker.psi && *ranker.psi > schedule.drift_psi;
}

bool work_is_due(const TrainingState& state, TimePoint now, const Config::Training& schedule) {
  TrainingState known = state;
  return drift_is_due(state, now, schedule) ||
         std::ranges::any_of(schedule.models, [&](const std::string& model) {
           return due(known.of(model), now, schedule).has_value();
         });
}

bool resumes(const TrainingRecord& record, TrainingScope scope) {
  return record.began_at && record.scope == scope;
}

bool was_killed(const TrainingRecord& record, TrainingScope scope) {
  return resumes(record, scope) && !record.stopped;
}

// One that was killed counts as a failure: what kills its process would do so for ever. A server that stops,
// or a job that is cancelled, says nothing of the training.
void begin_training(TrainingRecord& record, TrainingScope scope, TimePoint now) {
  if (was_killed(record, scope)) ++record.failures, ++record.tries;
  if (!resumes(record, scope)) record.began_at = now;
  record.stopped = false;
  record.scope = scope;
}

void end_training(TrainingRecord& record, const Result<std::string>& outcome, TimePoint now,
                  const Config::Training& schedule) {
  record.began_at.reset();
  record.stopped = false;
  record.ended_at = now;
  record.outcome = outcome.ok() ? *outcome : "failed: " + outcome.error().message();
  record.failures = outcome.ok() ? 0 : record.failures + 1;
  if (outcome.ok()) record.good_at = now;
  if (!outcome.ok() && ++record.tries <= schedule.retries) return;
  record.tries = 0;
  (record.scope == TrainingScope::kFull ? record.full_at : record.incremental_at) = now;
}

Result<Done> note_stop(const std::filesystem::path& folder, std::string_view model) {
  TRY_ASSIGN(TrainingState state, read_training_state(folder));
  state.of(model).stopped = true;
  return write_training_state(folder, state);
}

Result<TrainingState> read_training_state(const std::filesystem::path& folder) {
  TRY_ASSIGN(auto state, read_versioned<TrainingState>(state_file(folder), "every model is trained again"));
  return state ? std::move(*state) : TrainingState{};
}

Result<Done> write_training_state(const std::filesystem::path& folder, const TrainingState& state) {
  return write_versioned(state_file(folder), state);
}

}  // namespace modiste
