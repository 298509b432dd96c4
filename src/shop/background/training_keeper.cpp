#include "shop/background/training_keeper.h"

#include <spdlog/spdlog.h>

#include "shop/background/training_schedule.h"
#include "storage/files/data_directory.h"

namespace modiste {

TrainingKeeper::TrainingKeeper(const Config& config, Jobs& jobs, const Clock& clock,
                               std::atomic<int>& failures)
    : schedule_(config.training),
      folder_(DataPaths(config.folder()).training()),
      jobs_(jobs),
      clock_(clock),
      failures_(failures) {}

void TrainingKeeper::look() {
  const TimePoint now = clock_.now();
  if (!last_has_ended() || now < not_before_) return;
  const auto state = read_training_state(folder_);
  if (!state.ok()) return tell_failure(state.error(), now);
  if (!work_is_due(*state, now, schedule_)) return;
  JobRequest request;
  request.kind = "train";
  const auto job = jobs_.start(request);
  if (!job.ok()) return tell_failure(job.error(), now);
  job_ = job->id;
}

// Tells how it failed.
bool TrainingKeeper::last_has_ended() {
  if (job_.empty()) return true;
  const auto job = jobs_.job(job_);
  if (job.ok() && !has_ended(job->state)) return false;
  job_.clear();
  if (job.ok() && job->state == JobState::kDone) failures_ = 0;
  if (job.ok() && job->error) tell_failure(error_of(*job), clock_.now());
  return true;
}

void TrainingKeeper::tell_failure(const Error& error, TimePoint now) {
  ++failures_;
  spdlog::error("a scheduled training failed: {}", error.message());
  not_before_ = now + std::chrono::duration_cast<Micros>(
                          std::chrono::duration<double, std::ratio<60>>(schedule_.retry_minutes));
}

}  // namespace modiste
