#include "storage/sqlite/sqlite_store.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "base/mutex.h"
#include "identity/subject_id.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/garment_rows.h"
#include "storage/sqlite/migrations.h"

namespace modiste {

namespace {

constexpr size_t kIdleReadersMax = 8;
constexpr int kScrubPatienceMs = 100;  // other writers wait meanwhile
// A backup reads for minutes: were each write to try again, the shop would make ten writes a second. So a
// tenth of the time goes into tries.
constexpr auto kScrubPause = std::chrono::seconds(1);

std::string random_subject() {
  std::array<std::byte, kSubjectBytes> random{};
  randombytes_buf(random.data(), random.size());
  return subject_id(random);
}

void bind(StatementUse& statement, const Identifier& identifier) {
  statement->bind(1, std::string(name_of(identifier.kind)));
  statement->bind(2, identifier.id);
}

Result<std::string> find_subject(SqliteConnection& connection, const Identifier& identifier) {
  StatementUse select(connection, "SELECT subject FROM identifiers WHERE kind = ? AND id = ?");
  bind(select, identifier);
  if (!select->executeStep()) return unknown_identifier();
  return select->getColumn(0).getString();
}

Result<std::string> find_or_make_subject(SqliteConnection& connection, const Identifier& identifier) {
  auto found = find_subject(connection, identifier);
  if (found.ok() || found.error().code != Code::kNotFound) return found;
  const std::string subject = random_subject();
  StatementUse insert(connection, "INSERT INTO identifiers (kind, id, subject) VALUES (?, ?, ?)");
  bind(insert, identifier);
  insert->bind(3, subject);
  insert.run();
  return subject;
}

Result<std::optional<Identifier>> find_identifier(SqliteConnection& connection, const std::string& subject) {
  StatementUse select(connection, "SELECT kind, id FROM identifiers WHERE subject = ?");
  select->bind(1, subject);
  if (!select->executeStep()) return std::optional<Identifier>();
  const std::string name = select->getColumn(0).getString();
  const auto kind = enum_from_name<IdentifierKind>(name);
  if (!kind)
    return Error{Code::kCorrupt, fmt::format("no kind of identifier is called '{}'", name), connection.file(),
                 ""};
  return std::optional(Identifier{*kind, select->getColumn(1).getString()});
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& file) {
  if (sodium_init() < 0) return Error{Code::kInternal, "libsodium has no source of randomness", "", ""};
  TRY_ASSIGN(auto writer, SqliteConnection::open(file, SqliteConnection::Mode::kWriter));
  TRY(migrate(*writer));
  std::unique_ptr<SqliteStore> store(new SqliteStore(file, std::move(writer)));
  const MutexLock lock(store->writer_mutex_);
  store->scrub();
  return store;
}

SqliteStore::SqliteStore(std::filesystem::path file, std::unique_ptr<SqliteConnection> writer)
    : file_(std::move(file)), writer_(std::move(writer)) {}

SqliteStore::~SqliteStore() = default;

Result<Done> SqliteStore::write(const std::function<Result<Done>(SqliteConnection&)>& work) {
  const MutexLock lock(writer_mutex_);
  SqliteConnection& writer = *writer_;
  auto result = writer.transaction(SQLite::TransactionBehavior::IMMEDIATE, [&] { return work(writer); });
  if (scrub_due_ && std::chrono::steady_clock::now() >= scrub_from_) scrub();
  return result;
}

Result<std::unique_ptr<SqliteConnection>> SqliteStore::take_reader() const {
  {
    const MutexLock lock(readers_mutex_);
    if (!idle_readers_.empty()) {
      auto reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
  }
  return SqliteConnection::open(file_, SqliteConnection::Mode::kReader);
}

Result<Done> SqliteStore::read(const std::function<Result<Done>(SqliteConnection&)>& work) const {
  TRY_ASSIGN(auto reader, take_reader());
  auto result = reader->transaction(SQLite::TransactionBehavior::DEFERRED, [&] { return work(*reader); });
  const MutexLock lock(readers_mutex_);
  if (idle_readers_.size() < kIdleReadersMax) idle_readers_.push_back(std::move(reader));
  return result;
}

// Copies the WAL into the database and empties it. A reader of an old snapshot can hold it back: then it is
// tried again after a later write.
void SqliteStore::scrub() {
  auto& database = writer_->database();
  database.setBusyTimeout(kScrubPatienceMs);
  try {
    SQLite::Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    scrub_due_ = !checkpoint.executeStep() || checkpoint.getColumn(0).getInt() != 0;
  } catch (const SQLite::Exception&) {
    scrub_due_ = true;
  }
  database.setBusyTimeout(SqliteConnection::kBusyTimeoutMs);
  scrub_from_ = std::chrono::steady_clock::now() + kScrubPause;
}

Result<Done> SqliteStore::put(std::span<const Garment> garments) {
  for (const auto& garment : garments) TRY(validate(garment));
  return write([&](SqliteConnection& connection) { return write_garments(connection, garments); });
}

Result<Done> SqliteStore::remove(std::string_view garment_id) {
  return write([&](SqliteConnection& connection) { return retire_garment(connection, garment_id); });
}

Result<Garment> SqliteStore::get(std::string_view garment_id) const {
  Garment garment;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    TRY_ASSIGN(garment, read_garment(connection, garment_id));
    return kOk;
  }));
  return garment;
}

Result<Done> SqliteStore::for_each(const std::function<Result<Done>(Garment&&)>& visit) const {
  return read([&](SqliteConnection& connection) { return read_garments(connection, visit); });
}

Result<Done> SqliteStore::for_each_version(const std::function<Result<Done>(GarmentVersion&&)>& visit) const {
  return read([&](SqliteConnection& connection) { return read_versions(connection, kAllChanges, visit); });
}

Result<StoreMark> SqliteStore::mark() const {
  StoreMark mark;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    mark = read_mark(connection);
    return kOk;
  }));
  return mark;
}

Result<Done> SqliteStore::for_each_version_since(
    uint64_t changes, const std::function<Result<Done>(GarmentVersion&&)>& visit) const {
  return read([&](SqliteConnection& connection) {
    return read_versions(connection, static_cast<int64_t>(changes), visit);
  });
}

Result<Done> SqliteStore::for_each_embedding_since(
    uint64_t changes, const std::function<Result<Done>(StoredEmbedding&&)>& visit) const {
  return read([&](SqliteConnection& connection) {
    return read_embeddings(connection, static_cast<int64_t>(changes), visit);
  });
}

Result<Done> SqliteStore::put_embeddings(std::span<const StoredEmbedding> embeddings) {
  return write([&](SqliteConnection& connection) -> Result<Done> {
    write_embeddings(connection, embeddings);
    return kOk;
  });
}

Result<Done> SqliteStore::for_each_embedding(
    const std::function<Result<Done>(StoredEmbedding&&)>& visit) const {
  return read([&](SqliteConnection& connection) { return read_embeddings(connection, kAllChanges, visit); });
}

Result<Done> SqliteStore::put_conflicts(std::span<const GarmentConflicts> conflicts) {
  return write([&](SqliteConnection& connection) -> Result<Done> {
    write_conflicts(connection, conflicts);
    return kOk;
  });
}

Result<Done> SqliteStore::put_whole(std::span<const Garment> garments,
                                    std::span<const StoredEmbedding> embeddings,
                                    std::span<const GarmentConflicts> conflicts) {
  for (const auto& garment : garments) TRY(validate(garment));
  return write([&](SqliteConnection& connection) -> Result<Done> {
    TRY(write_garments(connection, garments));
    write_embeddings(connection, embeddings);
    write_conflicts(connection, conflicts);
    return kOk;
  });
}

Result<Done> SqliteStore::for_each_conflicts(
    const std::function<Result<Done>(GarmentConflicts&&)>& visit) const {
  return read([&](SqliteConnection& connection) { return read_conflicts(connection, visit); });
}

Result<Done> SqliteStore::put_outfit(const ShopOutfit& outfit) {
  return write([&](SqliteConnection& connection) -> Result<Done> {
    write_outfit(connection, outfit);
    return kOk;
  });
}

Result<Done> SqliteStore::remove_outfit(std::string_view id) {
  return write([&](SqliteConnection& connection) { return delete_outfit(connection, id); });
}

Result<Done> SqliteStore::for_each_outfit(const std::function<Result<Done>(ShopOutfit&&)>& visit) const {
  return read([&](SqliteConnection& connection) { return read_outfits(connection, visit); });
}

Result<std::vector<std::string>> SqliteStore::subjects(std::span<const Identifier> identifiers) {
  std::vector<std::string> answer(identifiers.size());
  const uint64_t epoch = cache_.epoch();  // before the first look: what is found now may be erased below
  bool complete = true;
  for (size_t i = 0; i < identifiers.size(); ++i) {
    // Known identifiers do not wait for the writer.
    auto found = find(identifiers[i]);
    if (!found.ok() && found.error().code != Code::kNotFound) return std::move(found).error();
    if (found.ok())
      answer[i] = std::move(found).value();
    else
      complete = false;
  }
  if (complete) return answer;
  TRY(write([&](SqliteConnection& connection) -> Result<Done> {
    for (size_t i = 0; i < identifiers.size(); ++i) {
      if (!answer[i].empty()) continue;
      TRY_ASSIGN(answer[i], find_or_make_subject(connection, identifiers[i]));
    }
    return kOk;
  }));
  for (size_t i = 0; i < identifiers.size(); ++i) cache_.insert(identifiers[i], answer[i], epoch);
  return answer;
}

Result<std::string> SqliteStore::find(const Identifier& identifier) const {
  if (auto cached = cache_.find(identifier)) return std::move(*cached);
  const uint64_t epoch = cache_.epoch();
  std::string subject;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    TRY_ASSIGN(subject, find_subject(connection, identifier));
    return kOk;
  }));
  cache_.insert(identifier, subject, epoch);
  return subject;
}

Result<std::vector<std::optional<Identifier>>> SqliteStore::identifiers(
    std::span<const std::string> subjects) const {
  std::vector<std::optional<Identifier>> answer;
  TRY(read([&](SqliteConnection& connection) -> Result<Done> {
    for (const auto& subject : subjects) {
      TRY_ASSIGN(auto identifier, find_identifier(connection, subject));
      answer.push_back(std::move(identifier));
    }
    return kOk;
  }));
  return answer;
}

Result<std::vector<std::string>> SqliteStore::erase(std::span<const Identifier> identifiers) {
  std::vector<std::string> erased;
  TRY(write([&](SqliteConnection& connection) REQUIRES(writer_mutex_) -> Result<Done> {
    for (const auto& identifier : identifiers) {
      auto subject = find_subject(connection, identifier);
      if (!subject.ok()) {
        if (subject.error().code == Code::kNotFound) continue;
        return std::move(subject).error();
      }
      StatementUse remove(connection, "DELETE FROM identifiers WHERE kind = ? AND id = ?");
      bind(remove, identifier);
      remove.run();
      erased.push_back(std::move(subject).value());
      scrub_due_ = true, scrub_from_ = {};
    }
    return kOk;
  }));
  cache_.erase(identifiers);
  return erased;
}

Result<Done> SqliteStore::check() const {
  return read([&](SqliteConnection& connection) -> Result<Done> {
    SQLite::Statement check(connection.database(), "PRAGMA integrity_check(1)");
    const std::string found = check.executeStep() ? check.getColumn(0).getString() : "no answer";
    if (found == "ok") return kOk;
    return Error{Code::kCorrupt, "the database is damaged: " + found, connection.file(), "a backup"};
  });
}

}  // namespace modiste
