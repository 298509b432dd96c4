// Port: scores candidates from their features alone.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/feature_matrix.h"
#include "ranking/source_weights.h"

namespace modiste {

// Borrowed for the call.
struct RankInput {
  const FeatureMatrix& features;  // holds at least Ranker::features()
  const RequestFacts& request;
  const SourceWeights& weights;  // of this shop, for rankers that weigh the sources
  // How many shoppers chose each of the shopper's own latest choices, on average; 0: their choices say
  // nothing.
  double neighbour_support = 0;
  // Of the neighbours' weight, what goes to the feature "next_choices" (NextChoices::share); 0: no network.
  double next_choices_share = 0;
  // Of the weight of attributes, what goes to the feature "learned_taste" (TasteWeights::share); 0: no model.
  double learned_taste_share = 0;
  bool is_cold = false;  // the popularity column holds the cold start's ranks, not shop-wide popularity
};

// One term of the score: the feature's value times the weight. Shown to whoever asks why.
struct ScoreTerm {
  std::string_view feature;
  double weight = 0;
  std::vector<float> values = {};  // by row; empty: the feature's column
};

struct Ranking {
  std::vector<float> scores;          // by row; higher is better
  std::vector<ScoreTerm> terms;       // terms of the scores
  std::vector<std::string> degraded;  // inputs that were missing
};

// Threads: all methods from any thread. Deterministic: equal input, equal scores.
class Ranker {
 public:
  virtual ~Ranker() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // The streaming features that rank() reads.
  [[nodiscard]] virtual std::span<const std::string_view> features() const = 0;
  [[nodiscard]] virtual Ranking rank(const RankInput& input) const = 0;
};

}  // namespace modiste
