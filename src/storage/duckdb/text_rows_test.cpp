#include "storage/duckdb/text_rows.h"

#include <gtest/gtest.h>

#include "io/test_directory.h"

namespace modiste {
namespace {

TEST(TextRows, ReadsParquetInOrderAsText) {
  const TestDirectory directory;
  const auto file = directory.path() / "sales.parquet";
  {
    const auto database = DuckDb::open();
    ASSERT_TRUE(database.ok());
    const auto made = (*database)->execute(
        "COPY (SELECT i AS \"Line \"\"No\"\"\", CASE WHEN i = 2 THEN NULL ELSE 'G' || i END AS item, 12.5 AS "
        "paid, "
        "TIMESTAMPTZ '2016-04-20 09:30:00+00' AS at, i = 1 AS first FROM range(1, 5001) t(i)) TO " +
        sql_text(file.string()) + " (FORMAT parquet)");
    ASSERT_TRUE(made.ok()) << made.error().message();
  }
  std::vector<std::string> columns, second;
  size_t rows = 0;
  TextRows into;
  into.columns = [&](std::span<const std::string> names) -> Result<Done> {
    columns.assign(names.begin(), names.end());
    return kOk;
  };
  into.row = [&](size_t row, std::span<const std::string_view> cells) -> Result<Done> {
    EXPECT_EQ(row, ++rows);
    EXPECT_EQ(cells[0], std::to_string(row));
    if (row == 2) second.assign(cells.begin(), cells.end());
    return kOk;
  };
  const auto read = read_text_rows(file, into);
  ASSERT_TRUE(read.ok()) << read.error().message();
  EXPECT_EQ(columns, (std::vector<std::string>{"Line \"No\"", "item", "paid", "at", "first"}));
  EXPECT_EQ(second, (std::vector<std::string>{"2", "", "12.5", "2016-04-20 09:30:00+00", "false"}));
  EXPECT_EQ(rows, 5'000U);
  into.row = [](size_t, std::span<const std::string_view>) -> Result<Done> {
    return Error{Code::kConflict, "enough", "", ""};
  };
  EXPECT_EQ(read_text_rows(file, into).error().code, Code::kConflict);
  EXPECT_FALSE(read_text_rows(directory.path() / "none.parquet", into).ok());
}

}  // namespace
}  // namespace modiste
