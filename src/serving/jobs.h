// Long work on a shop that is open: one job at a time on a thread of its own, the others wait in line.
//
// A job never holds up a request. One that throws has failed with kInternal. Jobs are in memory: they end
// with the process, and what a started one has done by then stays as its own work leaves it. The last
// kJobsKept that ended can still be read. An id is not used again by the next process. Threads: any.
// Destruction asks the running job to stop and waits for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/mutex.h"

namespace modiste {

inline constexpr size_t kJobsWaitingMax = 16;
inline constexpr size_t kJobsKept = 100;
inline constexpr size_t kJobOutputBytesMax = 64 << 10;  // of a job; the latest lines are kept

// What long work tells while it runs, beside a server or not.
class JobReport {
 public:
  virtual ~JobReport() = default;
  // Of the result, as it is to be read. A server keeps the last kJobOutputBytesMax of it.
  virtual void print(const std::string& text) = 0;
  // How far it is; of: 0 when the end is not known. kConflict when it is to stop; work that cannot stop here
  // goes on.
  virtual Result<Done> at(const std::string& what, uint64_t done, uint64_t of) = 0;
};

enum class JobState { kWaiting, kRunning, kDone, kFailed, kCancelled };

struct JobProgress {
  std::string what;
  uint64_t done = 0, of = 0;
};

struct JobError {
  std::string code, what, where, expected;
};

struct JobView {
  std::string id, kind;
  JobState state = JobState::kWaiting;
  TimePoint created_at{};
  std::optional<TimePoint> started_at, ended_at;
  std::optional<JobProgress> progress;
  std::string output;  // what the command would print
  std::optional<JobError> error;
};

struct JobList {
  std::vector<JobView> jobs;  // latest first
};

struct JobRequest {
  std::string kind;
  json::value arguments = json::object();
};

class Jobs {
 public:
  using Work = std::function<Result<Done>(JobReport&)>;
  // A kind of job. prepare reads the arguments (kInvalid with a pointer below them) before the job is taken.
  struct Kind {
    std::string_view name;
    std::function<Result<Work>(const json::value& arguments)> prepare;
  };

  // clock: borrowed.
  Jobs(const Clock& clock, std::vector<Kind> kinds);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // kInvalid: no such kind, or its arguments. kUnavailable: kJobsWaitingMax wait already.
  Result<JobView> start(const JobRequest& request);
  // kNotFound.
  Result<JobView> job(std::string_view id) const;
  [[nodiscard]] JobList list() const;
  // One that waits is cancelled at once, one that runs when it next tells how far it is, if it can stop
  // there. kConflict: it has ended.
  Result<JobView> cancel(std::string_view id);
  // Takes no more jobs and asks those that there are to stop; returns at once.
  void close();

 private:
  struct Job;
  class Report;
  void run(const std::stop_token& stop);
  static Result<Done> work_of(Job& job, JobReport& report);
  void forget_old() REQUIRES(mutex_);
  void cancel_waiting(Job& job) REQUIRES(mutex_);
  [[nodiscard]] std::shared_ptr<Job> find(std::string_view id) const REQUIRES(mutex_);

  const Clock& clock_;
  const int64_t begun_s_;  // of ids
  const std::vector<Kind> kinds_;
  mutable Mutex mutex_;
  std::condition_variable_any arrived_;
  std::deque<std::shared_ptr<Job>> jobs_ GUARDED_BY(mutex_);     // all that are known, oldest first
  std::deque<std::shared_ptr<Job>> waiting_ GUARDED_BY(mutex_);  // of jobs_
  uint64_t last_id_ GUARDED_BY(mutex_) = 0;
  bool closed_ GUARDED_BY(mutex_) = false;
  std::jthread thread_;
};

[[nodiscard]] constexpr bool has_ended(JobState state) { return state >= JobState::kDone; }
// The error of a failed or cancelled job.
[[nodiscard]] Error error_of(const JobView& job);

template <>
struct EnumNames<JobState> {
  static constexpr std::array<std::string_view, 5> kNames{"waiting", "running", "done", "failed",
                                                          "cancelled"};
};

template <>
struct Contract<JobProgress> {
  static constexpr std::string_view kName = "JobProgress";
  static constexpr std::string_view kDoc = "How far a job is.";
  static constexpr auto kFields =
      Fields{field("what", &JobProgress::what, {.doc = "What is counted", .required = true}),
             field("done", &JobProgress::done, {.doc = "Units done so far", .required = true}),
             field("of", &JobProgress::of, {.doc = "Units in all; 0: not known", .required = true})};
};

template <>
struct Contract<JobError> {
  static constexpr std::string_view kName = "JobError";
  static constexpr std::string_view kDoc = "Why a job failed.";
  static constexpr auto kFields =
      Fields{field("code", &JobError::code,
                   {.doc = "Who has to act: invalid, not_found and conflict mean the caller"}),
             field("what", &JobError::what, {.doc = "What is wrong", .required = true}),
             field("where", &JobError::where, {.doc = "Place of the fault"}),
             field("expected", &JobError::expected, {.doc = "What would be right"})};
};

template <>
struct Contract<JobView> {
  static constexpr std::string_view kName = "Job";
  static constexpr std::string_view kDoc = "Long work of the server.";
  static constexpr auto kFields =
      Fields{field("id", &JobView::id, {.doc = "Id of the job, until the server stops", .required = true}),
             field("kind", &JobView::kind, {.doc = "What it does", .required = true}),
             field("state", &JobView::state,
                   {.doc = "waiting, running, done, failed or cancelled", .required = true}),
             field("created_at", &JobView::created_at, {.doc = "When it was asked for", .required = true}),
             field("started_at", &JobView::started_at, {.doc = "When it began"}),
             field("ended_at", &JobView::ended_at, {.doc = "When it ended"}),
             field("progress", &JobView::progress, {.doc = "How far it is, while it runs"}),
             field("output", &JobView::output, {.doc = "What the command line would print"}),
             field("error", &JobView::error, {.doc = "Why it failed"})};
};

template <>
struct Contract<JobList> {
  static constexpr std::string_view kName = "JobList";
  static constexpr std::string_view kDoc = "Jobs of the server.";
  static constexpr auto kFields =
      Fields{field("jobs", &JobList::jobs, {.doc = "Latest first", .required = true})};
};

template <>
struct Contract<JobRequest> {
  static constexpr std::string_view kName = "JobRequest";
  static constexpr std::string_view kDoc = "Long work to start.";
  static constexpr auto kFields =
      Fields{field("kind", &JobRequest::kind,
                   {.doc = "What is to be done: log_seal, log_verify, features, backup, lookbook or train",
                    .required = true}),
             field("arguments", &JobRequest::arguments, {.doc = "Of that kind (docs/operations.md)"})};
};

}  // namespace modiste
