// MemoryStore as the store of look pools.
#include "storage/memory/memory_store.h"

namespace modiste {

Result<Done> MemoryStore::put_pools(std::span<const lookbook::LookPool> pools) {
  const MutexLock lock(mutex_);
  for (const lookbook::LookPool& pool : pools) pools_.insert_or_assign(pool.cluster_id, pool);
  return kOk;
}

Result<std::vector<lookbook::LookPool>> MemoryStore::pools() const {
  const MutexLock lock(mutex_);
  std::vector<lookbook::LookPool> found;
  for (const auto& [id, pool] : pools_)
    if (pool.version == lookbook::kPoolVersion) found.push_back(pool);
  return found;
}

Result<size_t> MemoryStore::drop_expired_pools(TimePoint now) {
  const MutexLock lock(mutex_);
  return std::erase_if(pools_, [&](const auto& entry) { return entry.second.expires_at <= now; });
}

}  // namespace modiste
