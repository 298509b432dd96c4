// Fits the occasion model to the occasions that the shop's own shoppers stated, and measures it.
//
// Split by time: the last days are held out for the test; within the days before them, the last ones choose
// the half-life of examples and the L2 penalty. The returned model is then fitted to all days.
//
// Pure and deterministic.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/evaluation/occasion_scores.h"
#include "learning/registry/model_manifest.h"

namespace modiste {

// One occasion that was said, and when it became known.
struct DatedOccasion {
  OccasionExample example;  // of weight 1
  TimePoint at;
  std::string shopper;  // whose; empty: another's than all others
};

struct OccasionTrainingOptions {
  // With fewer, the held-out part would be too small to measure anything.
  size_t examples_min = 200, days_min = 10;
  double train_share = 0.8;  // before the split, in whole days
  // Tried one after the other, the strength by the best half-life; what is first is what stays when nothing
  // can be chosen.
  std::vector<double> half_lives_days{60, 15, 30, 120, 365};
  std::vector<double> l2s{10, 3, 30, 100};
  int iterations_max = SoftmaxOptions{}.iterations_max;
};

struct OccasionTrial {
  double half_life_days = 0, l2 = 0;
  double log_loss = 0;  // on the days that choose
};

struct OccasionTraining {
  OccasionModel model;
  size_t trained = 0, held_out = 0;
  TimePoint first, split, last;
  std::vector<OccasionTrial> trials;  // empty when too few days lie before the split
  double half_life_days = 0, l2 = 0;
  // On the held-out days: the table as it serves, how often each occasion was said before the split, and a
  // model of what was said before the split.
  ContextScores table, frequencies, learned;
  size_t judges = 0;  // shoppers of the held-out days
  Interval gain;      // log-loss of the table less that of the learned model, paired, by shopper
};

[[nodiscard]] ModelDraft draft_of(const OccasionTraining& training);

// kInvalid when there are too few, with how many there are and should be. Progress: before each fit.
Result<OccasionTraining> train_occasions(std::vector<DatedOccasion> said, const Vocabulary& vocabulary,
                                         const OccasionTrainingOptions& options = {},
                                         const std::function<void(size_t fit, size_t of)>& progress = {});

}  // namespace modiste
