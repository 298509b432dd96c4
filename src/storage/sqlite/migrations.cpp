#include "storage/sqlite/migrations.h"

#include <fmt/format.h>

#include <array>

namespace modiste {

namespace {

struct Migration {
  int version;
  const char* name;
  const char* sql;
};

// Applied ones are never edited: a change is a new entry.
//
// A garment's variants are not in its body: price and stock have one home. Variants are clustered by garment,
// so that reading one garment touches neighbouring pages. A subject's row is the only place that knows an
// identifier; its UNIQUE is the index for the way back. The body of what is no longer sold holds its
// variants: their skus are free.
constexpr std::array kMigrations{Migration{1, "garments, embeddings, subjects, meta", R"sql(
CREATE TABLE garments (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  brand TEXT NOT NULL,
  category TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE variants (
  garment INTEGER NOT NULL REFERENCES garments (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sku TEXT NOT NULL UNIQUE,
  size TEXT NOT NULL,
  colour TEXT NOT NULL,
  price REAL NOT NULL,
  list_price REAL,
  margin REAL,
  stock INTEGER NOT NULL,
  PRIMARY KEY (garment, position)
) WITHOUT ROWID;
CREATE TABLE embeddings (
  garment INTEGER NOT NULL REFERENCES garments (key) ON DELETE CASCADE,
  colour TEXT NOT NULL,
  source_hash INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  vector BLOB NOT NULL,
  photo_attributes TEXT NOT NULL,
  palette TEXT NOT NULL,
  UNIQUE (garment, colour)
);
CREATE TABLE subjects (
  shopper_id TEXT NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
)sql"},
                                 Migration{2, "identifiers of every kind, not only users", R"sql(
CREATE TABLE identifiers (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  subject TEXT NOT NULL UNIQUE,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
INSERT INTO identifiers (kind, id, subject) SELECT 'user', shopper_id, subject FROM subjects;
DROP TABLE subjects;
)sql"},
                                 Migration{3, "dead letters", R"sql(
CREATE TABLE dead_letters (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  reason TEXT NOT NULL,
  event_id TEXT NOT NULL,
  what TEXT NOT NULL,
  pointer TEXT NOT NULL,
  expected TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX dead_letters_by_receipt ON dead_letters (received_at);
)sql"},
                                 Migration{4, "what is no longer sold is remembered", R"sql(
ALTER TABLE garments ADD COLUMN removed_at TEXT;
CREATE TABLE dropped_colours (
  key INTEGER PRIMARY KEY,
  garment INTEGER NOT NULL REFERENCES garments (key),
  colour TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (garment, colour)
);
)sql"},
                                 Migration{5, "photos that contradict the supplier", R"sql(
CREATE TABLE photo_conflicts (
  garment INTEGER PRIMARY KEY REFERENCES garments (key) ON DELETE CASCADE,
  conflicts TEXT NOT NULL
);
)sql"},
                                 Migration{6, "vectors say which encoder made them", R"sql(
ALTER TABLE embeddings ADD COLUMN encoder TEXT NOT NULL DEFAULT '';
)sql"},
                                 Migration{7, "pools of the lookbook", R"sql(
CREATE TABLE look_pools (
  cluster_id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;
)sql"},
                                 Migration{8, "outfits that the shop put together", R"sql(
CREATE TABLE shop_outfits (
  id TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;
)sql"},
                                 Migration{9, "garments say when they were changed last", R"sql(
ALTER TABLE garments ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX garments_by_change ON garments (changed);
INSERT INTO meta (key, value) VALUES ('store', lower(hex(randomblob(16))));
)sql"}};

Result<int> version_of(SQLite::Database& database, const std::string& file) {
  const int application = database.execAndGet("PRAGMA application_id").getInt();
  const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
  if (empty) return 0;
  if (application != kApplicationId)
    return Error{Code::kConflict, "the database is not Modiste's", file, "another file for --data"};
  return database.execAndGet("SELECT ifnull(max(version), 0) FROM migrations").getInt();
}

void apply(SQLite::Database& database, const Migration& migration) {
  if (migration.version == 1) {
    database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    database.exec(
        "CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
        " applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)");
  }
  database.exec(migration.sql);
  SQLite::Statement record(database, "INSERT INTO migrations (version, name) VALUES (?, ?)");
  record.bind(1, migration.version);
  record.bind(2, migration.name);
  record.exec();
}

}  // namespace

Result<Done> migrate(SqliteConnection& connection) {
  return connection.transaction(SQLite::TransactionBehavior::IMMEDIATE, [&]() -> Result<Done> {
    auto& database = connection.database();
    TRY_ASSIGN(const int version, version_of(database, connection.file()));
    if (version > kMigrations.back().version)
      return Error{Code::kConflict, fmt::format("the database is of version {}, by a newer Modiste", version),
                   connection.file(), fmt::format("at most version {}", kMigrations.back().version)};
    for (const auto& migration : kMigrations)
      if (migration.version > version) apply(database, migration);
    return kOk;
  });
}

}  // namespace modiste
