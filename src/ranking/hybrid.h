// The adaptive hybrid ranker: a weighted sum of four features whose weights depend on how many signals the
// shopper has given. The baseline until a learned ranker exists.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "ranking/ranker.h"

namespace modiste {

inline constexpr std::array<std::string_view, 4> kHybridFeatures{"content", "neighbours", "visual",
                                                                 "popularity"};
using HybridWeights = std::array<double, kHybridFeatures.size()>;

// (content, neighbours, visual) = (.6,.2,.2) below 5 signals, (.4,.4,.2) below 20, (.3,.5,.2) after,
// smoothed: linear between the middles of the steps, so that no single swipe changes the whole list.
// Popularity ranks for shoppers without signals and fades out by the fifth signal. Sums to 1.
[[nodiscard]] HybridWeights hybrid_weights(int signals);

// How far neighbours can be trusted, in [0, 1]: 1 when half of the neighbours chose the items they agree on
// most, less as their choices scatter. In a young shop neighbours have little in common, while the weights
// above assume many shoppers. scores: the neighbours' scores of the candidates, in any order.
[[nodiscard]] double neighbour_agreement(std::span<const float> scores);

// Keeps `share` of a feature's weight and gives the rest to the other features in proportion. feature: its
// index in kHybridFeatures.
[[nodiscard]] HybridWeights downweight(HybridWeights weights, size_t feature, double share);

// Gives the weight of features without data (available = false) to the other features in proportion.
[[nodiscard]] HybridWeights redistribute(HybridWeights weights, const std::array<bool, 4>& available);

class HybridRanker final : public Ranker {
 public:
  [[nodiscard]] std::string_view name() const override { return "hybrid"; }
  [[nodiscard]] std::span<const std::string_view> features() const override { return kHybridFeatures; }
  [[nodiscard]] Ranking rank(const RankInput& input) const override;
};

}  // namespace modiste
