#include "storage/features/materialise.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "events/traffic_filter.h"
#include "features/feature_sql.h"
#include "io/atomic_write.h"
#include "io/mapped_file.h"
#include "io/posix_files.h"

namespace modiste {
namespace {

std::string sql_time(TimePoint time) { return fmt::format("TIMESTAMPTZ '{}'", to_rfc3339(time)); }

Result<uint64_t> count(DuckDb& duckdb, const std::string& from) {
  uint64_t rows = 0;
  TRY(duckdb.query("SELECT count(*) FROM " + from, {}, [&](const SqlRows& answer) -> Result<Done> {
    rows = static_cast<uint64_t>(answer.integer(0, 0));
    return kOk;
  }));
  return rows;
}

Result<Done> write_parquet(DuckDb& duckdb, const std::string& select, const std::filesystem::path& file) {
  TRY(duckdb.execute(
      fmt::format("COPY ({}) TO {} (FORMAT parquet, COMPRESSION zstd)", select, sql_text(file.string()))));
  TRY(open_descriptor(file,
                      O_RDWR | O_CREAT));  // DuckDB makes another one: root's goes to the folder's owner
  return kOk;
}

// Everybody's features as of one time: the same SQL that training rows ask once for each showing.
Result<uint64_t> write_entities(DuckDb& duckdb, FeatureEntity entity, TimePoint as_of,
                                const std::filesystem::path& file) {
  const std::string name(name_of(entity));
  TRY(duckdb.execute(fmt::format("CREATE VIEW {0}_now AS SELECT DISTINCT entity, {1} AS as_of FROM {0}_facts",
                                 name, sql_time(as_of))));
  TRY(write_parquet(
      duckdb,
      fmt::format("FROM ({}) ORDER BY entity", daily_features_sql(entity, name + "_facts", name + "_now")),
      file));
  return count(duckdb, fmt::format("{}_now", name));
}

// One streaming feature of all served items in a window, or once an answer, robots left out; NaN where it was
// not known.
Result<std::vector<float>> served_values(DuckDb& duckdb, size_t place, TimePoint from, TimePoint to) {
  std::vector<float> values;
  const std::string_view once = is_of_answer(streaming_features()[place]) ? " AND leads" : "";
  TRY(duckdb.query(fmt::format("SELECT nullif(vector[{}], {}::FLOAT)::DOUBLE FROM served_vectors WHERE "
                               "shown_at >= {} AND shown_at < {}{}",
                               place + 2, kFeatureUnknown, sql_time(from), sql_time(to), once),
                   {}, [&](const SqlRows& rows) -> Result<Done> {
                     for (size_t row = 0; row < rows.size(); ++row)
                       values.push_back(rows.is_null(0, row) ? static_cast<float>(kMissing)
                                                             : static_cast<float>(rows.real(0, row)));
                     return kOk;
                   }));
  return values;
}

Result<DriftReport> report_drift(DuckDb& duckdb, TimePoint as_of, const DriftOptions& options) {
  TRY(
      duckdb.execute(fmt::format("CREATE TABLE served_vectors AS SELECT shown_at, vector, leads FROM (SELECT "
                                 "shown_at, bot, features::FLOAT[] AS vector, row_number() OVER (PARTITION "
                                 "BY request_key, person ORDER BY row_id) = 1 AS leads "
                                 "FROM shown WHERE served) WHERE vector[1] = {} AND NOT bot",
                                 feature_set())));
  const TimePoint latest = as_of - std::chrono::days(options.latest_days);
  const TimePoint reference = latest - std::chrono::days(options.reference_days);
  DriftReport report;
  report.as_of = as_of;
  report.feature_set = feature_set();
  const auto features = streaming_features();
  for (size_t i = 0; i < features.size(); ++i) {
    TRY_ASSIGN(auto before, served_values(duckdb, i, reference, latest));
    TRY_ASSIGN(auto now, served_values(duckdb, i, latest, as_of));
    report.features.push_back(drift_of(features[i], std::move(before), std::move(now), options));
  }
  return report;
}

Result<Done> make_folder(const std::filesystem::path& folder) {
  TRY(make_private_folder(folder));
  std::error_code error;
  // What shoppers did is the owner's alone to read, as sealed days are.
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (error) return Error{Code::kUnavailable, error.message(), folder.string(), "a folder to write to"};
  return kOk;
}

}  // namespace

Result<Done> create_training_tables(DuckDb& duckdb, TimePoint as_of, const TrainingRowOptions& options) {
  for (const auto& statement : training_statements(as_of, options)) {
    auto done = duckdb.execute(statement);
    if (done.ok()) continue;
    Error error = std::move(done).error();
    error.where = statement.substr(0, statement.find(" AS "));  // which of them
    return error;
  }
  return kOk;
}

Result<std::optional<DriftReport>> read_drift_report(const std::filesystem::path& out) {
  const auto path = out / kDriftReportName;
  const auto file = MappedFile::open(path);
  if (!file.ok() && file.error().code == Code::kNotFound) return std::optional<DriftReport>();
  if (!file.ok()) return file.error();
  const auto bytes = file->bytes();
  auto report = from_json_text<DriftReport>({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (report.ok()) return std::optional(std::move(*report));
  Error error = std::move(report).error();
  error.where = path.string() + error.where;
  return error;
}

Result<Done> keep_latest_days(const std::filesystem::path& out, size_t days) {
  const auto is_day = [](const std::string& name) {
    return name.size() == 10 && parse_rfc3339(name + "T00:00:00Z").ok();
  };
  std::vector<std::filesystem::path> folders;
  std::error_code error;
  for (auto at = std::filesystem::directory_iterator(out, error);
       !error && at != std::filesystem::directory_iterator(); at.increment(error))
    if (is_day(at->path().filename().string())) folders.push_back(at->path());
  std::ranges::sort(folders, std::ranges::greater());
  for (size_t i = days; i < folders.size() && !error; ++i) std::filesystem::remove_all(folders[i], error);
  if (error && error != std::errc::no_such_file_or_directory)
    return Error{Code::kUnavailable, error.message(), out.string(), "days that can be removed"};
  return kOk;
}

Result<MaterialiseReport> materialise_features(const EventLog& log, TimePoint as_of,
                                               const std::filesystem::path& out,
                                               const MaterialiseOptions& options,
                                               const std::function<Result<Done>(uint64_t)>& progress) {
  MaterialiseReport report;
  report.folder = out / fmt::format("{:%Y-%m-%d}", std::chrono::floor<std::chrono::seconds>(as_of));
  TRY(make_folder(report.folder));
  TRY_ASSIGN(const auto duckdb, DuckDb::open(options.duckdb));
  TRY_ASSIGN(report.log, create_event_tables(*duckdb, log, as_of, options.traffic, progress));
  TRY(progress(report.log.events));
  TRY(create_training_tables(*duckdb, as_of, options.training));
  TRY(progress(report.log.events));
  TRY_ASSIGN(report.garments,
             write_entities(*duckdb, FeatureEntity::kGarment, as_of, report.folder / "garments.parquet"));
  TRY_ASSIGN(report.shoppers,
             write_entities(*duckdb, FeatureEntity::kShopper, as_of, report.folder / "shoppers.parquet"));
  TRY(progress(report.log.events));
  const auto rows_file = report.folder / "training_rows.parquet";
  TRY(write_parquet(*duckdb, "FROM training_rows", rows_file));
  TRY_ASSIGN(const uint64_t shown, count(*duckdb, "shown"));
  const std::string rows = fmt::format("read_parquet({})", sql_text(rows_file.string()));
  TRY_ASSIGN(report.rows, count(*duckdb, rows));
  report.rows_left_out = shown - report.rows;
  TRY_ASSIGN(report.rows_with_vector,
             count(*duckdb, fmt::format("{} WHERE feature_set = {}", rows, feature_set())));
  TRY_ASSIGN(report.rows_of_other_sets,
             count(*duckdb, fmt::format("{} WHERE feature_set <> {}", rows, feature_set())));
  TRY_ASSIGN(report.drift, report_drift(*duckdb, as_of, options.drift));
  TRY(write_atomically(out / kDriftReportName, to_json_text(report.drift)));
  return report;
}

}  // namespace modiste
