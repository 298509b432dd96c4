#include "storage/sqlite/subject_cache.h"

namespace modiste {

std::optional<std::string> SubjectCache::find(std::string_view shopper_id) {
  const std::lock_guard lock(mutex_);
  const std::string key(shopper_id);
  if (const auto found = young_.find(key); found != young_.end()) return found->second;
  const auto found = old_.find(key);
  if (found == old_.end()) return std::nullopt;
  const std::string subject = found->second;
  if (young_.size() < generation_max_) young_.insert(old_.extract(found));
  return subject;
}

uint64_t SubjectCache::epoch() const {
  const std::lock_guard lock(mutex_);
  return epoch_;
}

void SubjectCache::insert(std::string_view shopper_id, std::string_view subject, uint64_t read_in_epoch) {
  const std::lock_guard lock(mutex_);
  if (read_in_epoch != epoch_) return;
  if (young_.size() >= generation_max_) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.emplace(shopper_id, subject);
}

void SubjectCache::erase(std::string_view shopper_id) {
  const std::lock_guard lock(mutex_);
  ++epoch_;
  const std::string key(shopper_id);
  young_.erase(key);
  old_.erase(key);
}

}  // namespace modiste
