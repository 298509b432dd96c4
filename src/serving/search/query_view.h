// The reading of a query as pages show it.
#pragma once

#include "catalog/catalog.h"
#include "serving/api/requests.h"
#include "serving/query/query_reading.h"

namespace modiste {

[[nodiscard]] QueryView view_of(const QueryReading& reading, const Catalog& catalog);

// Whether nothing that a query can state was read in it: its words count as they are, if garments have them.
[[nodiscard]] bool understands_nothing(const QueryView& view);
// Whether it asks for more than limits: of "under 30" and "nothing red" every garment within them is as
// asked.
[[nodiscard]] bool wants_something(const QueryView& view);

}  // namespace modiste
