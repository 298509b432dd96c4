// Which items a request admits, as a borrowed predicate that every index asks inside its search.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>

#include "catalog/item.h"

namespace modiste {

// Borrows the callable: it must outlive the filter, so pass a filter down a call and never store one.
//
//   const auto snapshot = catalog.snapshot();
//   const auto admits = [&](Slot slot) { return filter.admits(snapshot->facts(slot), vocabulary); };
//   text.search({.text = "linen shirt", .filter = SlotFilter(admits)});
//
// Indexes ask it with a lock of theirs held and from the thread that searches: it must not call back into
// them.
class SlotFilter {
 public:
  SlotFilter() = default;  // admits everything

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
