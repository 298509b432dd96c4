// One sealed day as Parquet: the events as they were acknowledged, and their members as columns for
// analytical engines (docs/formats/sealed-day.md).
//
// Threads: any. Memory: DuckDbOptions for writing and reading; one row group is held at once.
#pragma once

#include <filesystem>
#include <functional>

#include "storage/duckdb/duckdb_connection.h"
#include "storage/event_log/log_lines.h"

namespace modiste {

inline constexpr int kDayColumnsVersion = 2;

struct DayFileOptions {
  // Reading one event unpacks its whole row group; smaller groups pack less well. Measured by bench_log.
  size_t row_group_events = 2'048;
  // Writing holds a row group some five times: 1 GB is for groups of events of 100 KB each.
  DuckDbOptions duckdb = {.memory_bytes_max = uint64_t{1} << 30};
};

// Lines in the order of their offsets; nothing at the end.
using LineSource = std::function<Result<std::optional<RawLine>>()>;
using LineVisitor = std::function<Result<Done>(const RawLine&)>;

struct DayFileReport {  // of what was written
  uint64_t events = 0, first_offset = 0, last_offset = 0;
  std::string lines_blake2b;  // of the lines with their newlines
};

// Writes the file whole, readable by the owner only, then syncs it; the name must be free or one of ours.
// Progress by events so far; an error of it ends the writing.
Result<DayFileReport> write_day_file(const std::filesystem::path& path, const LineSource& lines,
                                     const DayFileOptions& options,
                                     const std::function<Result<Done>(uint64_t)>& progress);

// The SELECT list that makes a day's columns of (log_offset, line), for exports.
[[nodiscard]] std::string day_columns_sql(std::string_view from);

// The lines from an offset on and before another. kCorrupt: not a file of ours.
Result<Done> replay_day_file(DuckDb& duckdb, const std::filesystem::path& path, uint64_t from, uint64_t to,
                             const LineVisitor& visit);
// The lines at these offsets, ascending, those that are there.
Result<Done> read_day_file(DuckDb& duckdb, const std::filesystem::path& path,
                           std::span<const uint64_t> offsets, const LineVisitor& visit);

// BLAKE2b-256 as hex: of the lines with their newlines, as DayFileReport's; of the file's bytes.
Result<std::string> lines_blake2b_of_day_file(DuckDb& duckdb, const std::filesystem::path& path);
Result<std::string> blake2b_of_file(const std::filesystem::path& path);

}  // namespace modiste
