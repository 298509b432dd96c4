#include "storage/sqlite/sqlite_profile_store.h"

#include "base/mutex.h"
#include "storage/sqlite/connection.h"
#include "style/state_format.h"

namespace modiste {
namespace {

constexpr const char* kSchema =
    "PRAGMA synchronous = NORMAL;"
    "CREATE TABLE IF NOT EXISTS profiles (person TEXT PRIMARY KEY, fold BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS includes (one INTEGER PRIMARY KEY CHECK (one = 1), position TEXT NOT NULL);";

// Empty when nothing is known.
Result<std::optional<ShopperFold>> select_fold(SqliteConnection& connection, std::string_view person) {
  StatementUse select(connection, "SELECT fold FROM profiles WHERE person = ?");
  select->bind(1, std::string(person));
  if (!select->executeStep()) return std::optional<ShopperFold>();
  TRY_ASSIGN(auto fold, read_fold(select->getColumn(0).getString()));
  return std::optional(std::move(fold));
}

void upsert_fold(SqliteConnection& connection, std::string_view person, const ShopperFold& fold) {
  std::string bytes;
  write_fold(bytes, fold);
  StatementUse upsert(connection,
                      "INSERT INTO profiles (person, fold) VALUES (?, ?)"
                      " ON CONFLICT (person) DO UPDATE SET fold = excluded.fold");
  upsert->bind(1, std::string(person));
  upsert->bind(2, bytes.data(), static_cast<int>(bytes.size()));
  upsert.run();
}

}  // namespace

SqliteProfileStore::SqliteProfileStore(std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)) {}
SqliteProfileStore::~SqliteProfileStore() = default;

Result<std::unique_ptr<SqliteProfileStore>> SqliteProfileStore::open(const std::filesystem::path& file) {
  TRY_ASSIGN(auto connection, SqliteConnection::open(file, SqliteConnection::Mode::kWriter));
  try {
    connection->database().exec(kSchema);
  } catch (const SQLite::Exception& exception) {
    return sqlite_error(exception, file.string());
  }
  return std::unique_ptr<SqliteProfileStore>(new SqliteProfileStore(std::move(connection)));
}

Result<Done> SqliteProfileStore::write(LogPosition includes, const std::function<Result<Done>()>& work) {
  const MutexLock lock(mutex_);
  SqliteConnection& connection = *connection_;
  return connection.transaction(SQLite::TransactionBehavior::IMMEDIATE, [&]() -> Result<Done> {
    TRY(work());
    StatementUse advance(connection,
                         "INSERT INTO includes (one, position) VALUES (1, ?) ON CONFLICT (one)"
                         " DO UPDATE SET position = max(position, excluded.position)");
    advance->bind(1, includes.to_text());
    advance.run();
    return kOk;
  });
}

Result<Done> SqliteProfileStore::read(const std::function<Result<Done>()>& work) const {
  const MutexLock lock(mutex_);
  return connection_->transaction(SQLite::TransactionBehavior::DEFERRED, work);
}

Result<ProfileStore::State> SqliteProfileStore::get(std::string_view person) const {
  const std::string one(person);
  TRY_ASSIGN(auto states, get_many({&one, 1}));
  return std::move(states.front());
}

Result<std::vector<ProfileStore::State>> SqliteProfileStore::get_many(
    std::span<const std::string> persons) const {
  std::vector<State> states;
  TRY(read([&]() REQUIRES(mutex_) -> Result<Done> {
    for (const auto& person : persons) {
      TRY_ASSIGN(const auto fold, select_fold(*connection_, person));
      states.push_back(fold ? fold->current : nullptr);
    }
    return kOk;
  }));
  return states;
}

Result<ProfileStore::State> SqliteProfileStore::update(std::string_view person, LogPosition includes,
                                                       const Change& change) {
  State after;
  TRY(write(includes, [&]() REQUIRES(mutex_) -> Result<Done> {
    TRY_ASSIGN(auto known, select_fold(*connection_, person));
    ShopperFold fold = known ? std::move(*known) : ShopperFold();
    change(fold);
    upsert_fold(*connection_, person, fold);
    after = fold.current;
    return kOk;
  }));
  return after;
}

Result<Done> SqliteProfileStore::put_many(std::span<const StoredProfile> profiles, LogPosition includes) {
  return write(includes, [&]() REQUIRES(mutex_) -> Result<Done> {
    for (const auto& profile : profiles) upsert_fold(*connection_, profile.person, profile.fold);
    return kOk;
  });
}

Result<bool> SqliteProfileStore::erase(std::string_view person, LogPosition includes) {
  bool was_known = false;
  TRY(write(includes, [&]() REQUIRES(mutex_) -> Result<Done> {
    StatementUse erase(*connection_, "DELETE FROM profiles WHERE person = ?");
    erase->bind(1, std::string(person));
    erase.run();
    was_known = connection_->database().getChanges() > 0;
    return kOk;
  }));
  return was_known;
}

Result<Done> SqliteProfileStore::for_each(const Visitor& visit) const {
  return read([&]() REQUIRES(mutex_) -> Result<Done> {
    StatementUse select(*connection_, "SELECT person, fold FROM profiles");
    while (select->executeStep()) {
      TRY_ASSIGN(const auto fold, read_fold(select->getColumn(1).getString()));
      TRY(visit(select->getColumn(0).getString(), fold));
    }
    return kOk;
  });
}

Result<LogPosition> SqliteProfileStore::includes() const {
  std::string text = LogPosition::begin().to_text();
  TRY(read([&]() REQUIRES(mutex_) -> Result<Done> {
    StatementUse select(*connection_, "SELECT position FROM includes");
    if (select->executeStep()) text = select->getColumn(0).getString();
    return kOk;
  }));
  return LogPosition::from_text(text);
}

}  // namespace modiste
