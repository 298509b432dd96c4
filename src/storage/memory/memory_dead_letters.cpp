// MemoryStore as the store of dead letters.
#include <algorithm>

#include "base/mutex.h"
#include "storage/memory/memory_store.h"

namespace modiste {

Result<std::vector<int64_t>> MemoryStore::put_letters(std::span<const DeadLetter> letters,
                                                      const DeadLetterLimits& limits) {
  const MutexLock lock(mutex_);
  std::vector<int64_t> ids;
  TimePoint newest =
      TimePoint::min() + limits.age_max;  // of these: a clock that ran ahead dates an earlier one
  for (auto letter : letters) {
    newest = std::max(newest, letter.received_at);
    ids.push_back(letter.id = ++letters_put_);
    letters_.emplace(letter.id, std::move(letter));
  }
  letters_dropped_ += static_cast<int64_t>(std::erase_if(
      letters_, [&](const auto& entry) { return entry.second.received_at < newest - limits.age_max; }));
  for (; letters_.size() > limits.entries_max; ++letters_dropped_) letters_.erase(letters_.begin());
  return ids;
}

Result<std::vector<DeadLetter>> MemoryStore::letters(const LetterQuery& query) const {
  const MutexLock lock(mutex_);
  std::vector<DeadLetter> found;
  for (auto at = letters_.upper_bound(query.after);
       at != letters_.end() && static_cast<int>(found.size()) < query.count; ++at)
    if (!query.reason || at->second.reason == *query.reason) found.push_back(at->second);
  return found;
}

Result<DeadLetter> MemoryStore::letter(int64_t id) const {
  const MutexLock lock(mutex_);
  const auto found = letters_.find(id);
  if (found == letters_.end()) return no_letter(id);
  return found->second;
}

Result<Done> MemoryStore::replace_letter(const DeadLetter& letter) {
  const MutexLock lock(mutex_);
  const auto found = letters_.find(letter.id);
  if (found == letters_.end()) return no_letter(letter.id);
  found->second = letter;
  return kOk;
}

Result<Done> MemoryStore::remove_letter(int64_t id) {
  const MutexLock lock(mutex_);
  if (letters_.erase(id) == 0) return no_letter(id);
  return kOk;
}

Result<LetterCount> MemoryStore::count_letters() const {
  const MutexLock lock(mutex_);
  return LetterCount{static_cast<int64_t>(letters_.size()), letters_dropped_};
}

Result<size_t> MemoryStore::erase_letters(std::span<const std::string> identifiers) {
  const MutexLock lock(mutex_);
  return std::erase_if(letters_, [&](const auto& entry) {
    const auto body = serialize_json(entry.second.body);
    return std::any_of(identifiers.begin(), identifiers.end(),
                       [&](const auto& identifier) { return letter_mentions(body, identifier); });
  });
}

}  // namespace modiste
