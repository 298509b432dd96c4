// The loss of the ranker: LambdaMART (Burges 2010) with a weight for each document, corrected for position.
//
// For every document i of an answer with a gain, and every other document j of it,
//   loss += w_i * d_ij * log(1 + exp(s_j - s_i)),   w_i = gain_i / max(examined_i, clip),
//   d_ij = |1 / log2(2 + rank_i) - 1 / log2(2 + rank_j)| by the present scores s.
// All others are compared, also those with a gain: whether j was not wanted or not seen is unknown, and in
// the mean over answers what is wanted more often wins. Dividing by the probability that i was examined makes
// the sum that of fully seen answers (Joachims et al. 2017); the clip bounds its variance. A passed document
// is pushed below the others in the same way by kPassCost.
#pragma once

#include <span>
#include <vector>

#include "features/ranking_rows.h"
#include "learning/ranker/position_bias.h"

namespace modiste {

// w_i of every row, negative for a passed one. clip: the least examination probability that is divided by.
[[nodiscard]] std::vector<float> document_weights(const RankingRows& rows, const PositionBias& bias,
                                                  double clip);

// Adds gradient and hessian of the loss of answers [first, last) by the rows' scores; the spans hold every
// row.
void add_lambda_gradients(const RankingRows& rows, size_t first, size_t last, std::span<const float> weights,
                          std::span<const float> scores, std::span<float> gradient, std::span<float> hessian);

// Sum of w_i / log2(2 + rank_i) over the ten best by score, over its largest possible value; negative weights
// count as 0. NaN: the answer has no weight. Equal scores stand in the order of the rows.
[[nodiscard]] double weighted_ndcg(std::span<const float> weights, std::span<const float> scores);

}  // namespace modiste
