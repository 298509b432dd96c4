// SqliteStore as the store of look pools.
#include "storage/sqlite/connection.h"
#include "storage/sqlite/sqlite_store.h"

namespace modiste {
namespace {

int64_t since_epoch(TimePoint time) { return time.time_since_epoch().count(); }

}  // namespace

Result<Done> SqliteStore::put_pools(std::span<const lookbook::LookPool> pools) {
  return write([&](SqliteConnection& connection) -> Result<Done> {
    for (const lookbook::LookPool& pool : pools) {
      StatementUse put(connection,
                       "INSERT INTO look_pools (cluster_id, version, expires_at, body) VALUES (?, ?, ?, ?)"
                       " ON CONFLICT (cluster_id) DO UPDATE SET version = excluded.version,"
                       " expires_at = excluded.expires_at, body = excluded.body");
      put->bind(1, pool.cluster_id);
      put->bind(2, pool.version);
      put->bind(3, since_epoch(pool.expires_at));
      put->bind(4, to_json_text(pool));
      put.run();
    }
    return kOk;
  });
}

Result<std::vector<lookbook::LookPool>> SqliteStore::pools() const {
  std::vector<lookbook::LookPool> found;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    StatementUse rows(connection, "SELECT body FROM look_pools WHERE version = ? ORDER BY cluster_id");
    rows->bind(1, lookbook::kPoolVersion);
    while (rows->executeStep()) {
      // What cannot be read is passed over: the next night makes it again.
      auto pool = from_json_text<lookbook::LookPool>(rows->getColumn(0).getString());
      if (pool.ok()) found.push_back(std::move(*pool));
    }
    return kOk;
  }));
  return found;
}

Result<size_t> SqliteStore::drop_expired_pools(TimePoint now) {
  size_t gone = 0;
  TRY(write([&](SqliteConnection& connection) -> Result<Done> {
    StatementUse remove(connection, "DELETE FROM look_pools WHERE expires_at <= ?");
    remove->bind(1, since_epoch(now));
    remove.run();
    gone = static_cast<size_t>(connection.database().getChanges());
    return kOk;
  }));
  return gone;
}

}  // namespace modiste
