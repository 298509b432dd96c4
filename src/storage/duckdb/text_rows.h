// A columnar file row by row as text, for readers that understand text.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/duckdb/duckdb_connection.h"

namespace modiste {

struct TextRows {
  std::function<Result<Done>(std::span<const std::string>)> columns;  // once, before the rows
  // Rows count from 1; a null is empty. What the cells borrow lives until the call returns.
  std::function<Result<Done>(size_t row, std::span<const std::string_view>)> row;
};

// What DuckDb::add_files reads, for instance Parquet. Times come as "2026-11-21 09:30:00", with a time
// zone also "+00" behind it. Errors: DuckDb's, or the first of a callback.
Result<Done> read_text_rows(const std::filesystem::path& file, const TextRows& into);

}  // namespace modiste
