#include "storage/sqlite/connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "io/posix_files.h"

namespace modiste {

namespace {

Code code_of(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
      return Code::kUnavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Code::kCorrupt;
    case SQLITE_CONSTRAINT:
      return Code::kConflict;
    default:
      return Code::kInternal;
  }
}

// secure_delete overwrites what is deleted; with it on from the first write, erasing a shopper leaves no copy
// in the slack of a page. temp_store keeps sorting off the disk for the same reason.
constexpr const char* kWriterPragmas =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -16000;";
constexpr const char* kReaderPragmas =
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -4000;";

}  // namespace

Error sqlite_error(const SQLite::Exception& exception, const std::string& file) {
  const Code code = code_of(exception.getErrorCode());
  std::string what = exception.what();
  if (code == Code::kCorrupt)
    what = fmt::format("the file is damaged or not a database ({})", what);
  else
    what = fmt::format("the database refuses: {}", what);
  return {code, std::move(what), file,
          code == Code::kCorrupt
              ? "a Modiste database: restore a backup, or move the file away to start empty"
              : ""};
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::filesystem::path& file,
                                                                 Mode mode) {
  const bool writer = mode == Mode::kWriter;
  // SQLite would give it the mode of the umask, and root's to root. A file that is there is not opened here:
  // closing it again would drop this process's locks on it.
  std::error_code error;
  if (writer && !std::filesystem::exists(file, error)) TRY(open_descriptor(file, O_RDWR | O_CREAT));
  const int flags =
      SQLite::OPEN_NOMUTEX | (writer ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY);
  try {
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(file.string(), flags));
    connection->database_.setBusyTimeout(kBusyTimeoutMs);
    connection->database_.exec(writer ? kWriterPragmas : kReaderPragmas);
    return connection;
  } catch (const SQLite::Exception& exception) {
    return sqlite_error(exception, file.string());
  }
}

SQLite::Statement& SqliteConnection::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<SQLite::Statement>(database_, sql);
  return *statement;
}

StatementUse::~StatementUse() {
  statement_.tryReset();
  statement_.clearBindings();  // never fails on a statement that is reset
}

}  // namespace modiste
