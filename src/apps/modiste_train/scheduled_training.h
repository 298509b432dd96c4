// The trainings that `modiste train --schedule` runs. Each reads the log, trains, and publishes through its
// gate.
#pragma once

#include <filesystem>
#include <optional>

#include "features/drift.h"
#include "learning/training/checkpoints.h"
#include "shop/background/training_schedule.h"

namespace modiste {

struct ScheduledTraining {
  TrainingScope scope = TrainingScope::kFull;
  TimePoint as_of{};             // what the log held then is learned from
  std::filesystem::path folder;  // for what must outlive a killed training
};
// Of a command that a person calls.
inline const ScheduledTraining kWholeLog{TrainingScope::kFull, TimePoint::max(), {}};

// kConflict, kInvalid: the data say no: too few, or the gate refused what was learned.
using ScheduledRun = Result<Done> (*)(const Config& config, const ScheduledTraining& training);
Result<Done> train_ranker_scheduled(const Config& config, const ScheduledTraining& training);
Result<Done> train_next_choices_scheduled(const Config& config, const ScheduledTraining& training);
Result<Done> train_taste_scheduled(const Config& config, const ScheduledTraining& training);
Result<Done> train_fit_scheduled(const Config& config, const ScheduledTraining& training);
Result<Done> train_occasions_scheduled(const Config& config, const ScheduledTraining& training);

// The feature that moved furthest since the ranker that was trained last; empty: too little to say.
Result<std::optional<FeatureDrift>> furthest_drift(const Config& config, TimePoint now);

}  // namespace modiste
