#include "engine/event_item.h"

namespace modiste {

Slot slot_of(const Event& event, std::string_view garment_id, const Catalog& catalog) {
  if (const Slot said = catalog.slot(garment_id, event.colour); said != kNoSlot || event.colour.empty())
    return said;
  if (const auto garment = catalog.garment(garment_id); garment != nullptr && !event.sku.empty())
    for (const Variant& variant : garment->variants)
      if (variant.sku == event.sku) return catalog.slot(garment_id, variant.colour);
  return catalog.slot(garment_id, "");
}

}  // namespace modiste
