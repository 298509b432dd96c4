// Which garments of a batch cannot be stored, because a sku of theirs is another garment's.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/garment.h"

namespace modiste {

// One entry for each garment, in their order: nothing, or the kConflict that refuses it (/variants/N/sku). A
// sku that moves from one garment of the batch to another is free. Of two garments of the batch that claim
// one sku the first has it, and a garment that is refused keeps the skus that it is sold with. Threads: any;
// holds while nobody else changes the catalog.
std::vector<std::optional<Error>> refuse_taken_skus(std::span<const Garment> batch, const Catalog& catalog);

}  // namespace modiste
