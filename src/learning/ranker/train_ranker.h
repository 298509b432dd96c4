// Trains a ranker on what shoppers did with what they were shown, and compares it with the hybrid.
//
// Answers in the order of time: the first 70% teach, the next 15% say how many trees, the last 15% compare
// the ranker with the hybrid, whose score is a feature of the log, and fit the curve from sums to
// probabilities. Then the same number of trees learns from all answers.
//
// It may go on from a ranker that learned from earlier answers: that one's sums are where it begins, and the
// trees that correct them are added to its own.
//
// Deterministic in rows and options.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "learning/ranker/compare_rankers.h"
#include "learning/ranker/fit_trees.h"
#include "learning/ranker/position_bias.h"
#include "learning/registry/model_manifest.h"
#include "ranking/learned_ranker.h"

namespace modiste {

// How outcomes are corrected for where their garments stood (lambda_gradients.h): divided by the probability
// that the place is looked at; by the logarithm of it as an offset; by offsets that are learned beside the
// trees (pair_bias.h). How they compare: `modiste simulate debiasing`.
enum class Debiasing : uint8_t { kWeights, kOffsets, kPairs };
template <>
struct EnumNames<Debiasing> {
  static constexpr std::array<std::string_view, 3> kNames{"weights", "offsets", "pairs"};
};

struct TrainRankerOptions {
  FitTreesOptions trees;
  Debiasing debiasing = Debiasing::kPairs;  // best in both simulations (docs/adr/0040)
  std::optional<double>
      eta;  // of the position bias (position_bias.h); absent: estimated. 0: none is corrected. Not of kPairs
  double clip = 0.04;        // an outcome counts at most 25 times for its position
  size_t answers_min = 200;  // with an outcome
  size_t resamples = 1'000;  // of the bootstrap
  // Borrowed; null: from the hybrid alone. What the ranker goes on from reads the same features as the rows.
  const LearnedRankerModel* begin_from = nullptr;
  // The ranker that serves, which is compared too, on answers later than it learned from. Borrowed; null: the
  // hybrid serves.
  const LearnedRankerModel* champion = nullptr;
  TimePoint champion_until{};
  const Checkpoints* checkpoints = nullptr;  // borrowed; null: a killed training begins again
};

struct TrainedRanker {
  LearnedRankerModel model;
  PositionBias bias;
  size_t answers = 0, rows = 0, outcomes = 0;
  size_t rounds = 0;
  std::vector<RankerSegment> segments;          // against the hybrid
  std::vector<RankerSegment> against_champion;  // empty: none serves, or it knows all answers
  std::string not_compared;                     // why the champion's order of them is not known; empty: it is
  ModelDraft draft;                             // for the registry: settings, metrics, the window of the data
};

using TrainRankerProgress = std::function<void(size_t round, double loss)>;

// kConflict: too few answers have an outcome.
Result<TrainedRanker> train_ranker(const RankingRows& rows, const TrainRankerOptions& options,
                                   const TrainRankerProgress& progress = {});

}  // namespace modiste
