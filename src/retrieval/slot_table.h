// Numbers slots, or other dense indexes, for one request: which was seen, and as which one. Open addressing
// in one block, so that a candidate costs no allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/rng.h"

namespace modiste {

// UINT32_MAX is not a valid slot.
class SlotTable {
 public:
  // Gives the slot the next number, from 0. False when it has one already.
  bool add(uint32_t slot) {
    if (2 * (size_ + 1) > entries_.size()) grow();
    Entry& entry = entries_[place_of(entries_, slot)];
    if (entry.slot == slot) return false;
    entry = {slot, static_cast<uint32_t>(size_++)};
    return true;
  }
  [[nodiscard]] bool contains(uint32_t slot) const {
    return size_ > 0 && entries_[place_of(entries_, slot)].slot == slot;
  }
  // The number of a slot that was added.
  [[nodiscard]] uint32_t at(uint32_t slot) const {
    CHECK(size_ > 0);
    const Entry& entry = entries_[place_of(entries_, slot)];
    CHECK(entry.slot == slot);
    return entry.number;
  }
  // In no order that means anything.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Entry& entry : entries_)
      if (entry.slot != UINT32_MAX) visit(entry.slot);
  }
  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

 private:
  struct Entry {
    uint32_t slot = UINT32_MAX, number = 0;
  };

  // Where the slot stands, or would.
  static size_t place_of(const std::vector<Entry>& entries, uint32_t slot) {
    const size_t mask = entries.size() - 1;
    size_t at = mix64(slot) & mask;
    while (entries[at].slot != UINT32_MAX && entries[at].slot != slot) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Entry> bigger(entries_.empty() ? 64 : 4 * entries_.size());
    for (const Entry& entry : entries_)
      if (entry.slot != UINT32_MAX) bigger[place_of(bigger, entry.slot)] = entry;
    entries_ = std::move(bigger);
  }

  std::vector<Entry> entries_;
  size_t size_ = 0;
};

}  // namespace modiste
