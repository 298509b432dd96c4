// When which model is to be trained, and what came of it: DATA/training/schedule.json
// (docs/formats/training-schedule.md). `modiste train --schedule` trains and writes it; a server reads it and
// starts that command.
//
//   incremental   every day from the hour on: what the log has new since the version before
//   full          on one day of the week, and the first time: all of the log
//   drift         full, as soon as a look finds a feature further away than the bound
//   interrupted   a training that began and never ended goes on at once
//   failed        the same again after a pause that grows with each failure; then the next day
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "features/drift.h"
#include "shop/config.h"

namespace modiste {

enum class TrainingScope : uint8_t { kIncremental, kFull };
template <>
struct EnumNames<TrainingScope> {
  static constexpr std::array<std::string_view, 2> kNames{"incremental", "full"};
};

struct TrainingRecord {
  std::string model;
  std::optional<TimePoint> full_at, incremental_at;  // when the latest ended, whatever came of it
  std::optional<TimePoint> began_at;                 // of one that has not ended: it runs, or was killed
  bool stopped = false;                              // that one was asked to end, so it did not fail
  TrainingScope scope{};                             // of that one, or of the latest
  std::string outcome;                               // of the latest, for people
  int failures = 0;                                  // in a row, also over days
  int tries = 0;                                     // of these, since it was last given up for the day
  std::optional<TimePoint> ended_at;                 // of the latest
  std::optional<TimePoint> good_at;                  // when the latest ended that did not fail
  std::optional<double> psi;  // of the feature that moved furthest from what was learned
  std::string psi_feature;
};

struct TrainingState {
  static constexpr int kVersion = 1;
  int version = kVersion;
  std::optional<TimePoint> drift_at;  // of the latest look
  std::vector<TrainingRecord> models;

  // Added where it is missing.
  TrainingRecord& of(std::string_view model);
};

// Empty: nothing is due. drifted: shoppers or garments have changed since the model learned.
[[nodiscard]] std::optional<TrainingScope> due(const TrainingRecord& record, TimePoint now,
                                               const Config::Training& schedule, bool drifted = false);
[[nodiscard]] bool drift_is_due(const TrainingState& state, TimePoint now, const Config::Training& schedule);
// Writes a look at drift into the state. furthest: the feature that moved furthest; empty: too little to say.
// Whether the ranker drifted: it moved further than the bound.
bool note_drift(TrainingState& state, const std::optional<FeatureDrift>& furthest, TimePoint now,
                const Config::Training& schedule);
// Whether `modiste train --schedule` has anything to do.
[[nodiscard]] bool work_is_due(const TrainingState& state, TimePoint now, const Config::Training& schedule);

// Whether a training of this scope goes on where it was killed. One of the other scope begins again: a full
// training would else read the log as it was when an incremental one was killed, days before.
[[nodiscard]] bool resumes(const TrainingRecord& record, TrainingScope scope);
// And that it was killed, rather than asked to end.
[[nodiscard]] bool was_killed(const TrainingRecord& record, TrainingScope scope);

// What the run of a record writes into it.
void begin_training(TrainingRecord& record, TrainingScope scope, TimePoint now);
void end_training(TrainingRecord& record, const Result<std::string>& outcome, TimePoint now,
                  const Config::Training& schedule);

// Of a process that is asked to end while it trains.
Result<Done> note_stop(const std::filesystem::path& folder, std::string_view model);

// Nothing was trained yet where the file is missing. kCorrupt.
Result<TrainingState> read_training_state(const std::filesystem::path& folder);
Result<Done> write_training_state(const std::filesystem::path& folder, const TrainingState& state);

template <>
struct Contract<TrainingRecord> {
  using R = TrainingRecord;
  static constexpr std::string_view kName = "TrainingRecord";
  static constexpr auto kFields =
      Fields{field("model", &R::model, {.doc = "Name", .required = true}),
             field("full_at", &R::full_at, {.doc = "When the latest full training ended"}),
             field("incremental_at", &R::incremental_at, {.doc = "And the latest incremental one"}),
             field("began_at", &R::began_at, {.doc = "Of one that has not ended"}),
             field("stopped", &R::stopped, {.doc = "That one was asked to end"}),
             field("scope", &R::scope, {.doc = "Of the latest"}),
             field("outcome", &R::outcome, {.doc = "Of the latest"}),
             field("failures", &R::failures, {.doc = "In a row", .min = 0}),
             field("tries", &R::tries, {.doc = "Failures since it was given up for a day", .min = 0}),
             field("ended_at", &R::ended_at, {.doc = "Of the latest"}),
             field("good_at", &R::good_at, {.doc = "When the latest ended that did not fail"}),
             field("psi", &R::psi, {.doc = "Of the feature that moved furthest"}),
             field("psi_feature", &R::psi_feature, {.doc = "Its name"})};
};

template <>
struct Contract<TrainingState> {
  using S = TrainingState;
  static constexpr std::string_view kName = "TrainingState";
  static constexpr auto kFields =
      Fields{field("version", &S::version, {.doc = "Of this file", .required = true}),
             field("drift_at", &S::drift_at, {.doc = "Of the latest look at drift"}),
             field("models", &S::models, {.doc = "By model", .required = true})};
};

}  // namespace modiste
