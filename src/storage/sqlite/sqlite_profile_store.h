// Profiles in a SQLite database of their own: for one machine, where they should outlive the process.
//
// Durable as far as includes() says: a power cut may take the last changes together with their position, and
// a start folds them again. Memory: SQLite's cache, however many shoppers there are. One fold is read,
// changed and written at a time.
#pragma once

#include <filesystem>
#include <memory>

#include "base/mutex.h"
#include "style/profile_store.h"

namespace modiste {

class SqliteConnection;

class SqliteProfileStore final : public ProfileStore {
 public:
  // Makes the database when there is none. kCorrupt: damaged or not a database.
  static Result<std::unique_ptr<SqliteProfileStore>> open(const std::filesystem::path& file);
  ~SqliteProfileStore() override;
  SqliteProfileStore(const SqliteProfileStore&) = delete;
  SqliteProfileStore& operator=(const SqliteProfileStore&) = delete;

  [[nodiscard]] Result<State> get(std::string_view person) const override;
  [[nodiscard]] Result<std::vector<State>> get_many(std::span<const std::string> persons) const override;
  Result<State> update(std::string_view person, LogPosition includes, const Change& change) override;
  Result<Done> put_many(std::span<const StoredProfile> profiles, LogPosition includes) override;
  Result<bool> erase(std::string_view person, LogPosition includes) override;
  Result<Done> for_each(const Visitor& visit) const override;
  [[nodiscard]] Result<LogPosition> includes() const override;

 private:
  explicit SqliteProfileStore(std::unique_ptr<SqliteConnection> connection);
  // Runs work as one transaction, which also advances the position.
  Result<Done> write(LogPosition includes, const std::function<Result<Done>()>& work);
  Result<Done> read(const std::function<Result<Done>()>& work) const;

  mutable Mutex mutex_;
  std::unique_ptr<SqliteConnection> connection_ GUARDED_BY(mutex_);
};

}  // namespace modiste
