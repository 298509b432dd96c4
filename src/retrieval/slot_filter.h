// The items that a request allows, as a borrowed predicate that every index evaluates during its search.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>

#include "catalog/item.h"

namespace modiste {

// Borrows the callable, which must outlive the filter: pass a filter down a call and never store it.
//
//   const auto snapshot = catalog.snapshot();
//   const auto admits = [&](Slot slot) { return filter.admits(snapshot->facts(slot), vocabulary); };
//   text.search({.text = "linen shirt", .filter = SlotFilter(admits)});
//
// Indexes call it from the searching thread while they hold a lock: it must not call back into them.
class SlotFilter {
 public:
  SlotFilter() = default;  // allows everything

  template <class Admits>
  requires std::predicate<const Admits&, Slot> &&
      (!std::same_as<Admits, SlotFilter>)explicit SlotFilter(const Admits& admits)
      : context_(std::addressof(admits)), ask_([](const void* context, Slot slot) -> bool {
          return (*static_cast<const Admits*>(context))(slot);
        }) {}

  [[nodiscard]] bool operator()(Slot slot) const { return ask_ == nullptr || ask_(context_, slot); }
  [[nodiscard]] bool admits_all() const { return ask_ == nullptr; }

 private:
  const void* context_ = nullptr;
  bool (*ask_)(const void*, Slot) = nullptr;
};

}  // namespace modiste
