// Trains while the shop is open: looks at the schedule (shop/background/training_schedule.h) and starts the
// job "train" when something is due.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "serving/jobs.h"
#include "shop/config.h"

namespace modiste {

// Borrows jobs, clock and failures, which it sets: runs of the schedule in a row that failed or could not
// start. One training at a time. What a training says of itself stands in the schedule's
// file; one that could not even be started is tried again after Config::Training::retry_minutes. Threads:
// one.
class TrainingKeeper {
 public:
  TrainingKeeper(const Config& config, Jobs& jobs, const Clock& clock, std::atomic<int>& failures);

  void look();

 private:
  bool last_has_ended();
  void tell_failure(const Error& error, TimePoint now);

  const Config::Training schedule_;
  const std::filesystem::path folder_;
  Jobs& jobs_;
  const Clock& clock_;
  std::atomic<int>& failures_;
  std::string job_;  // the latest that was started, while it runs
  TimePoint not_before_{};
};

}  // namespace modiste
