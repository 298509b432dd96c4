// A random sample of the items that a request allows.
#pragma once

#include <vector>

#include "retrieval/candidate_source.h"
#include "retrieval/slot_table.h"

namespace modiste {

// At most count slots, in random order. In a large catalog a bounded number of draws is made, and the catalog
// is walked only where these found fewer garments than the answer has places, until there are as many: a
// narrow filter gets a smaller sample, which is short of a page only if the items allowed are.
[[nodiscard]] inline std::vector<Slot> sample_items(size_t count, const CandidateQuery& query, Rng& rng) {
  const CatalogSnapshot& catalog = query.request.catalog;
  const size_t total = catalog.slot_count();
  std::vector<Slot> found;
  if (total == 0) return found;
  SlotTable seen, garments;
  const auto take = [&](size_t place) {
    const auto slot = static_cast<Slot>(place);
    if (!seen.add(slot) || !query.filter(slot)) return;
    found.push_back(slot);
    garments.add(catalog.garment_of(slot));
  };
  const bool is_large = total > 16 * count;
  if (is_large)
    for (size_t draw = 0; draw < 8 * count && found.size() < count; ++draw) take(rng.below(total));
  const auto is_enough = [&] {
    return found.size() >= count || (is_large && garments.size() >= query.count);
  };
  const size_t start = rng.below(total);
  const auto walk = [&](size_t first, size_t end) {
    for (size_t slot = query.filter.next(static_cast<Slot>(first)); slot < end && !is_enough();
         slot = query.filter.next(static_cast<Slot>(slot + 1)))
      take(slot);
  };
  walk(start, total);
  walk(0, start);
  return found;
}

}  // namespace modiste
