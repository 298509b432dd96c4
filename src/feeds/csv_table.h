// A delimited text with a header: rows whose cells are asked for by column name.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "feeds/csv_reader.h"
#include "feeds/feed_run.h"

namespace modiste {

// Threads: one owner. Rows of another width than the header's are refused and skipped, but for empty cells at
// the end: there may be too many and, in a feed, too few.
class CsvTable {
 public:
  // Reads the header. Errors: kInvalid when the file is empty.
  static Result<std::unique_ptr<CsvTable>> open(FeedRun& run, CsvDialect dialect = {});

  // The same with the delimiter that the header shows: comma, semicolon, tab or bar. platform: columns go by
  // the reader's own names for them (FeedWords::columns); empty: by column_key. short_rows: whether cells at
  // a row's end may be missing.
  enum class ShortRows : uint8_t { kPadded, kRefused };
  static Result<std::unique_ptr<CsvTable>> detect(FeedRun& run, std::string_view platform = "",
                                                  ShortRows short_rows = ShortRows::kPadded);

  // False at the end. Errors: the input's.
  Result<bool> next();
  [[nodiscard]] char delimiter() const { return delimiter_; }

  [[nodiscard]] size_t line() const { return record_.line; }
  [[nodiscard]] bool has(std::string_view column) const;
  // The row's cell without white space around it, of any kind; empty when there is no such column. Names as
  // column_key makes them.
  [[nodiscard]] std::string_view cell(std::string_view column) const;
  // The row's cells of all columns of that name that say something.
  [[nodiscard]] std::vector<std::string> cells(std::string_view column) const;
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

  // " Image Link" -> "image_link": how column names are compared.
  [[nodiscard]] static std::string column_key(std::string_view name);
  // The name that a platform's reader uses for a column, "attribute_name_2"; the column's key when it has
  // none.
  [[nodiscard]] static std::string mapped_column(std::string_view name, std::string_view platform);

 private:
  CsvTable(FeedRun& run, CsvDialect dialect);
  [[nodiscard]] bool lacks_only_empty_cells() const;

  bool pads_short_rows_ = false;  // of feeds; a history's row that is cut off is not complete
  FeedRun& run_;
  char delimiter_;
  CsvReader reader_;
  std::vector<std::string> columns_;
  std::unordered_map<std::string, size_t> index_;
  CsvRecord record_;
};

}  // namespace modiste
