#include "shop/shop_jobs.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <thread>

#include "io/free_space.h"
#include "shop/background/look_maker.h"
#include "shop/background/training_process.h"
#include "shop/console/console_report.h"
#include "shop/open_shop.h"
#include "shop/remote/remote.h"
#include "storage/backup/backup.h"
#include "storage/features/materialise.h"

namespace modiste {
namespace {

constexpr size_t kFeatureDaysKept = 7;  // each has the training rows of the whole log
constexpr auto kJobPollFirst = std::chrono::milliseconds(20), kJobPollMost = std::chrono::milliseconds(500);

Result<Done> seal_log(const WorkPlace& place, const LogSealArguments& given, JobReport& report) {
  const SealObserver observe = [&](const SealProgress& progress) {
    return report.at("sealing " + progress.day, progress.events, progress.of);
  };
  const TimePoint now = SystemClock().now();
  const Day tomorrow = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
  TRY_ASSIGN(const size_t sealed,
             given.all ? place.log->seal_before(tomorrow, observe) : place.log->seal(now, observe));
  report.print(fmt::format("{} {} sealed\n", sealed, sealed == 1 ? "day" : "days"));
  return kOk;
}

Result<Done> verify_log(const WorkPlace& place, JobReport& report) {
  TRY_ASSIGN(const auto status, place.log->status());
  TRY(place.log->verify([&](uint64_t events) { return report.at("events", events, status.events); }));
  TRY(report.at("events", status.events, status.events));  // above it is said now and then only
  report.print(fmt::format("{} events in {} sealed days and {} segments: as they were acknowledged\n",
                           status.events, status.days.size(), status.hot_segments));
  return kOk;
}

std::string text_of(const MaterialiseReport& report) {
  std::string text = fmt::format("{} events of {} persons, {} marked as noise\n", report.log.events,
                                 report.log.persons, report.log.noisy);
  text += fmt::format("{}: {} garments, {} shoppers, {} training rows ({} left out without consent)\n",
                      report.folder.string(), report.garments, report.shoppers, report.rows,
                      report.rows_left_out);
  text += fmt::format("{} rows have the features they were ranked by", report.rows_with_vector);
  if (report.rows_of_other_sets > 0)
    text += fmt::format(", {} those of another feature set", report.rows_of_other_sets);
  text += fmt::format("\n\n{:<26}{:>10}{:>10}{:>9}{:>9}  {}\n", "drift of", "reference", "latest", "unknown",
                      "PSI", "");
  for (const FeatureDrift& drift : report.drift.features)
    text += fmt::format("{:<26}{:>10}{:>10}{:>8.1f}%{:>9}  {}\n", drift.feature, drift.reference,
                        drift.latest, drift.unknown_share * 100,
                        drift.psi ? fmt::format("{:.4f}", *drift.psi) : "-", name_of(drift.verdict));
  return text;
}

// The name of a folder of its own below DATA/backups.
Result<std::string> backup_name(const BackupArguments& given) {
  if (given.name.empty()) {
    const auto now = std::chrono::floor<std::chrono::seconds>(SystemClock().now());
    std::string name = to_rfc3339(now);
    std::erase_if(name, [](char c) { return c == ':' || c == '-'; });
    return name;
  }
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  if (given.name.front() != '.' && std::ranges::all_of(given.name, allowed)) return given.name;
  return Error{Code::kInvalid, fmt::format("'{}' cannot be the name of a backup", given.name), "/name",
               "letters, digits, '-', '_' and '.'; the first is not '.'"};
}

Result<TimePoint> time_of(const FeaturesArguments& given) {
  if (given.as_of.empty()) return SystemClock().now();
  auto time = parse_rfc3339(given.as_of);
  if (time.ok()) return time;
  Error error = std::move(time).error();
  error.where = "/as_of";
  return error;
}

Result<Done> check_no_arguments(std::string_view kind, const json::value& arguments) {
  if (arguments.is_object() && arguments.get_object().empty()) return kOk;
  return Error{Code::kInvalid, fmt::format("{} takes no arguments", kind), "", "{}"};
}

Result<Done> run_here(const Config& config, const JobRequest& request) {
  TRY_ASSIGN(const auto directory, DataDirectory::open(config.folder()));
  TRY_ASSIGN(const auto log, SealedLog::open(directory.log(), config.log_options()));
  const auto kinds = shop_job_kinds({config, log.get()});
  const auto kind = std::ranges::find(kinds, request.kind, &Jobs::Kind::name);
  CHECK(kind != kinds.end());
  auto work = kind->prepare(request.arguments);
  if (!work.ok()) {  // says where, as a server does
    Error error = std::move(work).error();
    error.where = "/arguments" + error.where;
    return error;
  }
  ConsoleReport report;
  return (*work)(report);
}

// Another may run for hours: a command that says nothing looks as if it hung.
void tell_what_it_waits_for(const ServingNote& server, const JobView& job) {
  const auto answer = call_server(server, "GET", "/v1/jobs", "");
  const auto list = answer.ok() ? from_json_text<JobList>(*answer) : Result<JobList>(answer.error());
  if (!list.ok()) return;
  for (const JobView& other : list->jobs)
    if (other.state == JobState::kRunning && other.id != job.id)
      fmt::print(stderr, "  {} ({}) waits until {} ({}) has ended\n", job.kind, job.id, other.kind, other.id);
}

Result<Done> run_there(const ServingNote& server, const JobRequest& request) {
  ConsoleReport report;
  TRY_ASSIGN(auto answer, call_server(server, "POST", "/v1/jobs", to_json_text(request)));
  TRY_ASSIGN(auto job, from_json_text<JobView>(answer));
  if (job.state == JobState::kWaiting) tell_what_it_waits_for(server, job);
  for (auto pause = kJobPollFirst; !has_ended(job.state); pause = std::min(pause * 2, kJobPollMost)) {
    std::this_thread::sleep_for(pause);
    TRY_ASSIGN(answer, call_server(server, "GET", "/v1/jobs/" + job.id, ""));
    TRY_ASSIGN(job, from_json_text<JobView>(answer));
    if (job.progress) TRY(report.at(job.progress->what, job.progress->done, job.progress->of));
  }
  report.print(job.output);
  return job.state == JobState::kDone ? Result<Done>(kOk) : Result<Done>(error_of(job));
}

}  // namespace

std::vector<Jobs::Kind> shop_job_kinds(const WorkPlace& place) {
  return {{"log_seal",
           [place](const json::value& arguments) -> Result<Jobs::Work> {
             TRY_ASSIGN(const auto given, from_json<LogSealArguments>(arguments));
             return Jobs::Work([place, given](JobReport& report) { return seal_log(place, given, report); });
           }},
          {"log_verify",
           [place](const json::value& arguments) -> Result<Jobs::Work> {
             TRY(check_no_arguments("log_verify", arguments));
             return Jobs::Work([place](JobReport& report) { return verify_log(place, report); });
           }},
          {"features",
           [place](const json::value& arguments) -> Result<Jobs::Work> {
             TRY_ASSIGN(const auto given, from_json<FeaturesArguments>(arguments));
             TRY(time_of(given));  // refused now, not once the jobs before it have ended
             return Jobs::Work([place, given](JobReport& report) -> Result<Done> {
               const auto out = place.config.folder() / "features";
               TRY(materialise_into(place, given, out, report));
               return keep_latest_days(out, kFeatureDaysKept);
             });
           }},
          {"backup",
           [place](const json::value& arguments) -> Result<Jobs::Work> {
             TRY_ASSIGN(const auto given, from_json<BackupArguments>(arguments));
             TRY_ASSIGN(const auto name, backup_name(given));
             return Jobs::Work([place, to = place.config.folder() / "backups" / name](JobReport& report) {
               return backup_into(place, to, report);
             });
           }},
          {"lookbook",
           [place](const json::value& arguments) -> Result<Jobs::Work> {
             TRY(check_no_arguments("lookbook", arguments));
             if (!place.lookbook)
               return Error{Code::kUnavailable, "looks are made in an open shop", "", "`modiste lookbook`"};
             return Jobs::Work(place.lookbook);
           }},
          {"train", [place](const json::value& arguments) -> Result<Jobs::Work> {
             TRY(check_no_arguments("train", arguments));
             TRY_ASSIGN(const auto program, training_program());
             return Jobs::Work([program, words = schedule_arguments(place.config)](JobReport& report) {
               return run_training(program, words, report);
             });
           }}};
}

WorkPlace work_place(const Config& config, OpenShop& shop, LookMaker& looks) {
  WorkPlace place{config, &shop.log()};
  // Without a snapshot the restored shop folds the whole log, and without an index it reads the database:
  // better than to be without a backup.
  place.before_backup = [&shop]() -> Result<Done> {
    if (const auto written = shop.snapshots().write(); !written.ok())
      spdlog::warn("a backup without a new snapshot: {}", written.error().message());
    if (const auto saved = shop.save_index(); !saved.ok())
      spdlog::warn("a backup without a new index: {}", saved.error().message());
    return kOk;
  };
  place.lookbook = [&looks](JobReport& report) -> Result<Done> {
    return looks.make(NightScope::kAll, report);
  };
  return place;
}

Result<Done> run_work(const Config& config, const JobRequest& request) {
  if (const auto server = serving_at(config.folder())) return run_there(*server, request);
  return run_here(config, request);
}

Result<Done> materialise_into(const WorkPlace& place, const FeaturesArguments& given,
                              const std::filesystem::path& out, JobReport& report) {
  TRY_ASSIGN(const TimePoint as_of, time_of(given));
  TRY(make_private_folder(out));
  MaterialiseOptions options;
  options.training.attribution_days = given.attribution_days;
  options.training.return_days = given.return_days;
  options.duckdb.spill = out / "spill";
  const auto made = materialise_features(*place.log, as_of, out, options, [&](uint64_t events) {
    return report.at("events", events, place.log->size());
  });
  std::error_code ignored;
  std::filesystem::remove_all(options.duckdb.spill, ignored);
  if (!made.ok()) return made.error();
  report.print(text_of(*made));
  return kOk;
}

Result<Done> backup_into(const WorkPlace& place, const std::filesystem::path& to, JobReport& report) {
  const auto begun = std::chrono::steady_clock::now();
  if (place.before_backup) TRY(place.before_backup());
  TRY(make_private_folder(std::filesystem::absolute(to / "").parent_path().parent_path()));
  const auto& root = place.config.folder();
  const auto progress = [&](uint64_t bytes) -> Result<Done> {
    TRY(leave_reserve(root));  // the backup may be on the disk that events are written to
    return report.at("bytes", bytes, 0);
  };
  TRY_ASSIGN(const auto made, make_backup(DataPaths(root), to, SystemClock().now(), progress));
  report.print(fmt::format("{} events, {} files, {} bytes in {}; {:.1f} s\n", made.events, made.files.size(),
                           made.bytes(), to.string(),
                           std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()));
  return kOk;
}

}  // namespace modiste
