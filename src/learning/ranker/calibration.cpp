#include "learning/ranker/calibration.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

double examined(const CalibrationRow& row) { return std::min(1.0, row.examined); }

double logistic(const Calibration& at, double sum) { return 1 / (1 + std::exp(-at.slope * sum - at.offset)); }

double log_likelihood(const Calibration& at, std::span<const CalibrationRow> rows) {
  double sum = 0;
  for (const CalibrationRow& row : rows) {
    const double p = examined(row) * logistic(at, row.sum);
    sum += std::log(std::max(1e-12, row.outcome ? p : 1 - p));
  }
  return sum;
}

// What Fisher scoring adds to both.
Calibration scoring_step(const Calibration& at, std::span<const CalibrationRow> rows) {
  double by_slope = 0, by_offset = 0, slopes = 1e-9, crossed = 0, offsets = 1e-9;
  for (const CalibrationRow& row : rows) {
    const double looked = examined(row), p = logistic(at, row.sum);
    const double rest = std::max(1e-6, 1 - looked * p);
    // Of the log-likelihood by the logit, and its expected square.
    const double pull = row.outcome ? 1 - p : -looked * p * (1 - p) / rest;
    const double information = looked * p * (1 - p) * (1 - p) / rest;
    by_slope += pull * row.sum, by_offset += pull;
    slopes += information * row.sum * row.sum, crossed += information * row.sum, offsets += information;
  }
  const double determinant = slopes * offsets - crossed * crossed;
  if (!(determinant > 1e-12 * slopes * offsets)) return {0, by_offset / offsets};
  return {(offsets * by_slope - crossed * by_offset) / determinant,
          (slopes * by_offset - crossed * by_slope) / determinant};
}

}  // namespace

Calibration fit_calibration(std::span<const CalibrationRow> rows) {
  constexpr int kSteps = 50;
  constexpr double kShareMin = 1e-6, kGainMin = 1e-9;
  Calibration at;
  if (rows.empty()) return at;
  double likelihood = log_likelihood(at, rows);
  for (int step = 0; step < kSteps; ++step) {
    const Calibration towards = scoring_step(at, rows);
    Calibration tried = at;
    double share = 1, next = likelihood;
    do {
      tried = {std::clamp(at.slope + share * towards.slope, 0.05, 50.0),
               std::clamp(at.offset + share * towards.offset, -20.0, 20.0)};
      next = log_likelihood(tried, rows);
      share /= 2;
    } while (!(next >= likelihood) && share > kShareMin);
    if (!(next > likelihood + kGainMin)) break;
    at = tried, likelihood = next;
  }
  return at;
}

}  // namespace modiste
