#include "learning/ranker/lambda_gradients.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace modiste {
namespace {

double discount_at(size_t rank) { return 1 / std::log2(2.0 + static_cast<double>(rank)); }

std::vector<size_t> order_by(std::span<const float> scores) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  return order;
}

// The rows of an answer.
struct AnswerRows {
  std::span<const float> wanted, offset, scores;
  std::span<float> gradient, hessian;

  // By how much i is ahead of j where it should be. Outcomes and passes alike come in proportion to
  // attention.
  [[nodiscard]] double lead(size_t i, size_t j) const {
    const float by_score = wanted[i] > 0 ? scores[i] - scores[j] : scores[j] - scores[i];
    return static_cast<double>(by_score + (offset.empty() ? 0 : offset[i] - offset[j]));
  }
};

std::span<const float> offset_of(const DocumentWeights& weights, size_t begin, size_t size) {
  return weights.offset.empty() ? std::span<const float>() : std::span(weights.offset).subspan(begin, size);
}

void add_answer(const AnswerRows& answer) {
  const std::span<const float> scores = answer.scores;
  const std::vector<size_t> order = order_by(scores);
  std::vector<double> discount(scores.size());
  for (size_t rank = 0; rank < order.size(); ++rank) discount[order[rank]] = discount_at(rank);
  for (size_t i = 0; i < scores.size(); ++i) {
    if (answer.wanted[i] == 0) continue;
    const double sign = answer.wanted[i] > 0 ? 1 : -1;
    const double weight = std::abs(static_cast<double>(answer.wanted[i]));
    for (size_t j = 0; j < scores.size(); ++j) {
      if (j == i) continue;
      const double p = 1 / (1 + std::exp(answer.lead(i, j)));  // that the pair stands the wrong way round
      const double strength = weight * std::abs(discount[i] - discount[j]);
      const auto push = static_cast<float>(sign * strength * p);
      const auto curve = static_cast<float>(strength * p * (1 - p));
      answer.gradient[i] -= push;
      answer.gradient[j] += push;
      answer.hessian[i] += curve;
      answer.hessian[j] += curve;
    }
  }
}

}  // namespace

DocumentWeights document_weights(const RankingRows& rows, const PositionBias& bias, double clip) {
  DocumentWeights weights;
  weights.wanted.reserve(rows.rows.size());
  for (const RankingRow& row : rows.rows) {
    const double worth = row.gain > 0 ? row.gain : row.passed ? -kPassCost : 0;
    weights.wanted.push_back(static_cast<float>(worth / std::max(clip, bias.examined(row.position))));
  }
  return weights;
}

DocumentWeights document_offsets(const RankingRows& rows, const PositionBias& bias, double clip) {
  DocumentWeights weights = document_weights(rows, {}, 1);
  for (const RankingRow& row : rows.rows)
    weights.offset.push_back(static_cast<float>(std::log(std::max(clip, bias.examined(row.position)))));
  return weights;
}

void add_lambda_gradients(const RankingRows& rows, size_t first, size_t last, const DocumentWeights& weights,
                          std::span<const float> scores, std::span<float> gradient,
                          std::span<float> hessian) {
  for (size_t answer = first; answer < last; ++answer) {
    const size_t begin = rows.begin(answer), size = rows.ends[answer] - begin;
    add_answer({std::span(weights.wanted).subspan(begin, size), offset_of(weights, begin, size),
                scores.subspan(begin, size), gradient.subspan(begin, size), hessian.subspan(begin, size)});
  }
}

double pair_loss(std::span<const float> weights, std::span<const float> scores) {
  double loss = 0, pairs = 0;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    for (size_t j = 0; j < scores.size(); ++j) {
      if (j == i) continue;
      loss +=
          static_cast<double>(weights[i]) * std::log1p(std::exp(static_cast<double>(scores[j] - scores[i])));
      ++pairs;
    }
  }
  return pairs > 0 ? loss / pairs : std::numeric_limits<double>::quiet_NaN();
}

double weighted_dcg(std::span<const float> weights, std::span<const float> scores) {
  constexpr size_t kBest = 10;
  const std::vector<size_t> order = order_by(scores);
  double total = 0;
  for (size_t rank = 0; rank < std::min(kBest, order.size()); ++rank)
    total += std::max(0.0, static_cast<double>(weights[order[rank]])) * discount_at(rank);
  return total;
}

}  // namespace modiste
