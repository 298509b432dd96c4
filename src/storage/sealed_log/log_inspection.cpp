// What operators ask of a SealedLog.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "storage/sealed_log/sealed_log.h"

namespace modiste {

namespace {

constexpr uint64_t kInspectProgressEvents = 10'000;

}  // namespace

Result<LogStatus> SealedLog::status() const {
  const auto [sealed, hot] = snapshot();
  LogStatus status{sealed->days, hot.end_offset, hot.segments.size(), hot.end_offset - sealed->end_offset(),
                   0};
  for (const uint64_t segment : hot.segments) {
    TRY_ASSIGN(const auto file, hot_->directory().open(segment_name(segment)));
    TRY_ASSIGN(const uint64_t bytes, file->size());
    status.hot_bytes += bytes;
  }
  return status;
}

Result<Done> SealedLog::verify(const std::function<Result<Done>(uint64_t)>& progress) const {
  const Manifest sealed = snapshot().sealed;
  TRY(check_files(*sealed));
  uint64_t seen = 0;
  for (const auto& day : sealed->days) {
    TRY(progress(seen));
    TRY(check_intact(day, true));
  }
  return replay(LogPosition::begin(), [&](const LoggedEvent&) -> Result<Done> {
    if (++seen % kInspectProgressEvents == 0) TRY(progress(seen));
    return kOk;
  });
}

Result<uint64_t> SealedLog::export_days(const std::filesystem::path& file, Day first, Day last) const {
  const auto [sealed, hot] = snapshot();
  TRY_ASSIGN(const auto duckdb, DuckDb::open(options_.day_file.duckdb));
  std::optional<LogLines> lines;
  if (hot.end_offset > hot.segments.front()) lines.emplace(hot_->directory(), hot, hot.segments.front());
  const SqlRowSource source = [&](std::vector<SqlCell>& row) -> Result<bool> {
    if (!lines) return false;
    TRY_ASSIGN(const auto line, lines->next());
    if (!line) return false;
    row[0] = static_cast<int64_t>(line->offset);
    row[1] = line->text;
    return true;
  };
  TRY(duckdb->add_source("log_lines", {{"log_offset", SqlType::kInteger}, {"line", SqlType::kText}}, source));
  std::string all = day_columns_sql("log_lines()");
  if (!sealed->days.empty()) {
    std::vector<std::filesystem::path> files;
    for (const auto& day : sealed->days) {
      TRY(check_intact(day));
      files.push_back(days_folder() / day.file());
    }
    TRY(duckdb->add_files("sealed", files));
    all = fmt::format("(SELECT * FROM sealed) UNION ALL BY NAME ({})", all);
  }
  TRY(duckdb->execute(fmt::format(
      "COPY (SELECT * FROM ({}) WHERE received_at >= {}::TIMESTAMPTZ AND received_at < {}::TIMESTAMPTZ) "
      "TO {} (FORMAT parquet, COMPRESSION zstd)",
      all, sql_text(to_rfc3339(TimePoint(first))),
      sql_text(to_rfc3339(TimePoint(last + std::chrono::days(1)))), sql_text(file.string()))));
  uint64_t events = 0;
  TRY(duckdb->query(fmt::format("SELECT count(*) FROM read_parquet({})", sql_text(file.string())), {},
                    [&](const SqlRows& rows) -> Result<Done> {
                      events = static_cast<uint64_t>(rows.integer(0, 0));
                      return kOk;
                    }));
  return events;
}

}  // namespace modiste
