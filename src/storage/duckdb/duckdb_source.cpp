#include "storage/duckdb/duckdb_source.h"

#include <utility>

#include "base/mutex.h"

namespace modiste {

namespace {

constexpr size_t kChunkRows = 2048;  // duckdb_vector_size() of the library as it is shipped

duckdb_type stored_type(SqlType type) {
  switch (type) {
    case SqlType::kBool:
      return DUCKDB_TYPE_BOOLEAN;
    case SqlType::kInteger:
      return DUCKDB_TYPE_BIGINT;
    case SqlType::kReal:
      return DUCKDB_TYPE_DOUBLE;
    case SqlType::kText:
      return DUCKDB_TYPE_VARCHAR;
    case SqlType::kTime:
      return DUCKDB_TYPE_TIMESTAMP_TZ;
  }
  return DUCKDB_TYPE_INVALID;
}

void put(duckdb_vector vector, size_t row, SqlType type, const SqlCell& cell) {
  void* values = duckdb_vector_get_data(vector);
  if (std::holds_alternative<std::monostate>(cell)) {
    duckdb_vector_ensure_validity_writable(vector);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
    return;
  }
  switch (type) {
    case SqlType::kBool:
      static_cast<bool*>(values)[row] = std::get<bool>(cell);
      break;
    case SqlType::kInteger:
      static_cast<int64_t*>(values)[row] = std::get<int64_t>(cell);
      break;
    case SqlType::kReal:
      static_cast<double*>(values)[row] = std::get<double>(cell);
      break;
    case SqlType::kText: {
      const auto text = std::get<std::string_view>(cell);
      duckdb_vector_assign_string_element_len(vector, row, text.data(), text.size());
      break;
    }
    case SqlType::kTime:
      static_cast<int64_t*>(values)[row] = std::get<TimePoint>(cell).time_since_epoch().count();
      break;
  }
}

}  // namespace

std::optional<Error> SourceState::take_error() {
  const MutexLock lock(mutex_);
  return std::exchange(error_, std::nullopt);
}

void SourceState::declare(duckdb_bind_info info) const {
  for (const auto& column : columns_) {
    duckdb_logical_type type = duckdb_create_logical_type(stored_type(column.type));
    duckdb_bind_add_result_column(info, column.name.c_str(), type);
    duckdb_destroy_logical_type(&type);
  }
}

void SourceState::fill(duckdb_function_info info, duckdb_data_chunk chunk) {
  auto filled = fill_rows(chunk);
  if (filled.ok()) return duckdb_data_chunk_set_size(chunk, *filled);
  duckdb_function_set_error(info, filled.error().what.c_str());
  const MutexLock lock(mutex_);
  error_ = std::move(filled).error();
}

Result<size_t> SourceState::fill_rows(duckdb_data_chunk chunk) {
  size_t rows = 0;
  for (; rows < kChunkRows && !ended_; ++rows) {
    row_.assign(columns_.size(), SqlCell());
    TRY_ASSIGN(const bool more, source_(row_));
    if (!more) {
      ended_ = true;
      break;
    }
    CHECK(row_.size() == columns_.size());
    for (size_t i = 0; i < columns_.size(); ++i)
      put(duckdb_data_chunk_get_vector(chunk, i), rows, columns_[i].type, row_[i]);
  }
  return rows;
}

bool register_source(duckdb_connection connection, const std::string& name, SourceState& state) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, name.c_str());
  duckdb_table_function_set_extra_info(function, &state, nullptr);
  duckdb_table_function_set_bind(function, [](duckdb_bind_info info) {
    static_cast<const SourceState*>(duckdb_bind_get_extra_info(info))->declare(info);
  });
  duckdb_table_function_set_init(function, [](duckdb_init_info) {});
  duckdb_table_function_set_function(function, [](duckdb_function_info info, duckdb_data_chunk chunk) {
    static_cast<SourceState*>(duckdb_function_get_extra_info(info))->fill(info, chunk);
  });
  const bool fresh = duckdb_register_table_function(connection, function) == DuckDBSuccess;
  duckdb_destroy_table_function(&function);
  return fresh;
}

}  // namespace modiste
