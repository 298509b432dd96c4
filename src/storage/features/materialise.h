// The feature job: writes tables and training rows as Parquet from the event log, and a drift report.
// Formats: docs/formats/features.md.
//
//   OUT/2026-11-25/garments.parquet        daily features of every garment as of the time
//   OUT/2026-11-25/shoppers.parquet        daily features of every shopper
//   OUT/2026-11-25/training_rows.parquet   what was shown, what came of it, what was known then
//   OUT/drift.json                         of the streaming features, over served answers
#pragma once

#include <filesystem>
#include <optional>

#include "features/drift.h"
#include "features/training_rows.h"
#include "storage/features/event_tables.h"

namespace modiste {

struct MaterialiseOptions {
  TrainingRowOptions training;
  DriftOptions drift;
  TrafficFilterOptions traffic;
  DuckDbOptions duckdb = {.memory_bytes_max = uint64_t{1} << 30};
};

struct MaterialiseReport {
  EventTablesReport log;
  std::filesystem::path folder;  // of the day
  uint64_t garments = 0, shoppers = 0, rows = 0;
  uint64_t rows_left_out = 0;     // shown to shoppers who deny training or were erased
  uint64_t rows_with_vector = 0;  // of this feature set
  uint64_t rows_of_other_sets = 0;
  DriftReport drift;
};

// Files of the same day are replaced. The log is read once; nothing of it is changed. Progress by events read
// and after each step; its error ends the work.
Result<MaterialiseReport> materialise_features(const EventLog& log, TimePoint as_of,
                                               const std::filesystem::path& out,
                                               const MaterialiseOptions& options,
                                               const std::function<Result<Done>(uint64_t)>& progress);

// Removes the folders of all days but the latest, and nothing else.
Result<Done> keep_latest_days(const std::filesystem::path& out, size_t days);

inline constexpr const char* kDriftReportName = "drift.json";
// Of the folder OUT; empty when there is none yet. kInvalid: the file is not a drift report.
Result<std::optional<DriftReport>> read_drift_report(const std::filesystem::path& out);

// Tables of a DuckDB that create_event_tables has filled: the training rows and their facts.
Result<Done> create_training_tables(DuckDb& duckdb, TimePoint as_of, const TrainingRowOptions& options);

}  // namespace modiste
