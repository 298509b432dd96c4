// Compares two orders of logged answers by what shoppers did with them.
//
// Garments were shown in the order of the ranker that answered, and what it left out is not in the log; so
// what is compared is which of the shown garments each would have placed ahead, outcomes divided by the
// probability that their position was looked at. Both are judged on answers that neither learned from.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "features/ranking_rows.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/ranker/lambda_gradients.h"
#include "learning/ranker/position_bias.h"
#include "ranking/learned_ranker.h"

namespace modiste {

// Shoppers by the signals that they had given: below 5, below 20, more, and everybody.
struct RankerSegment {
  std::string name;              // cold, warm, engaged, all
  size_t answers = 0;            // that are compared: with an outcome
  size_t shoppers = 0;           // whose answers these are; the intervals draw shoppers
  Interval ranker, other, gain;  // DCG@10 of all over the largest possible; the difference, paired

  // Of fewer shoppers no interval is to be trusted.
  [[nodiscard]] bool has_verdict() const { return shoppers >= kWitnessesMin; }
};

// What a report adds where an interval decides nothing: ", of 3 shoppers: too few to judge"; else empty.
[[nodiscard]] std::string no_verdict_of(const RankerSegment& segment);

// Weights whose positive ones are 1 on average, so that the limits on hessians mean the same in every shop.
[[nodiscard]] DocumentWeights scaled_to_one(DocumentWeights weights);

[[nodiscard]] size_t answers_with_outcome(const RankingRows& rows, std::span<const float> weights);

// The column of a feature; it must exist.
[[nodiscard]] std::vector<float> column_of(const RankingRows& rows, std::string_view feature);

// Answers from `first` on. weights, scores and others: of every row.
[[nodiscard]] std::vector<RankerSegment> compare_by_segment(const RankingRows& rows, size_t first,
                                                            std::span<const float> weights,
                                                            std::span<const float> scores,
                                                            std::span<const float> others, size_t resamples);

// The model's sums of logged rows. kConflict: it reads a feature that the rows do not hold.
Result<std::vector<float>> sums_of(const LearnedRankerModel& model, const RankingRows& rows);

struct CompareRankersOptions {
  std::optional<double> eta;  // of the position bias (position_bias.h); absent: estimated
  double clip = 0.04;         // an outcome counts at most 25 times for its position
  size_t answers_min = 200;   // with an outcome
  size_t resamples = 1'000;   // of the bootstrap
};

struct RankerComparison {
  PositionBias bias;
  TimePoint from{}, until{};            // of the answers
  std::vector<RankerSegment> segments;  // "ranker" is the challenger, "other" the champion
  std::string refusal;  // why the challenger should not replace the champion; empty: it should
};

// Answers later than `after`, until when either learned. champion null: the hybrid, whose score is logged.
// The refusal names each segment in which the challenger is surely worse, and says so unless it is surely
// better for all (95%). A segment of fewer than kWitnessesMin shoppers refuses nothing, and of so few in all
// nothing is sure. kConflict: too few answers with an outcome.
Result<RankerComparison> compare_rankers(const RankingRows& rows, TimePoint after,
                                         const LearnedRankerModel& challenger,
                                         const LearnedRankerModel* champion,
                                         const CompareRankersOptions& options = {});

}  // namespace modiste
