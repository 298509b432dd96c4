// Reads a shop's own table as events. A mapping, a small TOML or JSON file, says which column is which field
// (docs/formats/history-mapping.md).
//
//   [constants]
//   type = "purchase"
//   [columns]
//   shopper_id = "customer"
//   garment_id = "article"
//   occurred_at = "t_dat"
//
// Threads: one owner a table. Memory: one row.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "history/history_run.h"

namespace modiste {

struct HistoryMapping {
  std::map<std::string, std::string> constants;  // field -> what it is in every row
  std::map<std::string, std::string> columns;    // field -> column; an empty cell has no value
  // Field -> cell -> value. A cell that is not in the list is refused; one that maps to "" leaves its row
  // out.
  std::map<std::string, std::map<std::string, std::string>> words;
  std::string time_format;  // of occurred_at, see history_time.h; empty: RFC 3339
  std::string delimiter;    // of a CSV; empty: as the header shows
};

// TOML, or JSON when it begins with a brace. Refuses unknown keys and fields, a field that is given twice,
// words for a field without a column. where: line of the TOML, or JSON pointer.
Result<HistoryMapping> parse_history_mapping(std::string_view text, const std::string& name);

// What fields a mapping may name.
[[nodiscard]] std::vector<std::string_view> history_fields();

// Rows as cells in the order of the table's columns.
class HistoryTable {
 public:
  // kInvalid when the table lacks a column of the mapping. Columns that it does not use are noted in the
  // run's report. Names are compared without regard to case, spaces and underscores (CsvTable::column_key).
  static Result<std::unique_ptr<HistoryTable>> open(HistoryRun& run, const HistoryMapping& mapping,
                                                    std::span<const std::string> columns);

  // An event, a refusal by column, or a row left out. Errors: the sink's only. Rows without an event_id get
  // one of their content: rows that are equal are one event.
  Result<Done> row(size_t line, std::span<const std::string_view> cells);

 private:
  struct Source {
    std::string field, column;
    std::string constant;  // when it has no column
    size_t place = 0;
    const std::map<std::string, std::string>* words = nullptr;  // null: as written
  };
  HistoryTable(HistoryRun& run, const HistoryMapping& mapping) : run_(run), mapping_(mapping) {}
  Result<Done> bind(std::span<const std::string> columns);
  [[nodiscard]] bool has(std::string_view field) const;

  HistoryRun& run_;
  const HistoryMapping& mapping_;
  std::vector<Source> sources_;
};

// A CSV with a header. Errors: the input's, HistoryTable::open's, or a sink's.
Result<HistoryReport> read_history_csv(FeedInput& input, const HistoryMapping& mapping,
                                       const HistoryOptions& options, const HistorySinks& sinks,
                                       const FeedProgress& progress = {});

template <>
struct Contract<HistoryMapping> {
  static constexpr std::string_view kName = "HistoryMapping";
  static constexpr std::string_view kDoc = "Which column of a table is which field of an event.";
  static constexpr auto kFields = Fields{
      field("constants", &HistoryMapping::constants,
            {.doc = "Field: what it is in every row", .length_max = 200}),
      field("columns", &HistoryMapping::columns,
            {.doc = "Field: column", .required = true, .length_max = 200}),
      field("words", &HistoryMapping::words,
            {.doc = "Field: cell: value; an empty value leaves the row out", .length_max = 200}),
      field("time_format", &HistoryMapping::time_format,
            {.doc = "Of occurred_at: empty for RFC 3339, unix, unix_ms, or as strptime reads it",
             .length_max = 60}),
      field("delimiter", &HistoryMapping::delimiter,
            {.doc = "Of a CSV: one character; absent: comma, semicolon, tab or bar as the header shows",
             .length_max = 1})};
};

}  // namespace modiste
