// How likely a shopper looks at a place of an answer, estimated from exploration.
//
// Model: a shopper examines position p (from 0) with probability (1 + p)^-eta (Joachims, Swaminathan,
// Schnabel, WSDM 2017). What exploration drew stands at its place by chance, whatever its worth; so the rate
// of outcomes of explored garments falls with the position as examination does. eta is where the likelihood
// of the explored outcomes, Poisson with that rate, times a normal prior, is largest. With little exploration
// the prior speaks.
//
// Or by pairs (pair_bias.h), without a curve.
#pragma once

#include <vector>

#include "features/ranking_rows.h"

namespace modiste {

struct PositionBias {
  double eta = 0;
  size_t explored = 0;   // rows that were used; 0: eta was stated
  double positives = 0;  // of them with an outcome
  // By position, 1 at the first, the last value for all behind it; empty: eta's curve.
  std::vector<double> by_position;
  // Probability that the position is examined.
  [[nodiscard]] double examined(int position) const;
};

// Of a curve that is known.
[[nodiscard]] inline PositionBias stated_bias(double eta) {
  PositionBias bias;
  bias.eta = eta;
  return bias;
}

struct PositionBiasOptions {
  // A place with a smaller propensity was drawn by exploration: the greedy draw has more than this, unless
  // ten garments are equally good.
  float explored_below = 0.1F;
  double prior_mean = 0.5, prior_deviation = 0.5;  // of eta: weak beside a hundred outcomes
  double eta_max = 3;
};

[[nodiscard]] PositionBias estimate_position_bias(const RankingRows& rows,
                                                  const PositionBiasOptions& options = {});

}  // namespace modiste
