// A set of items, one bit per slot.
//
// Threads: not synchronised.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "catalog/item.h"

namespace modiste {

class SlotBits {
 public:
  SlotBits() = default;
  // The empty set, of slots below `slots`.
  explicit SlotBits(size_t slots) : slots_(slots), words_((slots + 63) / 64) {}

  [[nodiscard]] size_t slots() const { return slots_; }
  [[nodiscard]] bool test(Slot slot) const {
    return slot < slots_ && (words_[slot / 64] >> (slot % 64) & 1) != 0;
  }
  void set(Slot slot) { words_[slot / 64] |= uint64_t{1} << (slot % 64); }
  void reset(Slot slot) {
    if (slot < slots_) words_[slot / 64] &= ~(uint64_t{1} << (slot % 64));
  }

  [[nodiscard]] size_t count() const {
    size_t set = 0;
    for (const uint64_t word : words_) set += static_cast<size_t>(std::popcount(word));
    return set;
  }
  // The first slot of the set from this one on; kNoSlot: there is none.
  [[nodiscard]] Slot next(Slot from) const {
    if (from >= slots_) return kNoSlot;
    size_t at = from / 64;
    uint64_t word = words_[at] >> (from % 64) << (from % 64);
    while (word == 0) {
      if (++at == words_.size()) return kNoSlot;
      word = words_[at];
    }
    return static_cast<Slot>(64 * at + static_cast<size_t>(std::countr_zero(word)));
  }

  [[nodiscard]] bool empty() const { return next(0) == kNoSlot; }
  // Bits above the last slot are 0.
  [[nodiscard]] std::span<const uint64_t> words() const { return words_; }
  [[nodiscard]] std::span<uint64_t> words() { return words_; }

  friend bool operator==(const SlotBits&, const SlotBits&) = default;

 private:
  size_t slots_ = 0;
  std::vector<uint64_t> words_;
};

}  // namespace modiste
