// Names the garments of an event as the catalog does: senders name a variant by its id or sku, a product by
// Shopify's number, a colour and a size in one text ("M / Olive").
//
// Pure over the catalog. Threads: any.
#pragma once

#include "catalog/catalog.h"
#include "events/event.h"

namespace modiste {

// Fills garment_id, colour, sku and size of the event, of what it shows and of its outfit, as far as the
// catalog knows them, sold now or once; what the sender said stays where the catalog knows better nothing.
// A sku counts only as a variant of the garment that was said, if the catalog knows that one.
// Returns whether every garment that the event is about is known; shown items are counted, not required.
struct NamedGarments {
  bool known = true;
  size_t shown_unknown = 0;  // of the event's items
};
NamedGarments name_garments(Event& event, const Catalog& catalog);

// kNotFound: nobody sells what the event is about.
[[nodiscard]] Error unknown_garment(const Event& event);

}  // namespace modiste
