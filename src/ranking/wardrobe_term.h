// The term of a ranking by what the shopper has already: (1 - w) * score + w * completability, and the score
// alone where the completability is unknown.
#pragma once

#include <span>

#include "ranking/ranker.h"

namespace modiste {

// Enough to lead among equals, less than any taste. A choice: no log of purchases beside wardrobes exists
// yet.
inline constexpr double kWardrobeWeight = 0.1;

// The rows with the highest scores, at most `most`, in no order.
[[nodiscard]] std::vector<size_t> rows_ahead(std::span<const float> scores, size_t most);

// wardrobe: the completability by row; where it is kFeatureUnknown the row keeps its score. Rows that are not
// ahead get 0 and stay behind. Scores and weights stay in [0, 1].
void add_wardrobe_term(Ranking& ranking, std::span<const float> wardrobe, std::span<const size_t> ahead);

}  // namespace modiste
