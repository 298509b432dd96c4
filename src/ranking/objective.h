// What an answer's order is for, beside what the ranker predicts: a weighted sum of terms in [0, 1], with the
// weights of the policy.
//
//   score = (value + sum of w * term) / (1 + sum of w)
//
//   value            the ranker's score: within [0, 1] for the hybrid and for a learned ranker
//   style_coherence  affinity to the best liked aesthetic of the item, from -1..1
//   novelty          value * 2^(-age / 30 days): what is new in the shop, as far as it is relevant
//   context          mean of how the item suits occasion, season and warmth of the request
//   stock            share of its sizes in stock
//   margin           the largest of its variants, a share of the price
//
// A term that is not known of an item takes its value, and moves nothing. How well an item completes what the
// shopper has is a term of the hybrid (wardrobe_term.h).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ranking/ranker.h"

namespace modiste {

// The part of a score that only the shop may see.
inline constexpr std::string_view kMarginPart = "margin";

// Of the terms beside the value, whose weight is 1; 0: no part of the score.
struct ObjectiveWeights {
  double style_coherence = 0, novelty = 0, context = 0, stock = 0, margin = 0;
  [[nodiscard]] double sum() const { return style_coherence + novelty + context + stock + margin; }
};

template <>
struct Contract<ObjectiveWeights> {
  static constexpr std::string_view kName = "ObjectiveWeights";
  static constexpr double kMax = 10;
  static constexpr auto kFields = Fields{
      field("style_coherence", &ObjectiveWeights::style_coherence,
            {.doc = "Of the aesthetics that the shopper likes", .min = 0, .max = kMax}),
      field("novelty", &ObjectiveWeights::novelty, {.doc = "New and relevant", .min = 0, .max = kMax}),
      field("context", &ObjectiveWeights::context,
            {.doc = "Occasion, season and warmth", .min = 0, .max = kMax}),
      field("stock", &ObjectiveWeights::stock, {.doc = "Share of sizes in stock", .min = 0, .max = kMax}),
      field("margin", &ObjectiveWeights::margin, {.doc = "Share of the price", .min = 0, .max = kMax})};
};

// The streaming features that the weighted terms read.
[[nodiscard]] std::vector<std::string_view> objective_features(const ObjectiveWeights& weights);

// features: holds objective_features(). margins: by row, kFeatureUnknown for an unknown one; read where
// margin has a weight. Scores and weights of the ranking's terms stay in [0, 1].
void add_objective(Ranking& ranking, const FeatureMatrix& features, std::span<const float> margins,
                   const ObjectiveWeights& weights);

}  // namespace modiste
