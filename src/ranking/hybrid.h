// The adaptive hybrid of content, neighbours and visual taste: the baseline policy before a learned ranker
// exists.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "catalog/item.h"

namespace modiste {

enum class Source : uint8_t { kContent, kNeighbours, kVisual, kPopularity };
inline constexpr size_t kSourceCount = 4;
inline constexpr std::array<std::string_view, kSourceCount> kSourceNames{"content", "neighbours", "visual",
                                                                         "popularity"};
using SourceWeights = std::array<double, kSourceCount>;

// (content, neighbours, visual) = (.6,.2,.2) below 5 signals, (.4,.4,.2) below 20, (.3,.5,.2) after (ledger
// C2), smoothed: linear between the middles of the steps, so that no single swipe turns the list over.
// Popularity carries a shopper without signals and fades out by the fifth. Sums to 1.
[[nodiscard]] SourceWeights hybrid_weights(int signals);

// How much neighbours may be believed, in [0, 1]: full when the items they agree on most are the choice of
// half of them, less as their choices scatter. A young shop's neighbours hardly know each other, and the
// policy's weights assume a crowd. values: raw neighbour scores of the candidates, in any order.
[[nodiscard]] double neighbour_agreement(std::span<const float> values);

// Takes a share of a source's weight away and gives it to the others in proportion.
[[nodiscard]] SourceWeights trust(SourceWeights weights, Source source, double share);

// Gives the weight of sources that know nothing (available = false) to the others in proportion.
[[nodiscard]] SourceWeights redistribute(SourceWeights weights,
                                         const std::array<bool, kSourceCount>& available);

// An item on its way to the answer: each source's value in [0, 1] and their weighted sum.
struct ScoredItem {
  Slot slot = kNoSlot;
  uint32_t garment = 0;
  BrandId brand = 0;
  TermId category = kNoTerm;
  std::array<float, kSourceCount> values{};
  float score = 0;
};

// Replaces raw values of one source by their rank share among the items, in [0, 1]: sources of different
// scales can be summed. Equal values get equal shares.
void rank_normalise(std::span<ScoredItem> items, Source source);

void combine(std::span<ScoredItem> items, const SourceWeights& weights);

// Best first; equal scores by a hash of (seed, slot), so that an order can be repeated and favours nobody.
void sort_by_score(std::vector<ScoredItem>& items, uint64_t seed);

}  // namespace modiste
