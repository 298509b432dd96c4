// The features that compare candidates with each other: an item's rank among them by attributes, by looks, by
// what shoppers of like taste chose, by the crowd. As shares in [0, 1], values of different scales can be
// weighted.
#pragma once

#include <span>
#include <vector>

#include "features/request_facts.h"

namespace modiste {

// How well an item's attributes, brand and price match one part of the present taste; and all of it. Any
// range.
[[nodiscard]] float content_match(const ItemFacts& item, const RequestFacts& request, size_t taste);
[[nodiscard]] float content_match(const ItemFacts& item, const RequestFacts& request);

// The share of values that each value beats, in [0, 1]; equal values get equal shares. Empty stays empty.
[[nodiscard]] std::vector<float> rank_shares(std::span<const float> values);

// Each part of the taste ranks the items for itself, and the ranks are blended by share, sharpened: an item
// that one part puts first goes before one that all parts put in the middle.
[[nodiscard]] std::vector<float> content_shares(std::span<const Slot> items, const RequestFacts& request);
// vectors: of each item, empty where there is none.
[[nodiscard]] std::vector<float> visual_shares(std::span<const std::span<const float>> vectors,
                                               const RequestFacts& request);

}  // namespace modiste
