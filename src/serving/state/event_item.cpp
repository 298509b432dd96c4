#include "serving/state/event_item.h"

namespace modiste {

Slot slot_of(const Event& event, std::string_view garment_id, const Catalog& catalog) {
  if (const Slot said = catalog.slot_ever(garment_id, event.colour); said != kNoSlot && !event.colour.empty())
    return said;
  const Slot first = catalog.slot_ever(garment_id, "");
  if (first == kNoSlot || event.sku.empty()) return first;
  const auto garment = catalog.snapshot()->item(first).garment.read();
  for (const Variant& variant : garment->variants)
    if (variant.sku == event.sku) return catalog.slot_ever(garment_id, variant.colour);
  return first;
}

}  // namespace modiste
