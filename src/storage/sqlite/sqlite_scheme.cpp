// sqlite:FILE, what one database holds.
#include "storage/sqlite/sqlite_store.h"
#include "storage/storage_schemes.h"

namespace modiste {
namespace {

Result<Storage> open_sqlite(std::string_view rest, const StorageOptions&) {
  TRY_ASSIGN(const std::shared_ptr<SqliteStore> store, SqliteStore::open(rest));
  Storage storage;
  storage.garments = store;
  storage.subjects = store;
  storage.dead_letters = store;
  storage.looks = store;
  return storage;
}

}  // namespace

const StorageScheme kSqliteScheme{"sqlite", "FILE", open_sqlite};

}  // namespace modiste
