// One SQLite connection with its prepared statements; the exceptions of SQLiteCpp end here.
//
// Internal to storage/sqlite. Threads: one at a time.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/result.h"

namespace modiste {

// kUnavailable: full or failing disk, busy. kCorrupt: damaged or not a database. kConflict: a constraint.
Error sqlite_error(const SQLite::Exception& exception, const std::string& file);

class SqliteConnection {
 public:
  enum class Mode { kWriter, kReader };
  static constexpr int kBusyTimeoutMs = 5'000;
  static Result<std::unique_ptr<SqliteConnection>> open(const std::filesystem::path& file, Mode mode);

  [[nodiscard]] SQLite::Database& database() { return database_; }
  [[nodiscard]] const std::string& file() const { return database_.getFilename(); }

  // Prepared at its first use. `sql` must be a literal: its address is the key.
  SQLite::Statement& prepared(const char* sql);

  // Runs work, which may throw SQLiteCpp's exceptions, as a transaction: kept when it answers well.
  template <class Work>
  auto transaction(SQLite::TransactionBehavior behavior, const Work& work) -> decltype(work()) {
    try {
      SQLite::Transaction transaction(database_, behavior);
      auto result = work();
      if (result.ok()) transaction.commit();
      return result;
    } catch (const SQLite::Exception& exception) {
      return sqlite_error(exception, file());
    }
  }

 private:
  SqliteConnection(const std::string& file, int flags) : database_(file, flags) {}

  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;  // ends before database_
};

// A prepared statement in use: reset and unbound at the end of the scope, also when work throws.
class StatementUse {
 public:
  StatementUse(SqliteConnection& connection, const char* sql) : statement_(connection.prepared(sql)) {}
  ~StatementUse();
  StatementUse(const StatementUse&) = delete;
  StatementUse& operator=(const StatementUse&) = delete;
  SQLite::Statement* operator->() { return &statement_; }
  // Executes and makes ready for the next row.
  void run() {
    statement_.exec();
    statement_.reset();
  }

 private:
  SQLite::Statement& statement_;
};

}  // namespace modiste
