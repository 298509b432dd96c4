#include "learning/ranker/train_ranker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "learning/ranker/lambda_gradients.h"
#include "learning/ranker/pair_bias.h"

namespace modiste {
namespace {

// What speaks for a garment the more the larger it is.
constexpr std::array<std::string_view, 19> kRising{"hybrid",
                                                   "content",
                                                   "neighbours",
                                                   "next_choices",
                                                   "visual",
                                                   "popularity",
                                                   "content_match",
                                                   "like_rate",
                                                   "brand_affinity",
                                                   "category_affinity",
                                                   "colour_affinity",
                                                   "pattern_affinity",
                                                   "fabric_affinity",
                                                   "silhouette_affinity",
                                                   "aesthetic_affinity",
                                                   "own_size_in_stock",
                                                   "fit",
                                                   "occasion_match",
                                                   "season_match"};

std::vector<int> rising_of(const std::vector<std::string>& features) {
  std::vector<int> rising;
  for (const std::string& feature : features)
    rising.push_back(std::find(kRising.begin(), kRising.end(), feature) != kRising.end() ? 1 : 0);
  return rising;
}

// Weights whose positive ones are 1 on average, so that the limits on hessians mean the same in every shop.
DocumentWeights scaled_to_one(DocumentWeights weights) {
  double sum = 0, count = 0;
  for (const float weight : weights.wanted)
    if (weight > 0) sum += static_cast<double>(weight), ++count;
  if (sum > 0)
    for (float& weight : weights.wanted) weight = static_cast<float>(weight * count / sum);
  return weights;
}

// DCG of each answer of [first, last) that has an outcome, in order.
struct JudgedAnswers {
  std::vector<size_t> answers;
  std::vector<double> dcg;
};

JudgedAnswers judge(const RankingRows& rows, size_t first, size_t last, std::span<const float> weights,
                    std::span<const float> scores) {
  JudgedAnswers judged;
  for (size_t answer = first; answer < last; ++answer) {
    const size_t begin = rows.begin(answer), size = rows.ends[answer] - begin;
    const auto of_answer = weights.subspan(begin, size);
    if (size < 2 || *std::max_element(of_answer.begin(), of_answer.end()) <= 0) continue;
    judged.answers.push_back(answer);
    judged.dcg.push_back(weighted_dcg(of_answer, scores.subspan(begin, size)));
  }
  return judged;
}

double mean_pair_loss(const RankingRows& rows, size_t first, size_t last, const DocumentWeights& documents,
                      std::vector<float> scores) {
  const std::span<const float> weights = documents.wanted;
  for (size_t row = 0; row < documents.offset.size(); ++row) scores[row] += documents.offset[row];
  double sum = 0, count = 0;
  for (size_t answer = first; answer < last; ++answer) {
    const size_t begin = rows.begin(answer), size = rows.ends[answer] - begin;
    const double loss =
        pair_loss(weights.subspan(begin, size), std::span<const float>(scores).subspan(begin, size));
    if (!std::isnan(loss)) sum += loss, ++count;
  }
  return count > 0 ? sum / count : 0;
}

std::vector<float> column_of(const RankingRows& rows, std::string_view feature) {
  const size_t column = rows.column(feature);
  CHECK(column < rows.features.size());
  std::vector<float> values;
  for (size_t row = 0; row < rows.rows.size(); ++row) values.push_back(rows.value(row, column));
  return values;
}

// The weight of the hybrid's score with the least loss by itself. Its order, and so the discounts, are the
// same for every weight, so the loss is convex in it, with offsets too; the slope's sign finds the least.
double best_weight(const RankingRows& rows, size_t answers, const DocumentWeights& weights,
                   std::span<const float> hybrid) {
  double low = 0, high = 40;
  std::vector<float> scaled(hybrid.size()), gradient(hybrid.size()), hessian(hybrid.size());
  for (int step = 0; step < 12; ++step) {
    const double middle = (low + high) / 2;
    for (size_t row = 0; row < hybrid.size(); ++row) scaled[row] = static_cast<float>(middle) * hybrid[row];
    std::fill(gradient.begin(), gradient.end(), 0.0F);
    add_lambda_gradients(rows, 0, answers, weights, scaled, gradient, hessian);
    double slope = 0;
    for (size_t row = 0; row < hybrid.size(); ++row)
      slope += static_cast<double>(gradient[row]) * static_cast<double>(hybrid[row]);
    (slope > 0 ? high : low) = middle;
  }
  return low;
}

PositionBias stated_bias(double eta) {
  PositionBias bias;
  bias.eta = eta;
  return bias;
}

PositionBias bias_of(const RankingRows& rows, const TrainRankerOptions& options) {
  if (options.debiasing != Debiasing::kPairs)
    return options.eta ? stated_bias(*options.eta) : estimate_position_bias(rows);
  FitTreesOptions trees = options.trees;
  trees.rising = rising_of(rows.features);
  return estimate_pair_bias(rows, trees);
}

struct SegmentBounds {
  std::string_view name;
  float from, below;  // signals
};
constexpr std::array<SegmentBounds, 4> kSegments{
    {{"cold", 0, 5}, {"warm", 5, 20}, {"engaged", 20, 1e9F}, {"all", 0, 1e9F}}};

std::vector<RankerSegment> compare(const RankingRows& rows, size_t first, std::span<const float> weights,
                                   std::span<const float> sums, size_t resamples) {
  const auto hybrid = column_of(rows, "hybrid"), signals = column_of(rows, "evidence_n");
  const size_t last = rows.ends.size();
  const JudgedAnswers ours = judge(rows, first, last, weights, sums),
                      theirs = judge(rows, first, last, weights, hybrid),
                      best = judge(rows, first, last, weights, weights);
  std::vector<RankerSegment> segments;
  for (const SegmentBounds& bounds : kSegments) {
    std::vector<size_t> in;
    double most = 0;
    for (size_t i = 0; i < ours.answers.size(); ++i) {
      const float evidence = signals[rows.begin(ours.answers[i])];
      if (evidence < bounds.from || evidence >= bounds.below) continue;
      in.push_back(i);
      most += best.dcg[i];
    }
    std::vector<std::vector<float>> series(3);
    for (const size_t i : in) {
      const double scale = static_cast<double>(in.size()) / most;
      series[0].push_back(static_cast<float>(ours.dcg[i] * scale));
      series[1].push_back(static_cast<float>(theirs.dcg[i] * scale));
      series[2].push_back(series[0].back() - series[1].back());
    }
    const auto intervals = bootstrap(series, resamples, 7);
    segments.push_back(
        {std::string(bounds.name), series[0].size(), intervals[0], intervals[1], intervals[2]});
  }
  return segments;
}

// Fits P(outcome) = examined * logistic(slope * sum + offset) by ascent of the likelihood, on [first, end).
void calibrate(const RankingRows& rows, size_t first, std::span<const float> sums, const PositionBias& bias,
               LearnedRankerModel& model) {
  const size_t begin = rows.begin(first), count = rows.rows.size() - begin;
  double slope = 1, offset = -1;
  for (int step = 0; step < 300 && count > 0; ++step) {
    double by_slope = 0, by_offset = 0;
    for (size_t row = begin; row < rows.rows.size(); ++row) {
      const double examined = bias.examined(rows.rows[row].position), sum = sums[row];
      const double p = 1 / (1 + std::exp(-slope * sum - offset));
      // d log-likelihood / d logit
      const double pull =
          rows.rows[row].gain > 0 ? 1 - p : -examined * p * (1 - p) / std::max(1e-6, 1 - examined * p);
      by_slope += pull * sum;
      by_offset += pull;
    }
    slope = std::clamp(slope + 2 * by_slope / static_cast<double>(count), 0.05, 50.0);
    offset = std::clamp(offset + 2 * by_offset / static_cast<double>(count), -20.0, 20.0);
  }
  model.slope = slope;
  model.offset = offset;
}

ModelDraft draft_of(const TrainedRanker& trained, const RankingRows& rows,
                    const TrainRankerOptions& options) {
  ModelDraft draft;
  draft.name = "ranker";
  draft.kind = kRankerKind;
  const auto day = [](TimePoint at) { return to_rfc3339(std::chrono::floor<std::chrono::seconds>(at)); };
  draft.trained_on =
      fmt::format("{} answers of {} garments from {} to {}, {} with an outcome", trained.answers,
                  trained.rows, day(rows.shown_at.front()), day(rows.shown_at.back()), trained.outcomes);
  draft.settings = {{"rounds", static_cast<double>(trained.rounds)},
                    {"depth", static_cast<double>(options.trees.depth)},
                    {"learning_rate", options.trees.learning_rate},
                    {"seed", options.trees.seed},
                    {"clip", options.clip},
                    {"eta", trained.bias.eta},
                    {"eta_stated", options.eta ? 1.0 : 0.0},
                    {"debiasing", static_cast<double>(options.debiasing)},
                    {"explored", static_cast<double>(trained.bias.explored)}};
  for (const RankerSegment& segment : trained.segments) {
    draft.metrics["answers." + segment.name] = static_cast<double>(segment.answers);
    draft.metrics["ndcg.ranker." + segment.name] = segment.ranker.mean;
    draft.metrics["ndcg.hybrid." + segment.name] = segment.hybrid.mean;
    draft.metrics["ndcg.gain_low." + segment.name] = segment.gain.low;
    draft.metrics["ndcg.gain_high." + segment.name] = segment.gain.high;
  }
  return draft;
}

}  // namespace

Result<TrainedRanker> train_ranker(const RankingRows& rows, const TrainRankerOptions& given,
                                   const TrainRankerProgress& progress) {
  TrainedRanker trained;
  trained.answers = rows.ends.size();
  trained.rows = rows.rows.size();
  trained.bias = bias_of(rows, given);
  // The latest answers are judged by inverse propensities, whatever the trees learn by.
  const DocumentWeights judged = scaled_to_one(document_weights(rows, trained.bias, given.clip));
  const std::vector<float>& weights = judged.wanted;
  const DocumentWeights documents = given.debiasing == Debiasing::kWeights
                                        ? judged
                                        : scaled_to_one(document_offsets(rows, trained.bias, given.clip));
  trained.outcomes = judge(rows, 0, rows.ends.size(), weights, weights).answers.size();
  if (trained.outcomes < given.answers_min)
    return Error{Code::kConflict,
                 fmt::format("{} of {} answers of the log have an outcome that a ranker can learn from",
                             trained.outcomes, trained.answers),
                 "", fmt::format("at least {}; no model was published", given.answers_min)};
  TrainRankerOptions options = given;
  options.trees.rising = rising_of(rows.features);
  const size_t columns = rows.features.size(), all = rows.ends.size();
  const size_t taught = all * 70 / 100, chosen = all * 85 / 100;
  trained.model.features = rows.features;
  const std::vector<float> hybrid = column_of(rows, "hybrid");
  trained.model.hybrid_weight = best_weight(rows, taught, documents, hybrid);
  const auto anchored = [&](std::span<const float> sums) {
    std::vector<float> all_sums(sums.begin(), sums.end());
    for (size_t row = 0; row < all_sums.size(); ++row)
      all_sums[row] += static_cast<float>(trained.model.hybrid_weight) * hybrid[row];
    return all_sums;
  };
  FittedTrees tried = fit_trees(
      rows.values, columns, options.trees,
      [&](std::span<const float> sums, std::span<float> gradient, std::span<float> hessian) {
        const std::vector<float> now = anchored(sums);
        add_lambda_gradients(rows, 0, taught, documents, now, gradient, hessian);
        return mean_pair_loss(rows, taught, chosen, documents, now);
      },
      progress);
  trained.rounds = tried.rounds;
  trained.model.trees = std::move(tried.trees);
  const std::vector<float> sums = trained.model.sums(rows.values);
  trained.segments = compare(rows, chosen, weights, sums, options.resamples);
  calibrate(rows, chosen, sums, trained.bias, trained.model);
  // Again from everything, with the number of trees that was chosen.
  FitTreesOptions again = options.trees;
  again.rounds = again.patience = trained.rounds;
  double falling = 0;
  trained.model.trees =
      fit_trees(rows.values, columns, again,
                [&](std::span<const float> now, std::span<float> gradient, std::span<float> hessian) {
                  add_lambda_gradients(rows, 0, all, documents, anchored(now), gradient, hessian);
                  return falling -= 1;  // no answers are held out: every round counts
                })
          .trees;
  trained.draft = draft_of(trained, rows, options);
  return trained;
}

}  // namespace modiste
