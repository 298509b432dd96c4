#include "ingest/recent_event_ids.h"

#include "base/check.h"
#include "base/rng.h"

namespace modiste {

namespace {

constexpr size_t kTableStart = 1024;

uint64_t hash_of(std::string_view subject, std::string_view event_id) {
  return hash64(event_id, hash64(subject));
}

}  // namespace

RecentEventIds::RecentEventIds(size_t capacity) : capacity_(capacity), table_(kTableStart, kFree) {
  CHECK(capacity >= 1 && capacity <= (size_t{1} << 30));
}

size_t RecentEventIds::find(uint64_t hash) const {
  size_t cell = home(hash);
  while (table_[cell] != kFree && ring_[table_[cell]] != hash) cell = (cell + 1) & (table_.size() - 1);
  return cell;
}

bool RecentEventIds::contains(std::string_view subject, std::string_view event_id) const {
  return table_[find(hash_of(subject, event_id))] != kFree;
}

bool RecentEventIds::insert(std::string_view subject, std::string_view event_id) {
  const uint64_t hash = hash_of(subject, event_id);
  if (table_[find(hash)] != kFree) return false;
  if (ring_.size() < capacity_) {
    ring_.push_back(hash);
  } else {
    evict(static_cast<uint32_t>(next_));
    ring_[next_] = hash;
  }
  if (2 * (live_ + 1) > table_.size()) grow_table();
  table_[find(hash)] = static_cast<uint32_t>(next_);
  next_ = (next_ + 1) % capacity_;
  ++live_;
  return true;
}

void RecentEventIds::forget(std::string_view subject, std::string_view event_id) {
  const size_t cell = find(hash_of(subject, event_id));
  if (table_[cell] != kFree) erase_cell(cell);
}

// A forgotten event's hash may have come again at another place: only the entry of this place leaves.
void RecentEventIds::evict(uint32_t place) {
  const size_t cell = find(ring_[place]);
  if (table_[cell] == place) erase_cell(cell);
}

// Linear probing without tombstones: entries that a gap would hide move back into it (Knuth, algorithm R).
void RecentEventIds::erase_cell(size_t cell) {
  const size_t mask = table_.size() - 1;
  size_t gap = cell;
  for (size_t probe = (gap + 1) & mask; table_[probe] != kFree; probe = (probe + 1) & mask) {
    const size_t wanted = home(ring_[table_[probe]]);
    if (((probe - wanted) & mask) < ((probe - gap) & mask)) continue;
    table_[gap] = table_[probe];
    gap = probe;
  }
  table_[gap] = kFree;
  --live_;
}

void RecentEventIds::grow_table() {
  const std::vector<uint32_t> old(table_);
  table_.assign(old.size() * 2, kFree);
  for (const uint32_t place : old)
    if (place != kFree) table_[find(ring_[place])] = place;
}

}  // namespace modiste
