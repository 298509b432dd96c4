#include "learning/ranker/compare_rankers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "learning/ranker/lambda_gradients.h"

namespace modiste {
namespace {

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

struct SegmentBounds {
  std::string_view name;
  float from, below;  // signals
};
constexpr std::array<SegmentBounds, 4> kSegments{
    {{"cold", 0, 5}, {"warm", 5, 20}, {"engaged", 20, 1e9F}, {"all", 0, 1e9F}}};

std::string refusal_by(std::span<const RankerSegment> segments) {
  std::string refusal;
  const auto add = [&](const RankerSegment& segment, std::string_view is) {
    refusal += fmt::format(
        "{}{} for {} shoppers: NDCG {:.4f}, the champion's {:.4f}, difference within {:+.4f} and {:+.4f} in "
        "{} answers of {} shoppers",
        refusal.empty() ? "" : "; ", is, segment.name, segment.ranker.mean, segment.other.mean,
        segment.gain.low, segment.gain.high, segment.answers, segment.shoppers);
  };
  for (const RankerSegment& segment : segments) {
    if (segment.has_verdict() && segment.gain.high < 0)
      add(segment, "it is worse");
    else if (segment.name == "all" && !(segment.has_verdict() && segment.gain.low > 0))
      add(segment, "it is not surely better");
  }
  return refusal;
}

}  // namespace

std::string no_verdict_of(const RankerSegment& segment) {
  return segment.has_verdict() ? "" : fmt::format(", of {} shoppers: too few to judge", segment.shoppers);
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

size_t answers_with_outcome(const RankingRows& rows, std::span<const float> weights) {
  return judge(rows, 0, rows.ends.size(), weights, weights).answers.size();
}

std::vector<float> column_of(const RankingRows& rows, std::string_view feature) {
  const size_t column = rows.column(feature);
  CHECK(column < rows.features.size());
  std::vector<float> values;
  for (size_t row = 0; row < rows.rows.size(); ++row) values.push_back(rows.value(row, column));
  return values;
}

std::vector<RankerSegment> compare_by_segment(const RankingRows& rows, size_t first,
                                              std::span<const float> weights, std::span<const float> scores,
                                              std::span<const float> others, size_t resamples) {
  const auto signals = column_of(rows, "evidence_n");
  const size_t last = rows.ends.size();
  const JudgedAnswers ours = judge(rows, first, last, weights, scores),
                      theirs = judge(rows, first, last, weights, others),
                      best = judge(rows, first, last, weights, weights);
  std::vector<RankerSegment> segments;
  for (const SegmentBounds& bounds : kSegments) {
    std::vector<size_t> in;
    std::vector<uint32_t> shoppers;
    double most = 0;
    for (size_t i = 0; i < ours.answers.size(); ++i) {
      const float evidence = signals[rows.begin(ours.answers[i])];
      if (evidence < bounds.from || evidence >= bounds.below) continue;
      in.push_back(i);
      shoppers.push_back(rows.shopper(ours.answers[i]));
      most += best.dcg[i];
    }
    std::vector<std::vector<float>> series(3);
    for (const size_t i : in) {
      const double scale = static_cast<double>(in.size()) / most;
      series[0].push_back(static_cast<float>(ours.dcg[i] * scale));
      series[1].push_back(static_cast<float>(theirs.dcg[i] * scale));
      series[2].push_back(series[0].back() - series[1].back());
    }
    const auto intervals = bootstrap(series, shoppers, resamples, 7);
    segments.push_back({std::string(bounds.name), in.size(), count_groups(shoppers), intervals[0],
                        intervals[1], intervals[2]});
  }
  return segments;
}

Result<std::vector<float>> sums_of(const LearnedRankerModel& model, const RankingRows& rows) {
  std::vector<size_t> columns;
  for (const std::string& feature : model.features) {
    columns.push_back(rows.column(feature));
    if (columns.back() == rows.features.size())
      return Error{Code::kConflict, fmt::format("the log does not hold the feature '{}'", feature), "",
                   "a ranker of this program's features"};
  }
  std::vector<float> values;
  values.reserve(rows.rows.size() * columns.size());
  for (size_t row = 0; row < rows.rows.size(); ++row)
    for (const size_t column : columns) values.push_back(rows.value(row, column));
  return model.sums(values);
}

Result<RankerComparison> compare_rankers(const RankingRows& rows, TimePoint after,
                                         const LearnedRankerModel& challenger,
                                         const LearnedRankerModel* champion,
                                         const CompareRankersOptions& options) {
  RankerComparison comparison;
  const auto begin = std::upper_bound(rows.shown_at.begin(), rows.shown_at.end(), after);
  const auto first = static_cast<size_t>(begin - rows.shown_at.begin());
  comparison.bias = options.eta ? stated_bias(*options.eta) : estimate_position_bias(rows);
  const auto weights = scaled_to_one(document_weights(rows, comparison.bias, options.clip)).wanted;
  TRY_ASSIGN(const auto scores, sums_of(challenger, rows));
  std::vector<float> others = column_of(rows, "hybrid");
  if (champion != nullptr) {
    TRY_ASSIGN(others, sums_of(*champion, rows));
  }
  const size_t judged = judge(rows, first, rows.ends.size(), weights, weights).answers.size();
  if (judged < options.answers_min)
    return Error{Code::kConflict,
                 fmt::format("{} answers with an outcome were shown after {}, until when the models learned",
                             judged, to_rfc3339(std::chrono::floor<std::chrono::seconds>(after))),
                 "", fmt::format("at least {}", options.answers_min)};
  comparison.segments = compare_by_segment(rows, first, weights, scores, others, options.resamples);
  comparison.from = rows.shown_at[first];
  comparison.until = rows.shown_at.back();
  comparison.refusal = refusal_by(comparison.segments);
  return comparison;
}

}  // namespace modiste
