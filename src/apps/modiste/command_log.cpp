#include <fmt/format.h>

#include <memory>
#include <optional>

#include "apps/modiste/commands.h"
#include "shop/progress.h"
#include "storage/files/data_directory.h"
#include "storage/sealed_log/log_status.h"

namespace modiste {
namespace {

// The log of a directory that no server holds: the lock says so.
struct OpenLog {
  DataDirectory directory;
  std::unique_ptr<SealedLog> log;
};

Result<OpenLog> open_log(const Config& config) {
  TRY_ASSIGN(auto directory, DataDirectory::open(config.folder()));
  TRY_ASSIGN(auto log, SealedLog::open(directory.log(), config.log_options()));
  return OpenLog{std::move(directory), std::move(log)};
}

Result<Done> show_status(const Config& config) {
  TRY_ASSIGN(const auto status, read_log_status(config.folder() / "log"));
  uint64_t bytes = 0;
  if (!status.days.empty()) fmt::print("{:<12}{:>14}{:>14}{:>14}\n", "day", "events", "from offset", "bytes");
  for (const auto& day : status.days) {
    fmt::print("{:<12}{:>14}{:>14}{:>14}\n", day.day, day.events(), day.first_offset, day.bytes);
    bytes += day.bytes;
  }
  fmt::print("{} events: {} in {} sealed days ({} bytes), {} in {} hot segments ({} bytes)\n", status.events,
             status.events - status.hot_events, status.days.size(), bytes, status.hot_events,
             status.hot_segments, status.hot_bytes);
  return kOk;
}

Result<Done> seal(const Config& config, bool all) {
  TRY_ASSIGN(const auto open, open_log(config));
  std::unique_ptr<ProgressLine> line;
  std::string day;
  const SealObserver observe = [&](const SealProgress& declared) -> Result<Done> {
    if (day != declared.day)
      line = std::make_unique<ProgressLine>("sealing " + (day = declared.day), declared.of);
    line->at(declared.events);
    if (declared.step == SealStep::kRemoved) line.reset();
    return kOk;
  };
  const TimePoint now = SystemClock().now();
  const Day tomorrow = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
  TRY_ASSIGN(const size_t sealed,
             all ? open.log->seal_before(tomorrow, observe) : open.log->seal(now, observe));
  fmt::print("{} {} sealed\n", sealed, sealed == 1 ? "day" : "days");
  return kOk;
}

Result<Done> verify(const Config& config) {
  TRY_ASSIGN(const auto open, open_log(config));
  TRY_ASSIGN(const auto status, open.log->status());
  {
    ProgressLine line("events", status.events);
    TRY(open.log->verify([&](uint64_t events) { line.at(events); }));
    line.at(status.events);
  }
  fmt::print("{} events in {} sealed days and {} segments: as they were acknowledged\n", status.events,
             status.days.size(), status.hot_segments);
  return kOk;
}

struct Export {
  std::string out, from, to;
};

Result<Day> given_day(const std::string& text, Day otherwise, std::string_view option) {
  if (text.empty()) return otherwise;
  if (const auto day = parse_day(text)) return *day;
  return Error{Code::kInvalid, fmt::format("'{}' is not a day", text), std::string(option),
               "such as 2026-11-21"};
}

Result<Done> export_log(const Config& config, const Export& given) {
  TRY_ASSIGN(const Day from, given_day(given.from, Day(), "--from"));
  TRY_ASSIGN(const Day to, given_day(given.to, parse_day("9998-12-31").value(), "--to"));
  TRY_ASSIGN(const auto open, open_log(config));
  TRY_ASSIGN(const uint64_t events, open.log->export_days(given.out, from, to));
  fmt::print("{} events in {}\n", events, given.out);
  return kOk;
}

}  // namespace

void add_log(CLI::App& app, Command& chosen) {
  auto* log = app.add_subcommand("log",
                                 "The event log: show its state, seal past days, verify it, export it\n"
                                 "All but status need the data directory to themselves; a running server "
                                 "seals by itself.");
  log->require_subcommand(1);
  log->add_subcommand("status", "List sealed days and hot segments")->callback([&chosen] {
    chosen = show_status;
  });
  auto all = std::make_shared<bool>(false);
  auto* seal_command = log->add_subcommand(
      "seal", "Write days that are over as Parquet files, which DuckDB, pandas, Spark and others read");
  seal_command->add_flag("--all", *all, "Seal today too; later events of today go into tomorrow's file");
  runs(seal_command, chosen, all, seal);
  log->add_subcommand("verify", "Read every event and check digests, formats and that no offset is missing")
      ->callback([&chosen] { chosen = verify; });
  auto given = std::make_shared<Export>();
  auto* export_command = log->add_subcommand("export", "Write events, sealed or not, into one Parquet file");
  export_command->add_option("--out", given->out, "File")->required();
  export_command->add_option("--from", given->from,
                             "First day, by the time of receipt, UTC (the first in the log)");
  export_command->add_option("--to", given->to, "Last day (the last in the log)");
  runs(export_command, chosen, given, export_log);
}

}  // namespace modiste
