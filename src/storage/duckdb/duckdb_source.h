// Our own rows as a table function of DuckDB. Internal to storage/duckdb.
#pragma once

#include <duckdb_api.h>

#include <optional>

#include "base/mutex.h"
#include "storage/duckdb/duckdb_connection.h"

namespace modiste {

// What DuckDB's callbacks hold on to. Threads: DuckDB's one scanning thread; take_error from any.
class SourceState {
 public:
  SourceState(std::vector<SqlColumn> columns, SqlRowSource source)
      : columns_(std::move(columns)), source_(std::move(source)) {}

  // The error that ended the scan, once.
  std::optional<Error> take_error();

  void declare(duckdb_bind_info info) const;
  void fill(duckdb_function_info info, duckdb_data_chunk chunk);

 private:
  Result<size_t> fill_rows(duckdb_data_chunk chunk);

  const std::vector<SqlColumn> columns_;
  const SqlRowSource source_;
  std::vector<SqlCell> row_;
  bool ended_ = false;
  Mutex mutex_;
  std::optional<Error> error_ GUARDED_BY(mutex_);
};

// False: the name is taken. The state must outlive the database.
bool register_source(duckdb_connection connection, const std::string& name, SourceState& state);

}  // namespace modiste
