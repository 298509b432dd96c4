#include "serving/jobs.h"

#include <fmt/format.h>

#include <algorithm>

namespace modiste {

struct Jobs::Job {
  JobView view;  // under Jobs::mutex_
  Work work;
  std::atomic<bool> stopping = false;
};

class Jobs::Report final : public JobReport {
 public:
  Report(Jobs& jobs, Job& job) : jobs_(jobs), job_(job) {}

  void print(const std::string& text) override {
    const MutexLock lock(jobs_.mutex_);
    std::string& output = job_.view.output;
    output += text;
    if (output.size() <= kJobOutputBytesMax) return;
    const size_t line = output.find('\n', output.size() - kJobOutputBytesMax);
    output.erase(0, line == std::string::npos ? output.size() - kJobOutputBytesMax : line + 1);
  }
  Result<Done> at(const std::string& what, uint64_t done, uint64_t of) override {
    if (job_.stopping) return Error{Code::kConflict, "the job was cancelled", "", ""};
    const MutexLock lock(jobs_.mutex_);
    job_.view.progress = JobProgress{what, done, of};
    return kOk;
  }

 private:
  Jobs& jobs_;
  Job& job_;
};

Jobs::Jobs(const Clock& clock, std::vector<Kind> kinds)
    : clock_(clock),
      begun_s_(std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count()),
      kinds_(std::move(kinds)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Jobs::~Jobs() {
  thread_.request_stop();
  close();
  thread_.join();
}

void Jobs::close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  for (const auto& job : jobs_) job->stopping = true;
  for (const auto& job : std::exchange(waiting_, {})) cancel_waiting(*job);
}

void Jobs::cancel_waiting(Job& job) {
  job.view.state = JobState::kCancelled;
  job.view.ended_at = clock_.now();
}

Result<JobView> Jobs::start(const JobRequest& request) {
  const auto kind = std::ranges::find(kinds_, request.kind, &Kind::name);
  if (kind == kinds_.end()) {
    std::string known;
    for (const Kind& one : kinds_) known += fmt::format("{}{}", known.empty() ? "" : ", ", one.name);
    return Error{Code::kInvalid, fmt::format("'{}' is not a kind of job", request.kind), "/kind",
                 "one of " + known};
  }
  auto work = kind->prepare(request.arguments);
  if (!work.ok()) {
    Error error = std::move(work).error();
    error.where = "/arguments" + error.where;
    return error;
  }
  const MutexLock lock(mutex_);
  if (closed_) return Error{Code::kUnavailable, "the server is stopping", "", "another try once it is open"};
  if (waiting_.size() >= kJobsWaitingMax)
    return Error{Code::kUnavailable, fmt::format("{} jobs wait already", kJobsWaitingMax), "",
                 "another try when one has ended"};
  const auto job = std::make_shared<Job>();
  // Whoever waits for a job across a restart must not take another one for it.
  job->view.id = fmt::format("j{}-{:x}", ++last_id_, begun_s_);
  job->view.kind = request.kind;
  job->view.created_at = clock_.now();
  job->work = std::move(*work);
  jobs_.push_back(job);
  waiting_.push_back(job);
  forget_old();
  arrived_.notify_one();
  return job->view;
}

void Jobs::forget_old() {
  const auto ended = [](const auto& job) { return has_ended(job->view.state); };
  auto more = static_cast<size_t>(std::ranges::count_if(jobs_, ended));
  std::erase_if(jobs_, [&](const auto& job) { return more > kJobsKept && ended(job) && more-- > 0; });
}

std::shared_ptr<Jobs::Job> Jobs::find(std::string_view id) const {
  const auto found = std::ranges::find_if(jobs_, [&](const auto& job) { return job->view.id == id; });
  return found == jobs_.end() ? nullptr : *found;
}

Result<JobView> Jobs::job(std::string_view id) const {
  const MutexLock lock(mutex_);
  if (const auto found = find(id)) return found->view;
  return Error{Code::kNotFound, fmt::format("no job has the id '{}'", id), "",
               "an id that GET /v1/jobs lists; jobs end with the server's process"};
}

JobList Jobs::list() const {
  const MutexLock lock(mutex_);
  JobList list;
  for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) list.jobs.push_back((*job)->view);
  return list;
}

Result<JobView> Jobs::cancel(std::string_view id) {
  TRY(job(id));
  const MutexLock lock(mutex_);
  const auto found = find(id);
  if (found == nullptr || has_ended(found->view.state))
    return Error{Code::kConflict, fmt::format("job '{}' has ended", id), "", "a job that waits or runs"};
  found->stopping = true;
  if (found->view.state == JobState::kWaiting) {
    std::erase(waiting_, found);
    cancel_waiting(*found);
  }
  return found->view;
}

// What a library throws, or what memory does not hold, fails the job and not the server.
Result<Done> Jobs::work_of(Job& job, JobReport& report) {
  try {
    return job.work(report);
  } catch (const std::exception& exception) {
    return Error{Code::kInternal, exception.what(), "", ""};
  }
}

void Jobs::run(const std::stop_token& stop) {
  while (true) {
    std::shared_ptr<Job> job;
    {
      MutexLock lock(mutex_);
      arrived_.wait(lock, stop, [this]() REQUIRES(mutex_) { return !waiting_.empty(); });
      if (stop.stop_requested()) return;
      job = waiting_.front();
      waiting_.pop_front();
      job->view.state = JobState::kRunning;
      job->view.started_at = clock_.now();
    }
    Report report(*this, *job);
    const auto done = work_of(*job, report);
    job->work = nullptr;
    const MutexLock lock(mutex_);
    job->view.ended_at = clock_.now();
    job->view.state = done.ok() ? JobState::kDone : job->stopping ? JobState::kCancelled : JobState::kFailed;
    if (!done.ok()) {
      const Error& error = done.error();
      job->view.error = JobError{std::string(to_string(error.code)), error.what, error.where, error.expected};
    }
  }
}

Error error_of(const JobView& job) {
  if (!job.error) return {Code::kConflict, fmt::format("the job is {}", name_of(job.state)), job.id, ""};
  Code code = Code::kInternal;
  for (const Code one :
       {Code::kInvalid, Code::kNotFound, Code::kConflict, Code::kUnavailable, Code::kCorrupt})
    if (to_string(one) == job.error->code) code = one;
  return {code, job.error->what, job.error->where, job.error->expected};
}

}  // namespace modiste
