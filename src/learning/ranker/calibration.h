// From a ranker's sums to probabilities, where not every place was looked at:
//
//   P(outcome) = examined * logistic(slope * sum + offset)
//
// Threads: any. Pure.
#pragma once

#include <span>

namespace modiste {

struct CalibrationRow {
  double sum = 0;       // by the ranker
  double examined = 1;  // probability that somebody looked at the place; above 1 counts as 1
  bool outcome = false;
};

struct Calibration {
  double slope = 1, offset = -1;
};

// Of the greatest likelihood, slope in [0.05, 50] and offset in [-20, 20]: Fisher scoring whose steps are
// halved until they help. Without rows as it begins.
[[nodiscard]] Calibration fit_calibration(std::span<const CalibrationRow> rows);

}  // namespace modiste
