#include "ingest/recent_event_ids.h"

#include <algorithm>

#include "base/binary_fields.h"
#include "base/check.h"
#include "base/mutex.h"
#include "base/rng.h"

namespace modiste {

RecentEventIds::RecentEventIds(size_t capacity) : capacity_(capacity) { CHECK(capacity >= 1); }

uint64_t RecentEventIds::hash_of(const EventKey& key) {
  const uint64_t hash = hash64(key.event_id, hash64(key.subject));
  return hash == kReleased ? 1 : hash;
}

// Writes over the oldest past the capacity.
void RecentEventIds::remember(uint64_t hash) {
  if (ring_.size() < capacity_) {
    ring_.push_back(hash);
  } else {
    known_.erase(ring_[next_]);
    pending_.erase(ring_[next_]);
    ring_[next_] = hash;
  }
  next_ = (next_ + 1) % capacity_;
  known_.insert(hash);
}

Result<std::vector<Claim>> RecentEventIds::claim(std::span<const EventKey> keys) {
  std::vector<Claim> claims;
  const MutexLock lock(mutex_);
  for (const EventKey& key : keys) {
    const uint64_t hash = hash_of(key);
    if (known_.contains(hash)) {
      claims.push_back(pending_.contains(hash) ? Claim::kPending : Claim::kKnown);
      continue;
    }
    remember(hash);
    pending_.insert(hash);
    claims.push_back(Claim::kNew);
  }
  return claims;
}

Result<Done> RecentEventIds::confirm(std::span<const EventKey> keys) {
  const MutexLock lock(mutex_);
  for (const EventKey& key : keys) {
    const uint64_t hash = hash_of(key);
    pending_.erase(hash);
    if (!known_.contains(hash)) remember(hash);
  }
  return kOk;
}

// Its place stays in the window, empty. It is found from the end: claims are released soon after they were
// made.
Result<Done> RecentEventIds::release(std::span<const EventKey> keys) {
  const MutexLock lock(mutex_);
  for (const EventKey& key : keys) {
    const uint64_t hash = hash_of(key);
    if (pending_.erase(hash) == 0) continue;
    known_.erase(hash);
    size_t place = next_;
    do place = place == 0 ? ring_.size() - 1 : place - 1;
    while (ring_[place] != hash);
    ring_[place] = kReleased;
  }
  return kOk;
}

Result<bool> RecentEventIds::is_claimed(const EventKey& key) const {
  const MutexLock lock(mutex_);
  return known_.contains(hash_of(key));
}

// The oldest first. The place of a claim that nobody confirmed is empty.
void RecentEventIds::save(std::string& out) const {
  std::vector<uint64_t> window;
  {
    const MutexLock lock(mutex_);
    window = ring_;
    if (window.size() == capacity_)
      std::rotate(window.begin(), window.begin() + static_cast<ptrdiff_t>(next_), window.end());
    for (uint64_t& hash : window)
      if (pending_.contains(hash)) hash = kReleased;
  }
  BinaryWriter(out).numbers(window);
}

Result<Done> RecentEventIds::load(std::string_view bytes) {
  std::vector<uint64_t> window;
  TRY(load_fields(bytes, "event ids", [&](auto& reader) { reader.numbers(window); }));
  if (window.size() > capacity_)
    window.erase(window.begin(), window.end() - static_cast<ptrdiff_t>(capacity_));
  const MutexLock lock(mutex_);
  pending_.clear();
  known_.clear();
  known_.reserve(window.size());
  for (const uint64_t hash : window)
    if (hash != kReleased) known_.insert(hash);
  next_ = window.size() % capacity_;
  ring_ = std::move(window);
  return kOk;
}

size_t RecentEventIds::size() const {
  const MutexLock lock(mutex_);
  return known_.size();
}

}  // namespace modiste
