// The Deduplicator of one process, in memory.
//
// The window is the last `capacity` events; it is rebuilt by confirming the log's end. A sender that repeats
// an event after that many others is not recognised: with the default, at 1,000 events/s, after 35 minutes of
// constant traffic; senders give up long before.
//
// Kept are 64-bit hashes of (subject, event_id), compared exactly. A new event is taken for a repeated one
// with probability capacity / 2^64 = 1.1e-13 (default): one wrongly dropped event in 9e12. Subject ids are
// random and unknown outside, so nobody can make another shopper's event collide.
//
// Memory: 8 bytes per event of the window and 10 to 20 in the table, grown as needed: about 50 MB when the
//         default is full.
// Threads: any.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstddef>
#include <vector>

#include "base/mutex.h"
#include "ingest/deduplicator.h"

namespace modiste {

// What became of an event that was not refused.
enum class IngestResult : uint8_t { kAccepted, kDuplicate };

class RecentEventIds final : public Deduplicator {
 public:
  static constexpr size_t kCapacityDefault = size_t{1} << 21;

  // At least 1.
  explicit RecentEventIds(size_t capacity = kCapacityDefault);

  Result<std::vector<Claim>> claim(std::span<const EventKey> keys) override;
  Result<Done> confirm(std::span<const EventKey> keys) override;
  Result<Done> release(std::span<const EventKey> keys) override;
  [[nodiscard]] Result<bool> is_claimed(const EventKey& key) const override;
  void save(std::string& out) const override;
  Result<Done> load(std::string_view bytes) override;

  [[nodiscard]] size_t size() const;

 private:
  static constexpr uint64_t kReleased = 0;  // in ring_: a place whose event was released
  static uint64_t hash_of(const EventKey& key);
  void remember(uint64_t hash) REQUIRES(mutex_);

  const size_t capacity_;
  mutable Mutex mutex_;
  size_t next_ GUARDED_BY(mutex_) = 0;                            // place in ring_ that is written next
  std::vector<uint64_t> ring_ GUARDED_BY(mutex_);                 // hashes in order of arrival
  boost::unordered_flat_set<uint64_t> known_ GUARDED_BY(mutex_);  // of ring_, but released ones
  boost::unordered_flat_set<uint64_t> pending_
      GUARDED_BY(mutex_);  // of known_, neither confirmed nor released
};

}  // namespace modiste
