#include "storage/sqlite/subject_cache.h"

#include "base/mutex.h"

namespace modiste {

std::optional<std::string> SubjectCache::find(const Identifier& identifier) {
  const MutexLock lock(mutex_);
  if (const auto found = young_.find(identifier); found != young_.end()) return found->second;
  const auto found = old_.find(identifier);
  if (found == old_.end()) return std::nullopt;
  std::string subject = found->second;
  if (young_.size() < generation_max_) young_.insert(old_.extract(found));
  return subject;
}

uint64_t SubjectCache::epoch() const {
  const MutexLock lock(mutex_);
  return epoch_;
}

void SubjectCache::insert(const Identifier& identifier, std::string_view subject, uint64_t read_in_epoch) {
  const MutexLock lock(mutex_);
  if (read_in_epoch != epoch_) return;
  if (young_.size() >= generation_max_) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.emplace(identifier, subject);
}

void SubjectCache::erase(std::span<const Identifier> identifiers) {
  const MutexLock lock(mutex_);
  ++epoch_;
  for (const auto& identifier : identifiers) {
    young_.erase(identifier);
    old_.erase(identifier);
  }
}

}  // namespace modiste
