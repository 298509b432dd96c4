// The features that compare candidates with each other: an item's rank among them by attributes, by
// appearance, by what shoppers with similar taste chose, by popularity. As shares in [0, 1], values of
// different scales can be weighted.
#pragma once

#include <span>
#include <vector>

#include "features/request_facts.h"

namespace modiste {

// How well an item's attributes, brand and price match one part of the present taste, or all
// of it. Any range.
[[nodiscard]] float content_match(const ItemFacts& item, const RequestFacts& request, size_t taste);
[[nodiscard]] float content_match(const ItemFacts& item, const RequestFacts& request);

// What a price above the usual of the liked garments costs an item, in content_match(): 0 up to the usual
// price, then the square of the distance in log prices. A lower price is never held against a garment.
[[nodiscard]] float price_penalty(float price, const Taste& taste);

// For each value the share of values that it exceeds, in [0, 1]; equal values get equal shares. Empty input
// gives empty output.
[[nodiscard]] std::vector<float> rank_shares(std::span<const float> values);

// The logarithm of each value, from 1 for the largest to 0 for a thousandth of it or less: odds of sources
// that add up as logarithms can be summed with the ranks of others. Values at or below 0 give 0.
[[nodiscard]] std::vector<float> log_shares(std::span<const float> values);

// Each part of the taste ranks the items, and the ranks are blended by share after sharpening: an item that
// one part ranks first goes before one that all parts rank in the middle.
[[nodiscard]] std::vector<float> content_shares(std::span<const Slot> items, const RequestFacts& request);
// vectors: one per item, empty where an item has no vector.
[[nodiscard]] std::vector<float> visual_shares(std::span<const std::span<const float>> vectors,
                                               const RequestFacts& request);

}  // namespace modiste
