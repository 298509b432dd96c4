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
  Result<State> update(std::string_view person, const Change& change) override;
  Result<Done> put(std::string_view person, ShopperFold fold) override;
  Result<bool> remove(std::string_view person) override;
  Result<Done> erase(std::string_view person) override;
  // Only the visitor fails. Holds a shard's mutex meanwhile.
  Result<Done> for_each(const Visitor& visit) const override;

  // A snapshot holds the profiles themselves, by person, some MB to a block.
  Result<std::unique_ptr<ProfileCut>> cut() override;
  Result<Done> restore(const SnapshotBlock& block) override;

  [[nodiscard]] size_t size() const;

 private:
  struct Shard {
    mutable Mutex mutex;
    std::unordered_map<std::string, ShopperFold> profiles GUARDED_BY(mutex);
  };

  [[nodiscard]] Shard& shard(std::string_view person) const;

  static constexpr size_t kShards = 64;
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace modiste
