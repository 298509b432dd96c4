#include "storage/duckdb/duckdb_connection.h"

#include <duckdb_api.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <optional>
#include <utility>

#include "base/mutex.h"
#include "storage/duckdb/duckdb_source.h"

namespace modiste {

namespace {

constexpr const char* kDuckDbVersion = "v1.5.6";  // of the npm package

// DuckDB's texts begin with the kind of trouble: "IO Error: No files found that match ...".
Error duckdb_error(const char* words) {
  std::string_view text = words == nullptr ? "DuckDB gave no reason" : words;
  Code code = Code::kInvalid;
  for (const std::string_view kind : {"IO Error", "Out of Memory Error", "HTTP Error"})
    if (text.starts_with(kind)) code = Code::kUnavailable;
  for (const std::string_view kind : {"INTERNAL Error", "FATAL Error"})
    if (text.starts_with(kind)) code = Code::kInternal;
  return {code, std::string(text.substr(0, text.find("\n\n"))), "", ""};
}

struct Config {
  Config() { CHECK(duckdb_create_config(&handle) == DuckDBSuccess); }
  ~Config() { duckdb_destroy_config(&handle); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  duckdb_config handle = nullptr;
};

struct Connection {
  explicit Connection(duckdb_database database) { CHECK(duckdb_connect(database, &handle) == DuckDBSuccess); }
  ~Connection() { duckdb_disconnect(&handle); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  duckdb_connection handle = nullptr;
};

struct Statement {
  ~Statement() { duckdb_destroy_prepare(&handle); }
  duckdb_prepared_statement handle = nullptr;
};

struct Answer {
  ~Answer() { duckdb_destroy_result(&handle); }
  duckdb_result handle{};
};

std::optional<SqlType> sql_type(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
      return SqlType::kBool;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
      return SqlType::kInteger;
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_HUGEINT:
      return SqlType::kReal;
    case DUCKDB_TYPE_VARCHAR:
      return SqlType::kText;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return SqlType::kTime;
    default:
      return std::nullopt;
  }
}

duckdb_type column_type(duckdb_result& result, idx_t column) {
  duckdb_logical_type logical = duckdb_column_logical_type(&result, column);
  const duckdb_type type = duckdb_get_type_id(logical);
  duckdb_destroy_logical_type(&logical);
  return type;
}

duckdb_state bind(duckdb_prepared_statement statement, idx_t index, const SqlCell& cell) {
  if (const auto* value = std::get_if<bool>(&cell)) return duckdb_bind_boolean(statement, index, *value);
  if (const auto* value = std::get_if<int64_t>(&cell)) return duckdb_bind_int64(statement, index, *value);
  if (const auto* value = std::get_if<double>(&cell)) return duckdb_bind_double(statement, index, *value);
  if (const auto* value = std::get_if<std::string_view>(&cell))
    return duckdb_bind_varchar_length(statement, index, value->data(), value->size());
  if (const auto* value = std::get_if<TimePoint>(&cell))
    return duckdb_bind_timestamp_tz(statement, index, {value->time_since_epoch().count()});
  return duckdb_bind_null(statement, index);
}

Result<Done> bind_all(duckdb_prepared_statement statement, std::span<const SqlCell> bindings) {
  if (const idx_t wanted = duckdb_nparams(statement); wanted != bindings.size())
    return Error{Code::kInvalid, fmt::format("{} values are bound", bindings.size()), "",
                 fmt::format("{}, one for each ?", wanted)};
  for (size_t i = 0; i < bindings.size(); ++i)
    if (bind(statement, i + 1, bindings[i]) != DuckDBSuccess)
      return Error{Code::kInvalid, "a value cannot be bound", fmt::format("?{}", i + 1), "valid UTF-8"};
  return kOk;
}

template <class T>
T cell(const void* values, size_t row) {
  return static_cast<const T*>(values)[row];
}

}  // namespace

struct DuckDb::Database {
  ~Database() { duckdb_close(&handle); }
  duckdb_database handle = nullptr;
  std::vector<std::shared_ptr<SourceState>> sources GUARDED_BY(mutex);
  Mutex mutex;

  // The error of a source of ours says more than DuckDB's echo of it.
  Error error(const char* words) {
    const MutexLock lock(mutex);
    for (const auto& source : sources)
      if (auto error = source->take_error()) return *error;
    return duckdb_error(words);
  }
};

DuckDb::DuckDb(std::unique_ptr<Database> database) : database_(std::move(database)) {}
DuckDb::~DuckDb() = default;

Result<std::unique_ptr<DuckDb>> DuckDb::open(const DuckDbOptions& options) {
  if (std::string_view(duckdb_library_version()) != kDuckDbVersion)
    return Error{Code::kInternal, fmt::format("libduckdb is of version {}", duckdb_library_version()), "",
                 fmt::format("{}: run tools/setup", kDuckDbVersion)};
  Config config;
  const std::array<std::pair<const char*, std::string>, 6> settings{
      {{"autoinstall_known_extensions", "false"},
       {"autoload_known_extensions", "false"},
       {"allow_community_extensions", "false"},
       {"memory_limit", fmt::format("{}B", options.memory_bytes_max)},
       {"threads", fmt::format("{}", options.threads)},
       {"temp_directory", options.spill.string()}}};
  for (const auto& [name, value] : settings)
    CHECK(duckdb_set_config(config.handle, name, value.c_str()) == DuckDBSuccess);
  auto database = std::make_unique<Database>();
  char* words = nullptr;
  if (duckdb_open_ext(nullptr, &database->handle, config.handle, &words) != DuckDBSuccess) {
    Error error = duckdb_error(words);
    duckdb_free(words);
    return error;
  }
  std::unique_ptr<DuckDb> opened(new DuckDb(std::move(database)));
  TRY(opened->execute("SET GLOBAL TimeZone = 'UTC'"));
  TRY(opened->execute("SET GLOBAL parquet_metadata_cache = true"));  // kept while the file is the same
  TRY(opened->execute("SET GLOBAL lock_configuration = true"));
  return opened;
}

Result<Done> DuckDb::query(const std::string& sql, std::span<const SqlCell> bindings,
                           const SqlVisitor& visit) {
  const Connection connection(database_->handle);
  Statement statement;
  if (duckdb_prepare(connection.handle, sql.c_str(), &statement.handle) != DuckDBSuccess)
    return database_->error(duckdb_prepare_error(statement.handle));
  TRY(bind_all(statement.handle, bindings));
  Answer answer;
  if (duckdb_execute_prepared_streaming(statement.handle, &answer.handle) != DuckDBSuccess)
    return database_->error(duckdb_result_error(&answer.handle));
  SqlRows rows;
  for (idx_t i = 0; i < duckdb_column_count(&answer.handle); ++i) {
    const duckdb_type type = column_type(answer.handle, i);
    const auto known = sql_type(type);
    if (!known)
      return Error{Code::kInvalid, fmt::format("a column has DuckDB's type {}", static_cast<int>(type)),
                   duckdb_column_name(&answer.handle, i), "a cast to a type that can be read"};
    rows.columns_.push_back({*known, static_cast<int>(type), nullptr, nullptr});
  }
  while (duckdb_data_chunk chunk = duckdb_fetch_chunk(answer.handle)) {
    rows.size_ = duckdb_data_chunk_get_size(chunk);
    for (size_t i = 0; i < rows.columns_.size(); ++i) {
      duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
      rows.columns_[i].values = duckdb_vector_get_data(vector);
      rows.columns_[i].valid = duckdb_vector_get_validity(vector);
    }
    const bool last = rows.size_ == 0;  // a streamed answer ends in an empty chunk
    auto visited = last ? Result<Done>(kOk) : visit(rows);
    duckdb_destroy_data_chunk(&chunk);
    if (last) break;
    TRY(std::move(visited));
  }
  if (const char* words = duckdb_result_error(&answer.handle); words != nullptr && *words != 0)
    return database_->error(words);
  return kOk;
}

Result<Done> DuckDb::execute(const std::string& sql, std::span<const SqlCell> bindings) {
  return query(sql, bindings, [](const SqlRows&) -> Result<Done> { return kOk; });
}

Result<Done> DuckDb::add_files(const std::string& name, std::span<const std::filesystem::path> files) {
  if (files.empty()) return Error{Code::kInvalid, "no files", name, "at least one"};
  const auto extension = files.front().extension();
  std::vector<std::string> quoted;
  for (const auto& file : files) {
    if (file.extension() != extension)
      return Error{Code::kInvalid, "the files are of several kinds", file.string(), extension.string()};
    quoted.push_back(sql_text(file.string()));
  }
  std::string_view reader;
  if (extension == ".parquet") reader = "read_parquet";
  if (extension == ".csv" || extension == ".tsv") reader = "read_csv";
  if (extension == ".jsonl") reader = "read_json_auto";
  if (reader.empty())
    return Error{Code::kInvalid, "the kind of file is not known", files.front().string(),
                 ".parquet, .csv, .tsv or .jsonl"};
  return execute(fmt::format("CREATE OR REPLACE VIEW {} AS SELECT * FROM {}([{}], union_by_name = true)",
                             sql_name(name), reader, fmt::join(quoted, ", ")));
}

Result<Done> DuckDb::add_source(const std::string& name, std::vector<SqlColumn> columns,
                                SqlRowSource source) {
  const Connection connection(database_->handle);
  auto state = std::make_shared<SourceState>(std::move(columns), std::move(source));
  if (!register_source(connection.handle, name, *state))
    return Error{Code::kInvalid, "the name of the source is taken", name, "a new name"};
  const MutexLock lock(database_->mutex);
  database_->sources.push_back(std::move(state));
  return kOk;
}

bool SqlRows::is_null(size_t column, size_t row) const {
  const uint64_t* valid = columns_[column].valid;
  return valid != nullptr && (valid[row / 64] >> (row % 64) & 1) == 0;
}

bool SqlRows::boolean(size_t column, size_t row) const {
  CHECK(columns_[column].type == SqlType::kBool);
  return cell<bool>(columns_[column].values, row);
}

int64_t SqlRows::integer(size_t column, size_t row) const {
  const auto& [type, width, values, valid] = columns_[column];
  switch (width) {
    case DUCKDB_TYPE_TINYINT:
      return cell<int8_t>(values, row);
    case DUCKDB_TYPE_SMALLINT:
      return cell<int16_t>(values, row);
    case DUCKDB_TYPE_INTEGER:
      return cell<int32_t>(values, row);
    case DUCKDB_TYPE_BIGINT:
      return cell<int64_t>(values, row);
    case DUCKDB_TYPE_UTINYINT:
      return cell<uint8_t>(values, row);
    case DUCKDB_TYPE_USMALLINT:
      return cell<uint16_t>(values, row);
    case DUCKDB_TYPE_UINTEGER:
      return cell<uint32_t>(values, row);
    case DUCKDB_TYPE_UBIGINT:
      return static_cast<int64_t>(cell<uint64_t>(values, row));
    default:
      CHECK(!"not an integer column");
      return 0;
  }
}

double SqlRows::real(size_t column, size_t row) const {
  const auto& [type, width, values, valid] = columns_[column];
  if (width == DUCKDB_TYPE_DOUBLE) return cell<double>(values, row);
  if (width == DUCKDB_TYPE_FLOAT) return static_cast<double>(cell<float>(values, row));
  if (width != DUCKDB_TYPE_HUGEINT) return static_cast<double>(integer(column, row));
  // Two's complement: a negative one is taken by its magnitude, or its low half would round away.
  auto [lower, upper] = cell<duckdb_hugeint>(values, row);
  const bool negative = upper < 0;
  if (negative) upper = ~upper + ((lower = ~lower + 1) == 0 ? 1 : 0);
  const double magnitude = static_cast<double>(upper) * 0x1p64 + static_cast<double>(lower);
  return negative ? -magnitude : magnitude;
}

std::string_view SqlRows::text(size_t column, size_t row) const {
  CHECK(columns_[column].type == SqlType::kText);
  const auto& string = static_cast<const duckdb_string_t*>(columns_[column].values)[row];
  const uint32_t length = string.value.inlined.length;
  const bool is_inlined = length <= sizeof string.value.inlined.inlined;
  return {is_inlined ? string.value.inlined.inlined : string.value.pointer.ptr, length};
}

TimePoint SqlRows::time(size_t column, size_t row) const {
  CHECK(columns_[column].type == SqlType::kTime);
  return TimePoint(Micros(cell<int64_t>(columns_[column].values, row)));
}

std::string sql_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string sql_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace modiste
