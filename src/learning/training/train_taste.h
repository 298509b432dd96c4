// Trains the taste model (features/learned_taste.h): what the shoppers of a shop like in the mean, and how
// much they differ, attribute by attribute, brand by brand, and in price.
//
// Expectation and maximisation (Dempster 1977): with the prior so far, each shopper's weights are estimated
// from what they liked and passed (taste_regression.h), as serving does; then mean and variance
// are set to those of the shoppers' weights, with their uncertainty. Variances are drawn towards
// `variance_usual`, so that an input which few shoppers met does not become certain.
//
// The latest reactions judge: a prior of the earlier ones ranks what shoppers liked afterwards among a sample
// of the stock by each shopper's weights, beside the weights that the same reactions give without what other
// shoppers taught, and beside what all have in common. Then all reactions teach.
//
// Deterministic in history and options.
#pragma once

#include <functional>

#include "base/result.h"
#include "features/learned_taste.h"
#include "learning/datasets/choice_history.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/registry/model_manifest.h"

namespace modiste {

struct TrainTasteOptions {
  TasteExampleOptions examples;
  int rounds = 12;                // of expectation and maximisation
  size_t shoppers_min = 30;       // who liked something: fewer do not tell how shoppers differ
  size_t shoppers_max = 10'000;   // the others of a large shop, at even distances, are left out
  size_t brand_shoppers_min = 3;  // who reacted to it: a brand of fewer has no input
  float variance_usual = 1, variance_shoppers = 5;  // of an input; as many shoppers as this count for it
  float share = 0.5F;                               // TasteModel::share
  double judging = 0.1;                             // of the reactions, the latest: judge
  size_t asked_max = 2'000;                         // shoppers
  size_t sampled = 50;                              // items that a liked one is ranked among
  size_t resamples = 1'000;                         // of the bootstrap
  uint64_t seed = 1;
};

struct TrainedTaste {
  TasteModel model;
  size_t shoppers = 0, reactions = 0;  // that it learned from
  size_t asked = 0;                    // shoppers that judged
  // Share of the sample that a liked garment is ranked before (the area under the curve): by each shopper's
  // weights, by those of their reactions alone, and by the mean's.
  Interval own, alone, mean;
  Interval gain;  // of `own` over `alone`, paired
  ModelDraft draft;
};

// kConflict: fewer than shoppers_min liked something.
Result<TrainedTaste> train_taste(const ReactionHistory& history, const Vocabulary& vocabulary,
                                 const TrainTasteOptions& options = {},
                                 const std::function<void(size_t done, size_t total)>& progress = {});

}  // namespace modiste
