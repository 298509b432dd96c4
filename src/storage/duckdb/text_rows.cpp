#include "storage/duckdb/text_rows.h"

#include <fmt/format.h>

namespace modiste {

Result<Done> read_text_rows(const std::filesystem::path& file, const TextRows& into) {
  TRY_ASSIGN(const auto database, DuckDb::open());
  TRY(database->add_files("rows", {&file, 1}));
  std::vector<std::string> columns;
  TRY(database->query("SELECT column_name FROM (DESCRIBE SELECT * FROM rows)", {},
                      [&](const SqlRows& names) -> Result<Done> {
                        for (size_t i = 0; i < names.size(); ++i) columns.emplace_back(names.text(0, i));
                        return kOk;
                      }));
  TRY(into.columns(columns));
  std::string casts;
  for (const auto& name : columns)
    casts += fmt::format("{}CAST({} AS VARCHAR)", casts.empty() ? "" : ", ", sql_name(name));
  std::vector<std::string_view> cells(columns.size());
  size_t number = 0;
  return database->query("SELECT " + casts + " FROM rows", {}, [&](const SqlRows& rows) -> Result<Done> {
    for (size_t row = 0; row < rows.size(); ++row) {
      for (size_t i = 0; i < cells.size(); ++i)
        cells[i] = rows.is_null(i, row) ? std::string_view() : rows.text(i, row);
      TRY(into.row(++number, cells));
    }
    return kOk;
  });
}

}  // namespace modiste
