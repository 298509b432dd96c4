// The items that a request allows, as every index evaluates it during its search: a set of bits, or all
// items.
#pragma once

#include "catalog/slot_bits.h"

namespace modiste {

// Borrows the bits, which must outlive it: pass a filter down a call and never store it.
//
//   const SlotBits women = catalog.find(query);
//   text.search({.text = "linen shirt", .filter = SlotFilter(women)});
class SlotFilter {
 public:
  SlotFilter() = default;  // allows everything
  explicit SlotFilter(const SlotBits& bits) : bits_(&bits) {}
  explicit SlotFilter(SlotBits&&) = delete;

  [[nodiscard]] bool operator()(Slot slot) const { return bits_ == nullptr || bits_->test(slot); }
  [[nodiscard]] bool admits_all() const { return bits_ == nullptr; }
  // Null: everything is allowed.
  [[nodiscard]] const SlotBits* bits() const { return bits_; }
  // The first slot from this one on that is allowed.
  [[nodiscard]] Slot next(Slot from) const { return bits_ == nullptr ? from : bits_->next(from); }

 private:
  const SlotBits* bits_ = nullptr;
};

}  // namespace modiste
