// A filter as a query of the catalog's columns.
#pragma once

#include "catalog/slot_columns.h"

namespace modiste {

// Of the items that `filter` admits and `veto` does not forbid, but for `filter.excluded_garments`, which no
// column knows. ItemFilter::admits() and Veto::forbids() say the same of one item; a test compares them.
[[nodiscard]] SlotQuery query_of(const ItemFilter& filter, const Veto& veto, const SlotColumns& columns,
                                 const Vocabulary& vocabulary);

// The departments whose items suit who asks for one of these (fits_department()).
[[nodiscard]] std::vector<Column> columns_of_departments(const std::vector<TermId>& wanted,
                                                         const SlotColumns& columns,
                                                         const Vocabulary& vocabulary);

}  // namespace modiste
