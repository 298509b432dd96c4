// The items that a request allows, as every index evaluates it during its search: a set of bits, a borrowed
// predicate, or both.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>

#include "catalog/slot_bits.h"

namespace modiste {

// Borrows the bits and the callable, which must outlive the filter: pass a filter down a call and never store
// it. With both, an item is allowed that is in the set and passes the predicate; the predicate may take out
// of the set what it refuses, so that it is asked once.
//
//   const SlotBits women = catalog.find(query);
//   text.search({.text = "linen shirt", .filter = SlotFilter(women)});
//
// Indexes call it from the searching thread while they hold a lock: it must not call back into them.
class SlotFilter {
 public:
  SlotFilter() = default;  // allows everything

  explicit SlotFilter(const SlotBits& bits) : bits_(&bits) {}
  template <class Admits>
  requires std::predicate<const Admits&, Slot> &&
      (!std::same_as<Admits, SlotFilter>)explicit SlotFilter(const Admits& admits,
                                                             const SlotBits* bits = nullptr)
      : bits_(bits), context_(std::addressof(admits)), ask_([](const void* context, Slot slot) -> bool {
          return (*static_cast<const Admits*>(context))(slot);
        }) {}

  [[nodiscard]] bool operator()(Slot slot) const {
    return (bits_ == nullptr || bits_->test(slot)) && (ask_ == nullptr || ask_(context_, slot));
  }
  [[nodiscard]] bool admits_all() const { return ask_ == nullptr && bits_ == nullptr; }
  // Nothing outside this set is allowed. Null: nothing is known of the filter but its answers.
  [[nodiscard]] const SlotBits* bits() const { return bits_; }

  // The first slot from this one on that may be allowed: the next of the set, without one the slot itself.
  [[nodiscard]] Slot next_near(Slot from) const { return bits_ == nullptr ? from : bits_->next(from); }

 private:
  const SlotBits* bits_ = nullptr;
  const void* context_ = nullptr;
  bool (*ask_)(const void*, Slot) = nullptr;
};

}  // namespace modiste
