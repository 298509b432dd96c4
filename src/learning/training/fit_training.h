// Fits the model of style/fit_model.h to what shoppers reported, in the order of time.
//
// Each round folds the rows through the shoppers' profiles as the live system would, so that a row is
// explained by what was known before it; then Newton's steps for the cuts, the slope and the body's shift
// over all rows, and for each garment's run and tolerance under priors whose variances are the mean posterior
// squares (EM). The body's prior of the size is a ridge regression of the sizes chosen; the variance of sizes
// around it falls into that between shoppers and that between one shopper's choices (moments).
//
// Deterministic: nothing is drawn. Cost: 118,000 rows in about 2.5 s on one core.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "style/fit_model.h"

namespace modiste {

struct FitRow {
  std::string shopper;
  BodyProfile body;  // as given with this row
  FitObservation observation;
};

struct FitTrainingOptions {
  FitMeaning meaning = FitMeaning::kOutcome;
  int rounds = 5;              // with 3 and 8 the AUC on Rent the Runway is within 0.005
  double ridge = 10;           // on the body's coefficients, in rows
  bool learn_garments = true;  // false: all are taken to run alike
  FitOptions model;
};

// Rows of women's clothes teach the body's prior; kInvalid when fewer than 100 rows have an outcome, or one
// of the three never occurs.
Result<FitModel> train_fit(std::span<const FitRow> rows, const FitTrainingOptions& options);

}  // namespace modiste
