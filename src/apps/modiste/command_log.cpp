#include <fmt/format.h>

#include <memory>

#include "apps/modiste/commands.h"
#include "shop/remote/reading_view.h"
#include "shop/shop_jobs.h"
#include "storage/files/data_directory.h"
#include "storage/sealed_log/log_status.h"

namespace modiste {
namespace {

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

Result<Done> seal(const Config& config, const LogSealArguments& given) {
  return run_work(config, {"log_seal", to_json(given)});
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
  TRY_ASSIGN(const auto view, ReadingView::open(config));
  TRY_ASSIGN(const auto directory, DataDirectory::open(view.config().folder()));
  TRY_ASSIGN(const auto log, SealedLog::open(directory.log(), config.log_options()));
  TRY_ASSIGN(const uint64_t events, log->export_days(given.out, from, to));
  fmt::print("{} events in {}\n", events, given.out);
  return kOk;
}

}  // namespace

void add_log(CLI::App& app, Command& chosen) {
  auto* log = app.add_subcommand("log",
                                 "The event log: show its state, seal past days, verify it, export it.\n"
                                 "A running server seals by itself.");
  log->require_subcommand(1);
  log->add_subcommand("status", "List sealed days and hot segments")->callback([&chosen] {
    chosen = show_status;
  });
  auto sealing = std::make_shared<LogSealArguments>();
  auto* seal_command = log->add_subcommand(
      "seal", "Write days that are over as Parquet files, which DuckDB, pandas, Spark and others read");
  seal_command->add_flag("--all", sealing->all,
                         "Seal today too; later events of today go into tomorrow's file");
  runs(seal_command, chosen, sealing, seal);
  log->add_subcommand("verify", "Read every event and check digests, formats and that no offset is missing")
      ->callback(
          [&chosen] { chosen = [](const Config& config) { return run_work(config, {"log_verify"}); }; });
  auto given = std::make_shared<Export>();
  auto* export_command = log->add_subcommand("export", "Write events, sealed or not, into one Parquet file");
  export_command->add_option("--out", given->out, "File")->required();
  export_command->add_option("--from", given->from,
                             "First day, by the time of receipt, UTC (the first in the log)");
  export_command->add_option("--to", given->to, "Last day (the last in the log)");
  runs(export_command, chosen, given, export_log);
}

}  // namespace modiste
