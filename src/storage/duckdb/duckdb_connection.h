// DuckDB as a library: SQL over Parquet, CSV and JSON Lines files, and over rows of our own.
//
// A database in memory that knows the files it is given. It never loads or installs an extension: parquet,
// json and icu are built into the library, nothing is fetched from a network. Times are UTC.
//
// Threads: any; each call runs on a connection of its own. Memory: DuckDbOptions. SQL comes from our own
// code; what comes from outside is bound, never pasted (sql_text() quotes names of files).
// Failure: kInvalid the SQL or a value it meets is wrong, kUnavailable disk or memory; DuckDB's own words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace modiste {

struct DuckDbOptions {
  uint64_t memory_bytes_max = uint64_t{256} << 20;  // beyond it DuckDB spills, or refuses without a folder
  int threads = 1;                                  // serving needs the others
  std::filesystem::path spill = {};                 // folder for what does not fit; empty: nothing spills
};

// A value that goes in: bound to a ?, or a cell of a row. A text is borrowed for the call.
using SqlCell = std::variant<std::monostate, bool, int64_t, double, std::string_view, TimePoint>;

// How a column is read. Integers of any width are kInteger; HUGEINT (a sum of integers) is kReal.
enum class SqlType { kBool, kInteger, kReal, kText, kTime };

// Some rows of an answer, at most 2,048. Lives during the visit.
class SqlRows {
 public:
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] size_t columns() const { return columns_.size(); }
  [[nodiscard]] SqlType type(size_t column) const { return columns_[column].type; }
  [[nodiscard]] bool is_null(size_t column, size_t row) const;
  // The column must be of that type (integer columns also answer real) and the value not null.
  [[nodiscard]] bool boolean(size_t column, size_t row) const;
  [[nodiscard]] int64_t integer(size_t column, size_t row) const;
  [[nodiscard]] double real(size_t column, size_t row) const;
  [[nodiscard]] std::string_view text(size_t column, size_t row) const;
  [[nodiscard]] TimePoint time(size_t column, size_t row) const;

 private:
  friend class DuckDb;
  struct Column {
    SqlType type{};
    int width = 0;  // DuckDB's number of the stored type
    const void* values = nullptr;
    const uint64_t* valid = nullptr;  // a bit a row; null: all are
  };
  std::vector<Column> columns_;
  size_t size_ = 0;
};

struct SqlColumn {
  std::string name;
  SqlType type{};
};

// Fills the row, one cell a column; false at the end. What the cells borrow lives until the next call.
using SqlRowSource = std::function<Result<bool>(std::vector<SqlCell>&)>;
using SqlVisitor = std::function<Result<Done>(const SqlRows&)>;

class DuckDb {
 public:
  static Result<std::unique_ptr<DuckDb>> open(const DuckDbOptions& options = {});
  ~DuckDb();
  DuckDb(const DuckDb&) = delete;
  DuckDb& operator=(const DuckDb&) = delete;

  // One statement. Rows are streamed to the visitor in the order of the answer; its first error ends the
  // query and is answered. kInvalid also when a column has a type that SqlType lacks: cast it in the SQL.
  Result<Done> query(const std::string& sql, std::span<const SqlCell> bindings, const SqlVisitor& visit);
  Result<Done> execute(const std::string& sql, std::span<const SqlCell> bindings = {});

  // `SELECT ... FROM name` reads the files, all of one kind by their extension: .parquet, .csv, .tsv, .jsonl.
  // Columns are matched by name; one that a file lacks is null there.
  Result<Done> add_files(const std::string& name, std::span<const std::filesystem::path> files);
  // `SELECT ... FROM name()` pulls from the source, once, in order, from one thread. The name must be new.
  // The source must live as long as this object, and its error is answered by the query.
  Result<Done> add_source(const std::string& name, std::vector<SqlColumn> columns, SqlRowSource source);

 private:
  struct Database;
  explicit DuckDb(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

// 'text' with its quotes doubled, for the places where SQL takes no binding.
[[nodiscard]] std::string sql_text(std::string_view text);
// "name", likewise.
[[nodiscard]] std::string sql_name(std::string_view name);

}  // namespace modiste
