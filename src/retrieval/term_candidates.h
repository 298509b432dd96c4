// Candidates by vocabulary term, from the catalog's columns: for a shopper's weighted terms, or a query's.
#pragma once

#include <span>
#include <vector>

#include "base/rng.h"
#include "catalog/slot_columns.h"
#include "retrieval/slot_filter.h"

namespace modiste {

struct WeightedTerm {
  TermId term = 0;
  float weight = 0;
};

// Items with any of the terms, each at most once, at most k, allowed by the filter. Each term gets a share of
// k by its weight; what it cannot fill goes to the next terms. A term's items are entered at a random place,
// so that a large shop shows other items each time.
//
// Threads: any. The columns' work is a word per 64 items and term; the filter is asked a bounded number of
//          times.
[[nodiscard]] std::vector<Slot> items_of_terms(const SlotColumns& columns,
                                               std::span<const WeightedTerm> terms, size_t k,
                                               const SlotFilter& filter, Rng& rng);

}  // namespace modiste
