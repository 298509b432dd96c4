// Long work on a data directory, one definition for both ways to run it: as a job of the server that has the
// directory open (POST /v1/jobs), or in the process of a command that has it to itself.
//
// No argument of a job names a file: what a job writes goes below the data directory, so an API key gives
// nobody the machine's files. Commands that read or write files of their caller do so in their own process,
// from a ReadingView.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "serving/jobs.h"
#include "shop/config.h"

namespace modiste {

class LookMaker;
class OpenShop;

struct LogSealArguments {
  bool all = false;
};
struct FeaturesArguments {
  std::string as_of;
  int attribution_days = TrainingRowOptions().attribution_days,
      return_days = TrainingRowOptions().return_days;
};
struct BackupArguments {
  std::string name;
};

// What work is done on. Borrowed while it runs.
struct WorkPlace {
  Config config;
  SealedLog* log = nullptr;
  std::function<Result<Done>()> before_backup = {};  // may be empty
  // Makes the looks of the day; empty: there is no open shop to make them in.
  std::function<Result<Done>(JobReport&)> lookbook = {};
};

// The kinds are listed in docs/operations.md. The place is copied.
[[nodiscard]] std::vector<Jobs::Kind> shop_job_kinds(const WorkPlace& place);
// Of a shop that is open; borrowed, as is the maker of its looks.
[[nodiscard]] WorkPlace work_place(const Config& config, OpenShop& shop, LookMaker& looks);

// The work of a command: through the running server as a job, whose progress is shown, else in this process.
// What it prints goes to the standard output. Errors: the work's, or the server's refusal.
Result<Done> run_work(const Config& config, const JobRequest& request);

// Into a folder of the caller's.
Result<Done> materialise_into(const WorkPlace& place, const FeaturesArguments& given,
                              const std::filesystem::path& out, JobReport& report);
Result<Done> backup_into(const WorkPlace& place, const std::filesystem::path& to, JobReport& report);

template <>
struct Contract<LogSealArguments> {
  static constexpr std::string_view kName = "LogSealArguments";
  static constexpr auto kFields = Fields{field("all", &LogSealArguments::all, {.doc = "Today too"})};
};

template <>
struct Contract<FeaturesArguments> {
  static constexpr std::string_view kName = "FeaturesArguments";
  static constexpr auto kFields = Fields{
      field("as_of", &FeaturesArguments::as_of, {.doc = "As known at this time, RFC 3339 (now)"}),
      field("attribution_days", &FeaturesArguments::attribution_days,
            {.doc = "Days after the impression in which an outcome is credited to it", .min = 1, .max = 90}),
      field("return_days", &FeaturesArguments::return_days,
            {.doc = "Days after which a purchase counts as kept", .min = 1, .max = 365})};
};

template <>
struct Contract<BackupArguments> {
  static constexpr std::string_view kName = "BackupArguments";
  static constexpr auto kFields =
      Fields{field("name", &BackupArguments::name,
                   {.doc = "Of the folder below DATA/backups: letters, digits, '-', '_' and '.' (the time)",
                    .length_max = 100})};
};

}  // namespace modiste
