// Measures of ranked lists, from the ranks of what is relevant.
//
// ranks: of all that is relevant, from 1, in ascending order; infinite for what is not ranked at all. Equal
// scores share the middle of their ranks, so a rank may end in a half. Relevance is yes or no. k > 0.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace modiste {

// The middle of the ranks that the item shares with all of its score. `excluded`: items that are not ranked,
// each once, without the item itself.
[[nodiscard]] double mid_rank(std::span<const float> scores, uint32_t item,
                              std::span<const uint32_t> excluded);

// 1 when something relevant stands in the first k, else 0.
[[nodiscard]] double hit_at(std::span<const double> ranks, size_t k);
// Share of the first k that is relevant.
[[nodiscard]] double precision_at(std::span<const double> ranks, size_t k);
// Share of what is relevant that stands in the first k. With one relevant item the same as the hit.
[[nodiscard]] double recall_at(std::span<const double> ranks, size_t k);
// Discounted gain 1 / log2(1 + rank) of the first k, of what is possible (Jarvelin 2002).
[[nodiscard]] double ndcg_at(std::span<const double> ranks, size_t k);
// 1 / rank of the first relevant; 0 when it is beyond k.
[[nodiscard]] double reciprocal_rank_at(std::span<const double> ranks, size_t k);
// Mean precision at the relevant places of the first k, of what is possible: divided by min(relevant, k).
[[nodiscard]] double average_precision_at(std::span<const double> ranks, size_t k);

}  // namespace modiste
