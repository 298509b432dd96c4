// Which events have been heard lately, so that a repeated one is acknowledged and changes nothing.
//
// The window is the last `capacity` accepted events; it is rebuilt by replaying the log's end. A sender that
// repeats an event after that many others is not recognised: with the default, at 1,000 events/s, after
// 35 minutes of constant traffic; senders give up long before.
//
// Kept are 64-bit hashes of (subject, event_id), compared exactly. A new event is taken for a repeated one
// with probability capacity / 2^64 = 1.1e-13 (default): one wrongly dropped event in 9e12. Subject ids are
// random and unknown outside, so nobody can make another shopper's event collide.
//
// Memory: 16 bytes per event of the window, grown as needed: 34 MB when the default is full.
// Threads: one owner.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace modiste {

// What became of an event that was not refused.
enum class IngestResult : uint8_t { kAccepted, kDuplicate };

class RecentEventIds {
 public:
  static constexpr size_t kCapacityDefault = size_t{1} << 21;

  // 1 <= capacity <= 2^30.
  explicit RecentEventIds(size_t capacity = kCapacityDefault);

  // Remembers an event; false when it is remembered already. Forgets the oldest past the capacity.
  bool insert(std::string_view subject, std::string_view event_id);
  [[nodiscard]] bool contains(std::string_view subject, std::string_view event_id) const;
  // Takes an insert back, for an event whose append then failed. It still occupies its place in the window.
  void forget(std::string_view subject, std::string_view event_id);
  [[nodiscard]] size_t size() const { return live_; }

 private:
  static constexpr uint32_t kFree = UINT32_MAX;

  [[nodiscard]] size_t home(uint64_t hash) const { return hash & (table_.size() - 1); }
  [[nodiscard]] size_t find(uint64_t hash) const;  // its cell, or the free cell where it belongs
  void erase_cell(size_t cell);
  void evict(uint32_t place);
  void grow_table();

  size_t capacity_;
  size_t next_ = 0;              // place in ring_ that is written next
  size_t live_ = 0;              // entries in table_
  std::vector<uint64_t> ring_;   // hashes in order of arrival
  std::vector<uint32_t> table_;  // open addressing: places in ring_; a power of two, at most half full
};

}  // namespace modiste
