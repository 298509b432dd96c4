// Sums by key for one query: open addressing; a new one is built for each query.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/rng.h"

namespace modiste {

// A value is default-constructed at its key's first use. UINT32_MAX is not a valid key.
template <class Value>
class Accumulator {
 public:
  struct Entry {
    uint32_t key = UINT32_MAX;
    Value value{};
  };

  Accumulator() : entries_(64) {}

  Value& operator[](uint32_t key) {
    if (2 * (size_ + 1) > entries_.size()) grow();
    Entry& entry = place_of(entries_, key);
    if (entry.key != key) {
      entry.key = key;
      ++size_;
    }
    return entry.value;
  }

  // Null when the key was not used.
  [[nodiscard]] const Value* find(uint32_t key) const {
    const Entry& entry = place_of(entries_, key);
    return entry.key == key ? &entry.value : nullptr;
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Entry& entry : entries_)
      if (entry.key != UINT32_MAX) visit(entry.key, entry.value);
  }
  template <class Visit>
  void for_each(const Visit& visit) {
    for (Entry& entry : entries_)
      if (entry.key != UINT32_MAX) visit(entry.key, entry.value);
  }

 private:
  // Where the key stands, or would. Entries: std::vector<Entry>, const or not.
  template <class Entries>
  static auto& place_of(Entries& entries, uint32_t key) {
    const size_t mask = entries.size() - 1;
    size_t at = mix64(key) & mask;
    while (entries[at].key != UINT32_MAX && entries[at].key != key) at = (at + 1) & mask;
    return entries[at];
  }
  void grow() {
    std::vector<Entry> bigger(entries_.size() * 4);
    for (const Entry& entry : entries_)
      if (entry.key != UINT32_MAX) place_of(bigger, entry.key) = entry;
    entries_ = std::move(bigger);
  }

  std::vector<Entry> entries_;
  size_t size_ = 0;
};

}  // namespace modiste
