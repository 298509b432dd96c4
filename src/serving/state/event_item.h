// Which item an event is about.
#pragma once

#include <string_view>

#include "catalog/catalog.h"
#include "events/event.h"

namespace modiste {

// The garment in the colour that was said; when none is, or the shop has no such colour ("item_variant" of
// other systems is often something else), in that of the sku, else in its first: an unknown colour must not
// lose the like. Removed items resolve too, so that a replay of the log gives the same state. kNoSlot for a
// garment that was never sold.
[[nodiscard]] Slot slot_of(const Event& event, std::string_view garment_id, const Catalog& catalog);

}  // namespace modiste
