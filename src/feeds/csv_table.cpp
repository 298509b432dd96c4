#include "feeds/csv_table.h"

#include <fmt/format.h>

#include "feeds/feed_text.h"

namespace modiste {

std::string CsvTable::column_key(std::string_view name) {
  std::string key;
  for (const char c : trim(name)) {
    if (c == ' ' || c == '_')
      key += '_';
    else
      key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

CsvTable::CsvTable(FeedRun& run, CsvDialect dialect)
    : run_(run), reader_(run.lines(), dialect, [&run](size_t line, std::string_view reason) {
        run.count_row();
        run.refuse(line, "", std::string(reason));
      }) {}

Result<std::unique_ptr<CsvTable>> CsvTable::open(FeedRun& run, CsvDialect dialect) {
  std::unique_ptr<CsvTable> table(new CsvTable(run, dialect));
  CsvRecord header;
  TRY_ASSIGN(const bool any, table->reader_.next(header));
  if (!any)
    return Error{Code::kInvalid, "the file has no header", run.name(), "a first line with column names"};
  for (const auto& name : header.cells) {
    table->columns_.push_back(column_key(name));
    table->index_.try_emplace(table->columns_.back(), table->columns_.size() - 1);
  }
  return table;
}

Result<bool> CsvTable::next() {
  while (true) {
    TRY_ASSIGN(const bool more, reader_.next(record_));
    if (!more) return false;
    run_.count_row();
    if (record_.cells.size() == columns_.size()) return true;
    run_.refuse(record_.line, "",
                fmt::format("the row has {} cells and the header {}", record_.cells.size(), columns_.size()));
  }
}

bool CsvTable::has(std::string_view column) const { return index_.count(std::string(column)) > 0; }

std::string_view CsvTable::cell(std::string_view column) const {
  const auto found = index_.find(std::string(column));
  return found == index_.end() ? std::string_view() : trim(record_.cells[found->second]);
}

}  // namespace modiste
