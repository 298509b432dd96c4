// A delimited text with a header: rows whose cells are asked for by column name.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "feeds/csv_reader.h"
#include "feeds/feed_run.h"

namespace modiste {

// Threads: one owner. Rows of another width than the header's are refused and skipped.
class CsvTable {
 public:
  // Reads the header. Errors: kInvalid when the file is empty.
  static Result<std::unique_ptr<CsvTable>> open(FeedRun& run, CsvDialect dialect = {});

  // False at the end. Errors: the input's.
  Result<bool> next();

  [[nodiscard]] size_t line() const { return record_.line; }
  [[nodiscard]] bool has(std::string_view column) const;
  // The row's cell, trimmed; empty when there is no such column. Names as column_key makes them.
  [[nodiscard]] std::string_view cell(std::string_view column) const;
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

  // " Image Link" -> "image_link": how column names are compared.
  [[nodiscard]] static std::string column_key(std::string_view name);

 private:
  CsvTable(FeedRun& run, CsvDialect dialect);

  FeedRun& run_;
  CsvReader reader_;
  std::vector<std::string> columns_;
  std::unordered_map<std::string, size_t> index_;
  CsvRecord record_;
};

}  // namespace modiste
