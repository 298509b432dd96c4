// For tests: the set of slots that a predicate allows.
#pragma once

#include "catalog/slot_bits.h"

namespace modiste {

template <class Admits>
[[nodiscard]] SlotBits slots_where(size_t slots, const Admits& admits) {
  SlotBits bits(slots);
  for (Slot slot = 0; slot < slots; ++slot)
    if (admits(slot)) bits.set(slot);
  return bits;
}

}  // namespace modiste
