// Does learning beat the prior table at guessing what a garment is for? Purchases that say so, split by time.
//
// Models see what is known at the time of the request: the date, the garment's category, what the same
// shopper said on earlier days. The hour is not in the data. Learned models are fitted on the days before the
// split only, with constants that were chosen within those days.
#pragma once

#include "learning/datasets/imported_history.h"
#include "learning/evaluation/occasion_scores.h"

namespace modiste {

struct EvaluateContextOptions {
  double train_share = 0.8;
  // Age at which an example counts half: what people rent for changes (everyday went from 6% to 15%).
  double half_life_days = 60;
  SoftmaxOptions softmax;
};

struct OccasionShares {
  Occasion occasion{};
  double trained = 0, tested = 0;  // share of what was said
  double guessed = 0;              // mean probability by the last of the scores
};

struct ContextReport {
  size_t rows_read = 0, trained = 0, tested = 0, shoppers = 0;
  size_t tested_with_history = 0;
  std::map<std::string, size_t> dropped, categories_unknown;
  std::string first_day, split_day, last_day;
  std::vector<ContextScores> scores;  // the fullest model last
  std::vector<ContextBand> bands;     // of the last
  std::vector<OccasionShares> shares;
  double half_life_days = 0, l2 = 0;
  double seconds = 0;  // set by the caller, who has a clock
};

// kInvalid when one of the two parts would be empty.
Result<ContextReport> evaluate_context(const ImportedOccasions& said, const Vocabulary& vocabulary,
                                       const EvaluateContextOptions& options = {});

}  // namespace modiste
