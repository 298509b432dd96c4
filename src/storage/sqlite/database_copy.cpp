#include "storage/sqlite/database_copy.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include "io/posix_files.h"
#include "storage/sqlite/connection.h"

#include <fcntl.h>

namespace modiste {

Result<Done> copy_database(const std::filesystem::path& from, const std::filesystem::path& to) {
  TRY_ASSIGN(const auto source, SqliteConnection::open(from, SqliteConnection::Mode::kReader));
  TRY(open_descriptor(to, O_RDWR | O_CREAT | O_TRUNC));  // readable by the owner only
  try {
    SQLite::Database target(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    {
      SQLite::Backup backup(target, source->database());
      if (backup.executeStep(-1) != SQLITE_DONE)  // busy or locked, which do not throw
        return Error{Code::kUnavailable, "the database could not be copied: it is in use", to.string(),
                     "another try in a moment"};
    }
    target.exec("PRAGMA journal_mode = DELETE;");
  } catch (const SQLite::Exception& exception) {
    return sqlite_error(exception, to.string());
  }
  return kOk;
}

}  // namespace modiste
