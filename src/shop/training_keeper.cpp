#include "shop/training_keeper.h"

#include <spdlog/spdlog.h>

#include <memory>

#include "shop/training_schedule.h"
#include "storage/files/data_directory.h"

namespace modiste {
namespace {

constexpr auto kLookAtScheduleEvery = std::chrono::seconds(10);

class ScheduleWatch {
 public:
  ScheduleWatch(const Config& config, Jobs& jobs, const Clock& clock)
      : schedule_(config.training),
        folder_(DataPaths(config.folder()).training()),
        jobs_(jobs),
        clock_(clock) {}

  void look() {
    const TimePoint now = clock_.now();
    if (!has_ended() || now < not_before_) return;
    const auto state = read_training_state(folder_);
    if (!state.ok()) return told(state.error(), now);
    if (!work_is_due(*state, now, schedule_)) return;
    JobRequest request;
    request.kind = "train";
    const auto job = jobs_.start(request);
    if (!job.ok()) return told(job.error(), now);
    job_ = job->id;
  }

 private:
  // Of the training that was started last; tells how it failed.
  bool has_ended() {
    if (job_.empty()) return true;
    const auto job = jobs_.job(job_);
    if (job.ok() && !modiste::has_ended(job->state)) return false;
    job_.clear();
    if (job.ok() && job->error) told(error_of(*job), clock_.now());
    return true;
  }

  void told(const Error& error, TimePoint now) {
    spdlog::error("a scheduled training failed: {}", error.message());
    not_before_ = now + std::chrono::duration_cast<Micros>(
                            std::chrono::duration<double, std::ratio<60>>(schedule_.retry_minutes));
  }

  const Config::Training schedule_;
  const std::filesystem::path folder_;
  Jobs& jobs_;
  const Clock& clock_;
  std::string job_;
  TimePoint not_before_{};
};

}  // namespace

TrainingKeeper::TrainingKeeper(const Config& config, Jobs& jobs, const Clock& clock)
    : thread_(kLookAtScheduleEvery, [watch = std::make_shared<ScheduleWatch>(config, jobs, clock)](
                                        const std::stop_token&) { watch->look(); }) {}

}  // namespace modiste
