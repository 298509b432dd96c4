// Measures of ranked lists. Relevance is binary unless gains are given. Lists may be shorter than k.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace modiste {

// Share of relevant among the first k places (missing places count as not relevant).
[[nodiscard]] double precision_at(std::span<const bool> relevant, size_t k);
// Share of all relevant things that stand in the first k; 0 when there are none.
[[nodiscard]] double recall_at(std::span<const bool> relevant, size_t k, size_t relevant_total);
// Normalised discounted cumulative gain with gains 2^g - 1 (Burges 2005); 0 when nothing has a gain.
[[nodiscard]] double ndcg_at(std::span<const double> gains, std::span<const double> ideal_gains, size_t k);
// 1 / place of the first relevant; 0 when there is none.
[[nodiscard]] double reciprocal_rank(std::span<const bool> relevant);
// Mean of 1 - likeness over all pairs; 0 for fewer than two.
[[nodiscard]] double intra_list_diversity(size_t count,
                                          const std::function<double(size_t, size_t)>& likeness);

}  // namespace modiste
