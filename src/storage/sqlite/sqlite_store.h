// Garments, embeddings, subjects, dead letters and look pools in one SQLite database: the store of a single
// machine.
//
// Schema: docs/formats/database.md. One writer connection, and readers that see a consistent snapshot while
// it writes (WAL). synchronous=FULL: what was answered survives kill -9 and a power cut.
//
// Threads: any. A visitor may call other methods; it sees the state from before its own writes.
// Limits:  the file must be this process's alone (DataDirectory's lock).
// Erasure: secure_delete and a truncated WAL leave no byte of an identifier in the files. While another
//          thread is inside for_each, or a backup reads the file, the WAL keeps the old page; a write that
//          comes a second later, or opening, finishes the work.
// Embeddings of garments that were never put are left out without an error.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/mutex.h"
#include "catalog/garment_store.h"
#include "identity/subject_store.h"
#include "ingest/dead_letters.h"
#include "lookbook/look_store.h"
#include "storage/sqlite/subject_cache.h"

namespace modiste {

class SqliteConnection;

class SqliteStore final : public GarmentStore, public SubjectStore, public DeadLetters, public LookStore {
 public:
  // Makes the database when there is none, migrates an older one. kCorrupt: damaged or not a database;
  // kConflict: written by a newer program, or not Modiste's.
  static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& file);
  ~SqliteStore() override;
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  Result<Done> put(std::span<const Garment> garments) override;
  Result<Done> remove(std::string_view garment_id) override;
  Result<Garment> get(std::string_view garment_id) const override;
  Result<Done> for_each(const std::function<Result<Done>(Garment&&)>& visit) const override;
  Result<Done> for_each_version(const std::function<Result<Done>(GarmentVersion&&)>& visit) const override;
  Result<Done> put_embeddings(std::span<const StoredEmbedding> embeddings) override;
  Result<Done> for_each_embedding(const std::function<Result<Done>(StoredEmbedding&&)>& visit) const override;
  Result<StoreMark> mark() const override;
  Result<Done> for_each_version_since(
      uint64_t changes, const std::function<Result<Done>(GarmentVersion&&)>& visit) const override;
  Result<Done> for_each_embedding_since(
      uint64_t changes, const std::function<Result<Done>(StoredEmbedding&&)>& visit) const override;
  Result<Done> put_conflicts(std::span<const GarmentConflicts> conflicts) override;
  Result<Done> put_whole(std::span<const Garment> garments, std::span<const StoredEmbedding> embeddings,
                         std::span<const GarmentConflicts> conflicts) override;
  Result<Done> for_each_conflicts(
      const std::function<Result<Done>(GarmentConflicts&&)>& visit) const override;
  Result<Done> put_outfit(const ShopOutfit& outfit) override;
  Result<Done> remove_outfit(std::string_view id) override;
  Result<Done> for_each_outfit(const std::function<Result<Done>(ShopOutfit&&)>& visit) const override;

  Result<std::vector<std::string>> subjects(std::span<const Identifier> identifiers) override;
  Result<std::string> find(const Identifier& identifier) const override;
  Result<std::vector<std::optional<Identifier>>> identifiers(
      std::span<const std::string> subjects) const override;
  Result<std::vector<std::string>> erase(std::span<const Identifier> identifiers) override;

  Result<std::vector<int64_t>> put_letters(std::span<const DeadLetter> letters,
                                           const DeadLetterLimits& limits) override;
  Result<std::vector<DeadLetter>> letters(const LetterQuery& query) const override;
  Result<DeadLetter> letter(int64_t id) const override;
  Result<Done> replace_letter(const DeadLetter& letter) override;
  Result<Done> remove_letter(int64_t id) override;
  Result<LetterCount> count_letters() const override;
  Result<size_t> erase_letters(std::span<const std::string> identifiers) override;

  Result<Done> put_pools(std::span<const lookbook::LookPool> pools) override;
  [[nodiscard]] Result<std::vector<lookbook::LookPool>> pools() const override;
  Result<size_t> drop_expired_pools(TimePoint now) override;

  // Reads every page and checks it: seconds per GB. kCorrupt with what was found.
  Result<Done> check() const;

 private:
  SqliteStore(std::filesystem::path file, std::unique_ptr<SqliteConnection> writer);
  Result<Done> write(const std::function<Result<Done>(SqliteConnection&)>& work);
  Result<Done> read(const std::function<Result<Done>(SqliteConnection&)>& work) const;
  Result<std::unique_ptr<SqliteConnection>> take_reader() const;
  void scrub() REQUIRES(writer_mutex_);

  const std::filesystem::path file_;
  mutable SubjectCache cache_;

  Mutex writer_mutex_;
  std::unique_ptr<SqliteConnection> writer_ GUARDED_BY(writer_mutex_);
  bool scrub_due_ GUARDED_BY(writer_mutex_) = true;  // an erasure's old pages may be in the WAL
  std::chrono::steady_clock::time_point scrub_from_ GUARDED_BY(writer_mutex_);  // the next try

  mutable Mutex readers_mutex_;
  mutable std::vector<std::unique_ptr<SqliteConnection>> idle_readers_ GUARDED_BY(readers_mutex_);
};

}  // namespace modiste
