// Fills a catalog from a store.
#pragma once

#include <functional>

#include "catalog/catalog.h"
#include "catalog/garment_store.h"

namespace modiste {

// Loads everything that was ever sold into an empty catalog. Progress counts garments; each version
// of a garment counts.
Result<Done> load_catalog(const GarmentStore& store, Catalog& catalog,
                          const std::function<void(size_t garments)>& progress = {});

}  // namespace modiste
