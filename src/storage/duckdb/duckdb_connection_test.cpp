#include "storage/duckdb/duckdb_connection.h"

#include <gtest/gtest.h>

#include <fstream>

#include "io/test_directory.h"

namespace modiste {
namespace {

std::unique_ptr<DuckDb> opened(const DuckDbOptions& options = {}) {
  auto database = DuckDb::open(options);
  EXPECT_TRUE(database.ok()) << database.error().message();
  return std::move(database).value();
}

// The one row of an answer as text, null as "-".
std::string row_of(DuckDb& database, const std::string& sql, std::span<const SqlCell> bindings = {}) {
  std::string text;
  const auto done = database.query(sql, bindings, [&](const SqlRows& rows) -> Result<Done> {
    for (size_t row = 0; row < rows.size(); ++row)
      for (size_t i = 0; i < rows.columns(); ++i) {
        if (!text.empty()) text += ' ';
        if (rows.is_null(i, row))
          text += '-';
        else if (rows.type(i) == SqlType::kBool)
          text += rows.boolean(i, row) ? "true" : "false";
        else if (rows.type(i) == SqlType::kInteger)
          text += std::to_string(rows.integer(i, row));
        else if (rows.type(i) == SqlType::kReal)
          text += std::to_string(rows.real(i, row));
        else if (rows.type(i) == SqlType::kTime)
          text += to_rfc3339(rows.time(i, row));
        else
          text += rows.text(i, row);
      }
    return kOk;
  });
  return done.ok() ? text : done.error().message();
}

TEST(DuckDb, ReadsEveryType) {
  const auto database = opened();
  EXPECT_EQ(row_of(*database,
                   "SELECT true, 1::TINYINT, -2::SMALLINT, 3, -4::BIGINT, 5::UTINYINT, "
                   "6::USMALLINT, 7::UINTEGER, 8::UBIGINT, NULL::INTEGER"),
            "true 1 -2 3 -4 5 6 7 8 -");
  EXPECT_EQ(row_of(*database, "SELECT 1.5::FLOAT, -2.5::DOUBLE, sum(x), sum(-x) FROM range(10) t(x)"),
            "1.500000 -2.500000 45.000000 -45.000000");
  EXPECT_EQ(row_of(*database,
                   "SELECT 'short', 'longer than twelve bytes', '', "
                   "'2026-11-21T09:30:00.123456Z'::TIMESTAMPTZ, '2026-11-21 09:30'::TIMESTAMP"),
            "short longer than twelve bytes  2026-11-21T09:30:00.123456Z 2026-11-21T09:30:00Z");
}

TEST(DuckDb, BindsEveryType) {
  const auto database = opened();
  const auto time = parse_rfc3339("2026-11-21T09:30:00.123456Z").value();
  const std::string text = "it's ; DROP -- Grün";
  const std::vector<SqlCell> bindings{true, int64_t{-5}, 2.5, std::string_view(text), time, {}};
  EXPECT_EQ(row_of(*database, "SELECT ?, ?, ?, ?, ?, ?::INTEGER", bindings),
            "true -5 2.500000 " + text + " 2026-11-21T09:30:00.123456Z -");
  EXPECT_EQ(database->execute("SELECT ?", {}).error().code, Code::kInvalid) << "too few";
}

TEST(DuckDb, StreamsLongAnswersInOrder) {
  const auto database = opened({.memory_bytes_max = uint64_t{64} << 20});
  int64_t expected = 0;
  const auto done = database->query("SELECT x, repeat('x', 1000) FROM range(300000) t(x)", {},
                                    [&](const SqlRows& rows) -> Result<Done> {
                                      for (size_t row = 0; row < rows.size(); ++row)
                                        if (rows.integer(0, row) != expected++)
                                          return Error{Code::kInternal, "out of order", "", ""};
                                      return kOk;
                                    });
  ASSERT_TRUE(done.ok()) << done.error().message();
  EXPECT_EQ(expected, 300'000) << "300 MB through 64 MB";
}

TEST(DuckDb, ErrorsSayWhoseFaultItIs) {
  const auto database = opened();
  EXPECT_EQ(database->execute("SELEC 1").error().code, Code::kInvalid);
  EXPECT_EQ(database->execute("SELECT 'x'::INTEGER").error().code, Code::kInvalid);
  EXPECT_EQ(database->execute("SELECT [1, 2] AS pair").error().where, "pair") << "a list cannot be read";
  EXPECT_EQ(database->execute("SELECT * FROM read_parquet('/nowhere/x.parquet')").error().code,
            Code::kUnavailable);
  const auto big = opened({.memory_bytes_max = uint64_t{8} << 20})
                       ->execute("CREATE TABLE t AS SELECT repeat('x', 100) || x FROM range(1000000) t(x)");
  ASSERT_FALSE(big.ok());
  EXPECT_EQ(big.error().code, Code::kUnavailable) << big.error().message();
}

TEST(DuckDb, TheVisitorsErrorEndsTheQuery) {
  size_t calls = 0;
  const auto done = opened()->query("SELECT x FROM range(100000) t(x)", {}, [&](const SqlRows&) {
    ++calls;
    return Result<Done>(Error{Code::kInternal, "enough", "", ""});
  });
  EXPECT_EQ(done.error().what, "enough");
  EXPECT_EQ(calls, 1u);
}

// Nothing is fetched, nothing is loaded: what is used is built in, and no later statement can change that.
TEST(DuckDb, StaysOffTheNetwork) {
  const auto database = opened();
  EXPECT_EQ(row_of(*database,
                   "SELECT string_agg(install_mode, ' ') FROM duckdb_extensions() "
                   "WHERE extension_name IN ('parquet', 'json', 'icu') AND loaded"),
            "STATICALLY_LINKED STATICALLY_LINKED STATICALLY_LINKED");
  const auto remote = database->execute("SELECT * FROM read_parquet('https://shop.example/x.parquet')");
  ASSERT_FALSE(remote.ok());
  EXPECT_NE(remote.error().what.find("httpfs"), std::string::npos) << remote.error().what;
  EXPECT_FALSE(database->execute("SET autoinstall_known_extensions = true").ok());
}

TEST(DuckDb, PullsFromASource) {
  const auto database = opened();
  int64_t next = 0;
  std::string text;
  ASSERT_TRUE(database
                  ->add_source("numbers",
                               {{"n", SqlType::kInteger},
                                {"word", SqlType::kText},
                                {"half", SqlType::kReal},
                                {"odd", SqlType::kBool},
                                {"moment", SqlType::kTime}},
                               [&](std::vector<SqlCell>& row) -> Result<bool> {
                                 if (next == 5'000) return false;
                                 text = "number " + std::to_string(next);
                                 row = {next, std::string_view(text), 0.5 * static_cast<double>(next),
                                        next % 2 == 1, TimePoint(Micros(next))};
                                 if (next % 10 == 0) row[1] = {};
                                 ++next;
                                 return true;
                               })
                  .ok());
  EXPECT_EQ(row_of(*database,
                   "SELECT count(*), count(word), max(word), sum(half), count(*) FILTER (WHERE odd), "
                   "max(moment) FROM numbers()"),
            "5000 4500 number 999 6248750.000000 2500 1970-01-01T00:00:00.004999Z");
}

TEST(DuckDb, ASourcesErrorIsAnsweredAsItIs) {
  const auto database = opened();
  int64_t next = 0;
  ASSERT_TRUE(database
                  ->add_source("failing", {{"n", SqlType::kInteger}},
                               [&](std::vector<SqlCell>& row) -> Result<bool> {
                                 if (next == 3'000) return Error{Code::kCorrupt, "torn", "file 7", ""};
                                 row = {next++};
                                 return true;
                               })
                  .ok());
  const auto done = database->execute("SELECT sum(n) FROM failing()");
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kCorrupt);
  EXPECT_EQ(done.error().where, "file 7");
}

TEST(DuckDb, QueriesFilesByTheirKind) {
  const TestDirectory directory;
  const auto database = opened();
  const auto parquet = directory.path() / "it's.parquet", more = directory.path() / "more.parquet";
  ASSERT_TRUE(
      database->execute("COPY (SELECT x AS n FROM range(10) t(x)) TO " + sql_text(parquet.string())).ok());
  ASSERT_TRUE(database->execute("COPY (SELECT 10 AS n, 'late' AS word) TO " + sql_text(more.string())).ok());
  const std::vector files{parquet, more};
  ASSERT_TRUE(database->add_files("all \"rows\"", files).ok());
  const std::vector<SqlCell> least{int64_t{8}};
  EXPECT_EQ(row_of(*database, "SELECT n, word FROM \"all \"\"rows\"\"\" WHERE n >= ?", least),
            "8 - 9 - 10 late");
  std::ofstream(directory.path() / "t.csv") << "size,count\nM,3\nL,4\n";
  const std::vector csv{directory.path() / "t.csv"};
  ASSERT_TRUE(database->add_files("sizes", csv).ok());
  EXPECT_EQ(row_of(*database, "SELECT sum(count) FROM sizes"), "7.000000");
  const std::vector mixed{parquet, csv[0]};
  EXPECT_EQ(database->add_files("mixed", mixed).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace modiste
