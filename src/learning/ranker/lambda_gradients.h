// The loss of the ranker: LambdaMART (Burges 2010) with a weight for each document, corrected for position.
//
// For every document i of an answer with a gain, and every other document j of it,
//   loss += w_i * d_ij * log(1 + exp(s_j - s_i)),   w_i = gain_i / max(examined_i, clip),
//   d_ij = |1 / log2(2 + rank_i) - 1 / log2(2 + rank_j)| by the present scores s.
// All others are compared, also those with a gain: whether j was not wanted or not seen is unknown, and in
// the mean over answers what is wanted more often wins. Dividing by the probability that i was examined makes
// the sum that of fully seen answers (Joachims et al. 2017); the clip bounds its variance. A passed document
// is pushed below the others in the same way by kPassCost.
//
// Or by an offset: what is chosen at a position is chosen in proportion to worth times attention, and s_i -
// s_j is at its best the logarithm of the ratio in which i and j are chosen. With log(examined) added to the
// scores under the logarithm, w_i = gain_i, what the trees are left with is the worth. No outcome counts
// twenty times.
#pragma once

#include <span>
#include <vector>

#include "features/ranking_rows.h"
#include "learning/ranker/position_bias.h"

namespace modiste {

// By row.
struct DocumentWeights {
  std::vector<float> wanted;  // w_i, negative for a passed garment
  std::vector<float> offset;  // added to the scores, not to the order that the discounts are of; empty: none
};

// By inverse propensities. clip: the least examination probability that is divided by.
[[nodiscard]] DocumentWeights document_weights(const RankingRows& rows, const PositionBias& bias,
                                               double clip);
// By offsets.
[[nodiscard]] DocumentWeights document_offsets(const RankingRows& rows, const PositionBias& bias,
                                               double clip);

// Adds gradient and hessian of the loss of answers [first, last) by the rows' scores; the spans hold every
// row.
void add_lambda_gradients(const RankingRows& rows, size_t first, size_t last, const DocumentWeights& weights,
                          std::span<const float> scores, std::span<float> gradient, std::span<float> hessian);

// Mean over the pairs of an answer of w_i * log(1 + exp(s_j - s_i)), offsets included in the scores, negative
// weights left out. The number of trees is chosen by it: it is smooth where NDCG of a few hundred answers is
// mostly chance. NaN: no weight is positive.
[[nodiscard]] double pair_loss(std::span<const float> weights, std::span<const float> scores);

// Sum of w_i / log2(2 + rank_i) over the ten best by score; negative weights count as 0. Equal scores stand
// in the order of the rows. Not divided by the best of its own answer: in an answer with one outcome this
// would cancel the weight, and with it the correction for position.
[[nodiscard]] double weighted_dcg(std::span<const float> weights, std::span<const float> scores);

}  // namespace modiste
