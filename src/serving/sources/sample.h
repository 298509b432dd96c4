// A random sample of the items that a request allows.
#pragma once

#include <unordered_set>
#include <vector>

#include "retrieval/candidate_source.h"

namespace modiste {

// At most count slots, in random order. When few items are allowed, every item is examined, so that the
// sample is empty only if no item is allowed.
[[nodiscard]] inline std::vector<Slot> sample_items(size_t count, const CandidateQuery& query, Rng& rng) {
  std::vector<Slot> found;
  std::unordered_set<Slot> seen;
  const size_t total = query.request.catalog.slot_count();
  if (total == 0) return found;
  const auto take = [&](size_t place) {
    const auto slot = static_cast<Slot>(place);
    if (seen.insert(slot).second && query.filter(slot)) found.push_back(slot);
  };
  if (total > 16 * count)
    for (size_t draw = 0; draw < 8 * count && found.size() < count; ++draw) take(rng.below(total));
  const size_t start = rng.below(total);
  for (size_t i = 0; i < total && found.size() < count; ++i) take((start + i) % total);
  return found;
}

}  // namespace modiste
