// Why a garment answers a query: what the query states and the garment has, and the words that both say.
#pragma once

#include <vector>

#include "catalog/item.h"
#include "serving/api/requests.h"
#include "serving/query/query_reading.h"

namespace modiste {

// known: the words of the reader that made the reading.
[[nodiscard]] std::vector<Reason> reasons_of(const QueryReading& reading, const Item& item,
                                             const QueryWords& known, const Vocabulary& vocabulary);

}  // namespace modiste
