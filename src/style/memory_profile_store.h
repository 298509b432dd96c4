// The profiles of one process, in memory.
//
// Persons are spread over shards with a mutex each. A reader gets an immutable state that later changes do
// not touch; a change happens in place.
#pragma once

#include <array>
#include <unordered_map>

#include "base/mutex.h"
#include "style/profile_store.h"

namespace modiste {

class MemoryProfileStore final : public ProfileStore {
 public:
  // None of these fails.
  [[nodiscard]] Result<State> get(std::string_view person) const override;
  [[nodiscard]] Result<std::vector<State>> get_many(std::span<const std::string> persons) const override;
  Result<State> update(std::string_view person, LogPosition includes, const Change& change) override;
  Result<Done> put_many(std::span<const StoredProfile> profiles, LogPosition includes) override;
  Result<bool> erase(std::string_view person, LogPosition includes) override;
  // Only the visitor fails. Holds a shard's mutex meanwhile.
  Result<Done> for_each(const Visitor& visit) const override;
  [[nodiscard]] Result<LogPosition> includes() const override;

  [[nodiscard]] size_t size() const;

 private:
  struct Shard {
    mutable Mutex mutex;
    std::unordered_map<std::string, ShopperFold> profiles GUARDED_BY(mutex);
  };

  [[nodiscard]] Shard& shard(std::string_view person) const;
  void advance(LogPosition includes);

  static constexpr size_t kShards = 64;
  mutable std::array<Shard, kShards> shards_;
  mutable Mutex includes_mutex_;
  LogPosition includes_ GUARDED_BY(includes_mutex_);
};

}  // namespace modiste
