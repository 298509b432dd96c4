// The adaptive hybrid: a weighted sum of four ways of knowing, whose weights follow how much is known of the
// shopper. The baseline before a ranker is learned.
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
// smoothed: linear between the middles of the steps, so that no single swipe turns the list over. Popularity
// carries a shopper without signals and fades out by the fifth. Sums to 1.
[[nodiscard]] HybridWeights hybrid_weights(int signals);

// How much neighbours may be believed, in [0, 1]: full when the items they agree on most are the choice of
// half of them, less as their choices scatter. In a young shop neighbours have little in common, and the
// weights above assume a crowd. scores: the neighbours' scores of the candidates, in any order.
[[nodiscard]] double neighbour_agreement(std::span<const float> scores);

// feature: its place in kHybridFeatures. Keeps `share` of its weight and gives the rest to the others in
// proportion.
[[nodiscard]] HybridWeights downweight(HybridWeights weights, size_t feature, double share);

// Gives the weight of features that know nothing (available = false) to the others in proportion.
[[nodiscard]] HybridWeights redistribute(HybridWeights weights, const std::array<bool, 4>& available);

class HybridRanker final : public Ranker {
 public:
  [[nodiscard]] std::string_view name() const override { return "hybrid"; }
  [[nodiscard]] std::span<const std::string_view> features() const override { return kHybridFeatures; }
  [[nodiscard]] Ranking rank(const RankInput& input) const override;
};

}  // namespace modiste
