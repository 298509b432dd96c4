// What the stages of a request up to ranking made of it: for those that select, explain and compare.
#pragma once

#include <string>
#include <vector>

#include "features/feature_matrix.h"
#include "ranking/ranker.h"
#include "serving/request/retrieval_stage.h"

namespace modiste {

struct Ranked {
  Candidates found;
  FeatureMatrix features;
  Ranking ranking;
  std::vector<float> by_ranker;  // its own scores; empty: the policy has no objective, and they are ranking's
  std::vector<float> scores;     // by row, after the rules
  std::string ranker;            // its name
  // As in RankInput.
  double support = 0, next_choices_share = 0, learned_taste_share = 0;
  bool is_cold = false;

  // What every ranker of this request is given: the one that answers, and one that is compared with it.
  // Borrows all.
  [[nodiscard]] RankInput input(const RequestFacts& facts, const SourceWeights& weights) const {
    return {.features = features,
            .request = facts,
            .weights = weights,
            .neighbour_support = support,
            .next_choices_share = next_choices_share,
            .learned_taste_share = learned_taste_share,
            .is_cold = is_cold};
  }
};

}  // namespace modiste
