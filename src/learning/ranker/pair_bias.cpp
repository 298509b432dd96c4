#include "learning/ranker/pair_bias.h"

#include <algorithm>
#include <cmath>

#include "learning/ranker/lambda_gradients.h"

namespace modiste {
namespace {

size_t place_of(const RankingRow& row) { return static_cast<size_t>(std::max(0, row.position)); }

// A Newton step of each position's term, by the gradients of the rows that stood there. The first stays 0.
void step_terms(const RankingRows& rows, std::span<const float> gradient, std::span<const float> hessian,
                const PairBiasOptions& options, std::vector<double>& terms) {
  std::vector<double> slope(terms.size()), curve(terms.size(), 1);
  for (size_t row = 0; row < rows.rows.size(); ++row) {
    slope[place_of(rows.rows[row])] += static_cast<double>(gradient[row]);
    curve[place_of(rows.rows[row])] += static_cast<double>(hessian[row]);
  }
  for (size_t p = 0; p < terms.size(); ++p) terms[p] -= options.rate * slope[p] / curve[p];
  for (size_t p = terms.size(); p-- > 0;) terms[p] -= terms[0];
}

}  // namespace

PositionBias estimate_pair_bias(const RankingRows& rows, const FitTreesOptions& trees,
                                const PairBiasOptions& options) {
  size_t places = 1;
  for (const RankingRow& row : rows.rows) places = std::max(places, place_of(row) + 1);
  std::vector<double> terms(places, 0);
  DocumentWeights documents = document_weights(rows, {}, 1);
  documents.offset.resize(rows.rows.size());
  FitTreesOptions fitting = trees;
  fitting.rounds = fitting.patience = options.rounds;
  double falling = 0;
  (void)fit_trees(rows.values, rows.features.size(), fitting,
                  [&](std::span<const float> sums, std::span<float> gradient, std::span<float> hessian) {
                    for (size_t row = 0; row < sums.size(); ++row)
                      documents.offset[row] = static_cast<float>(terms[place_of(rows.rows[row])]);
                    add_lambda_gradients(rows, 0, rows.ends.size(), documents, sums, gradient, hessian);
                    step_terms(rows, gradient, hessian, options, terms);
                    return falling -= 1;  // every round counts
                  });
  PositionBias bias;
  for (const double term : terms)
    bias.by_position.push_back(std::clamp(std::exp(term), options.least, 1 / options.least));
  return bias;
}

}  // namespace modiste
