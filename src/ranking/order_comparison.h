// How far two rankers agree on the order of the same candidates.
#pragma once

#include <cstddef>
#include <span>

namespace modiste {

struct OrderComparison {
  double first_common = 0;  // share of one's first `ahead` that are among the other's first; 0 to 1
  double correlation = 0;  // Spearman's, equal scores at their middle rank; 0 where a side has one score only
};

// Scores of the same candidates, in the same order, finite; at least one. Equal scores stand in that order.
// ahead: at least 1; with fewer candidates, all of them.
[[nodiscard]] OrderComparison compare_orders(std::span<const float> one, std::span<const float> other,
                                             size_t ahead);

}  // namespace modiste
