#include "style/memory_profile_store.h"

#include <algorithm>

#include "base/mutex.h"
#include "base/rng.h"

namespace modiste {

MemoryProfileStore::Shard& MemoryProfileStore::shard(std::string_view person) const {
  return shards_[hash64(person) % kShards];
}

void MemoryProfileStore::advance(LogPosition includes) {
  const MutexLock lock(includes_mutex_);
  includes_ = std::max(includes_, includes);
}

Result<ProfileStore::State> MemoryProfileStore::get(std::string_view person) const {
  const Shard& home = shard(person);
  const MutexLock lock(home.mutex);
  const auto found = home.profiles.find(std::string(person));
  return found == home.profiles.end() ? State() : found->second.current;
}

Result<std::vector<ProfileStore::State>> MemoryProfileStore::get_many(
    std::span<const std::string> persons) const {
  std::vector<State> states;
  for (const auto& person : persons) states.push_back(get(person).value());
  return states;
}

Result<ProfileStore::State> MemoryProfileStore::update(std::string_view person, LogPosition includes,
                                                       const Change& change) {
  State after;
  {
    Shard& home = shard(person);
    const MutexLock lock(home.mutex);
    ShopperFold& profile = home.profiles[std::string(person)];
    change(profile);
    after = profile.current;
  }
  advance(includes);
  return after;
}

Result<Done> MemoryProfileStore::put_many(std::span<const StoredProfile> profiles, LogPosition includes) {
  for (const auto& profile : profiles) {
    Shard& home = shard(profile.person);
    const MutexLock lock(home.mutex);
    home.profiles.insert_or_assign(profile.person, profile.fold);
  }
  advance(includes);
  return kOk;
}

Result<bool> MemoryProfileStore::erase(std::string_view person, LogPosition includes) {
  bool was_known = false;
  {
    Shard& home = shard(person);
    const MutexLock lock(home.mutex);
    was_known = home.profiles.erase(std::string(person)) != 0;
  }
  advance(includes);
  return was_known;
}

Result<Done> MemoryProfileStore::for_each(const Visitor& visit) const {
  for (const auto& home : shards_) {
    const MutexLock lock(home.mutex);
    for (const auto& [person, profile] : home.profiles) TRY(visit(person, profile));
  }
  return kOk;
}

Result<LogPosition> MemoryProfileStore::includes() const {
  const MutexLock lock(includes_mutex_);
  return includes_;
}

size_t MemoryProfileStore::size() const {
  size_t total = 0;
  for (const auto& home : shards_) {
    const MutexLock lock(home.mutex);
    total += home.profiles.size();
  }
  return total;
}

}  // namespace modiste
