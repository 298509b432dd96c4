// Evaluates the size model on reports of fit, split by time, beside baselines.
#pragma once

#include <string>
#include <vector>

#include "learning/evaluation/bootstrap.h"
#include "learning/training/fit_training.h"

namespace modiste {

struct EvaluateFitOptions {
  double train_share = 0.8;
  bool shuffled = false;  // rows are drawn for testing at random instead of the latest
  uint64_t seed = 7;      // of that draw
  FitTrainingOptions training;
};

// Of one predictor over some rows.
struct FitScores {
  std::string name;
  size_t rows = 0;
  double auc = 0;                  // mean of the three one-vs-rest areas (Misra 2018)
  std::array<double, 3> auc_of{};  // small, fit, large
  double log_loss = 0;             // nats
  double accuracy = 0;             // of the likeliest class
  double calibration_error = 0;    // over all three probabilities, ten bands (Naeini et al. 2015)
};

// How far the advised size is from the one that fitted, in full sizes, over rows that fitted.
struct SizeError {
  std::string name;
  size_t rows = 0;
  double mean = 0, within_half = 0, within_one = 0;
};

struct FitBand {
  size_t predictions = 0;
  double predicted = 0, happened = 0;  // means
};

// What a bound on P(fit) is worth: over the rows whose size the model would have advised, the share that it
// would have named to the shopper, and the share of these that fitted.
struct FitBound {
  double bound = 0;
  size_t rows = 0;  // at the bound or above
  double share = 0, fitted = 0;
};

struct FitReport {
  size_t rows = 0, trained = 0, tested = 0, cold = 0;  // cold: no earlier row of the shopper
  size_t garments = 0;
  bool shuffled = false;
  std::vector<FitScores> all, of_cold;
  // Over all, as a shop advises by what is published and by the defaults: the parameters of "model" or none
  // learned, with the garments that serving learns outcome by outcome (serving/state/sizing.h), later ones
  // too.
  FitScores served, untrained;
  size_t judges = 0;                    // shoppers of the tested rows
  Interval over_untrained, over_prior;  // log-loss of these less that of `served`, paired, by shopper
  std::vector<SizeError> sizes;
  std::vector<FitBand> calibration;        // of the model, all three classes
  std::vector<FitBound> bounds;            // of the model, rising
  std::vector<FitBound> bounds_untrained;  // of a shop's model before it is trained
  FitParameters parameters;
  double seconds = 0;  // set by the caller, who has a clock
};

// Names of predictors, in the order of FitReport::all.
//   rivals: "class prior", "item rates", "shopper's mean size"
//   ours:   "model, no body", "model, no garments", "model", "model, learning on"
// All but the last are frozen at the split, apart from the shoppers' own later reports.
Result<FitReport> evaluate_fit(std::vector<FitRow> rows, const EvaluateFitOptions& options);

}  // namespace modiste
