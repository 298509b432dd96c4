// Trains while the shop is open: a thread that looks at the schedule (shop/training_schedule.h) and starts
// the job "train" when something is due.
#pragma once

#include "base/repeating_thread.h"
#include "serving/jobs.h"
#include "shop/config.h"

namespace modiste {

// Borrows the jobs. One training at a time. What a training says of itself stands in the schedule's file; one
// that could not even be started is tried again after Config::Training::retry_minutes.
class TrainingKeeper {
 public:
  TrainingKeeper(const Config& config, Jobs& jobs, const Clock& clock);

 private:
  RepeatingThread thread_;
};

}  // namespace modiste
