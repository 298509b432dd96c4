// The adaptive hybrid ranker: a weighted sum of five features whose weights depend on how many signals the
// shopper has given, lowered for items that do not fit the shopper; a trained taste
// (features/learned_taste.h) gets its share of the weight of attributes. It ranks where the shop trained no
// ranker; a trained one reads its score beside the other features.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "ranking/ranker.h"

namespace modiste {

inline constexpr std::array<std::string_view, 5> kHybridFeatures{"content", "neighbours", "visual",
                                                                 "popularity", "next_choices"};
using HybridWeights = std::array<double, kHybridFeatures.size()>;

// (content, neighbours, visual) = (.6,.2,.2) below 5 signals, (.4,.4,.2) below 20, (.3,.5,.2) after,
// smoothed: linear between the middles of the steps, so that no single swipe changes the whole list.
// Popularity ranks for shoppers without signals and fades out by the fifth signal. Next choices get none:
// with_history() gives them theirs. Sums to 1.
[[nodiscard]] HybridWeights hybrid_weights(int signals);

// How far other shoppers' choices can be trusted, in [0, 1): one half when 35 shoppers chose each of the
// shopper's own garments. In a young shop what is chosen together is chosen by chance; after years it says
// more than attributes do. support: the mean number of those shoppers.
// passed: the share of passes among the shopper's signals. Who passes chooses among what the shop showed:
// what is liked together is then what was shown together, and the passes teach the attributes what is not
// liked. From one half on nothing is trusted. (`modiste simulate ranker --shoppers 1600`: the hybrid's like
// rate is 31.9% with all of the trust and 38.0% without; with 400 shoppers 37.6 and 38.2%.)
[[nodiscard]] double history_trust(double support, double passed = 0);
// Neighbours keep `trust` of their weight and content gets the rest: photos keep theirs, for they tell less
// of a taste than the garments' terms do (`modiste simulate style`). Then all weights move towards those of a
// shop with a long history, which they reach at trust 1.
[[nodiscard]] HybridWeights with_history(HybridWeights weights, double trust);
// The same where the shop trained a network over the order of choices: first it gets `share` of the
// neighbours' weight, which the training measured and needs no trust, in a shop of any age.
[[nodiscard]] HybridWeights with_history(HybridWeights weights, double trust, double next_choices_share);

// The weights times the shop's factors; sums to 1 again. All factors 0: the weights as they are.
[[nodiscard]] HybridWeights weighted(HybridWeights weights, const SourceWeights& factors);

// Gives the weight of features without data (available = false) to the other features in proportion. Where
// only neighbours and popularity have data, neighbours get it all: they include what was popular.
[[nodiscard]] HybridWeights redistribute(HybridWeights weights,
                                         const std::array<bool, kHybridFeatures.size()>& available);

// What is known of a shopper and of the candidates, as far as the weights depend on it.
struct HybridEvidence {
  int signals = 0;
  double passed = 0;                                     // share of passes among the signals
  double neighbour_support = 0, next_choices_share = 0;  // RankInput's; 0: nothing found
  std::span<const TasteShare> tastes;
  bool situation_told = false;  // attributes count then without a taste
  bool popularity_counts = true;
};
// The weights by which the hybrid ranks: all of the above.
[[nodiscard]] HybridWeights weights_of(const HybridEvidence& evidence, const SourceWeights& factors);

// Factor of the score of an item that fits this well (the feature "fit"): 1 from kFitEnough on and where the
// fit is unknown, then falling with the square, so that a garment that will not fit does not lead.
inline constexpr float kFitEnough = 0.75F;
[[nodiscard]] float fit_factor(float fit);

class HybridRanker final : public Ranker {
 public:
  [[nodiscard]] std::string_view name() const override { return "hybrid"; }
  [[nodiscard]] std::span<const std::string_view> features() const override;
  [[nodiscard]] Ranking rank(const RankInput& input) const override;
};

}  // namespace modiste
