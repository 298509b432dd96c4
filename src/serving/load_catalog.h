// Fills a catalog from a store.
#pragma once

#include <functional>

#include "catalog/catalog.h"
#include "catalog/garment_store.h"

namespace modiste {

// All that was ever sold, into a catalog that has no garments yet. Progress by garments, each version
// counted.
Result<Done> load_catalog(const GarmentStore& store, Catalog& catalog,
                          const std::function<void(size_t garments)>& progress = {});

}  // namespace modiste
