#include "learning/ranker/position_bias.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace modiste {

double PositionBias::examined(int position) const {
  const int place = std::max(0, position);
  if (!by_position.empty()) return by_position[std::min(static_cast<size_t>(place), by_position.size() - 1)];
  return std::pow(1.0 + place, -eta);
}

PositionBias estimate_position_bias(const RankingRows& rows, const PositionBiasOptions& options) {
  PositionBias found;
  std::vector<double> shown, positive;  // explored garments by position
  for (const RankingRow& row : rows.rows) {
    if (row.propensity >= options.explored_below) continue;
    const auto position = static_cast<size_t>(std::max(0, row.position));
    if (shown.size() <= position) shown.resize(position + 1), positive.resize(position + 1);
    shown[position] += 1;
    positive[position] += row.gain > 0 ? 1 : 0;
    ++found.explored;
    found.positives += row.gain > 0 ? 1 : 0;
  }
  double best = -std::numeric_limits<double>::infinity();
  for (double eta = 0; eta <= options.eta_max; eta += 0.01) {
    // The rate at the first place that is likeliest for this eta is positives / sum of shown * examined.
    double exposure = 0, logs = 0;
    for (size_t p = 0; p < shown.size(); ++p) {
      exposure += shown[p] * std::pow(1.0 + static_cast<double>(p), -eta);
      logs += positive[p] * -eta * std::log1p(static_cast<double>(p));
    }
    const double off = (eta - options.prior_mean) / options.prior_deviation;
    double value = -off * off / 2;
    if (found.positives > 0) value += logs - found.positives * std::log(exposure);
    if (value > best) best = value, found.eta = eta;
  }
  return found;
}

}  // namespace modiste
