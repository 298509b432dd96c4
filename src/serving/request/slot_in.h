// A slot that the catalog names now, in the snapshot that a request began with.
//
// The catalog goes on while a request runs: what has come since has no item in the snapshot, and what is
// gone has no slot any more. Whoever looks up an id in the catalog asks this before they read the item.
#pragma once

#include "catalog/catalog.h"

namespace modiste {

// The same slot; kNoSlot when the snapshot does not have its garment.
[[nodiscard]] inline Slot slot_in(const CatalogSnapshot& snapshot, Slot slot) {
  const bool known = slot < snapshot.slot_count() && snapshot.item(slot).garment != nullptr;
  return known ? slot : kNoSlot;
}

}  // namespace modiste
