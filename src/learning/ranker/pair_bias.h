// Position bias learned together with the order, from pairs: the additive position terms of LightGBM's
// lambdarank_position_bias_regularization.
//
// What is chosen at a position is chosen in proportion to worth times attention, so in the loss of pairs
// (lambda_gradients.h) the logarithm of attention adds to the score. Beside trees that are fitted to the
// scores, each round moves the term of every position by a Newton step of the same loss. Terms and trees
// begin at 0: from the hybrid's order, which the positions follow, the trees would have taken attention for
// worth already. It needs no propensities and no curve; what exploration put at a place by chance is what
// tells attention and worth apart.
#pragma once

#include "features/ranking_rows.h"
#include "learning/ranker/fit_trees.h"
#include "learning/ranker/position_bias.h"

namespace modiste {

struct PairBiasOptions {
  size_t rounds = 60;
  double rate = 0.3;    // of a Newton step: slower than that, the trees take what is attention for worth
  double least = 0.01;  // no position is looked at more seldom
};

// Fills PositionBias::by_position. Deterministic.
[[nodiscard]] PositionBias estimate_pair_bias(const RankingRows& rows, const FitTreesOptions& trees,
                                              const PairBiasOptions& options = {});

}  // namespace modiste
