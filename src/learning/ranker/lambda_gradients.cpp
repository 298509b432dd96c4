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

void add_answer(std::span<const float> weights, std::span<const float> scores, std::span<float> gradient,
                std::span<float> hessian) {
  const std::vector<size_t> order = order_by(scores);
  std::vector<double> discount(scores.size());
  for (size_t rank = 0; rank < order.size(); ++rank) discount[order[rank]] = discount_at(rank);
  for (size_t i = 0; i < scores.size(); ++i) {
    if (weights[i] == 0) continue;
    const double sign = weights[i] > 0 ? 1 : -1, weight = std::abs(static_cast<double>(weights[i]));
    for (size_t j = 0; j < scores.size(); ++j) {
      if (j == i) continue;
      const double lead = sign * static_cast<double>(scores[i] - scores[j]);
      const double p = 1 / (1 + std::exp(lead));  // that the pair stands the wrong way round
      const double strength = weight * std::abs(discount[i] - discount[j]);
      const auto push = static_cast<float>(sign * strength * p);
      const auto curve = static_cast<float>(strength * p * (1 - p));
      gradient[i] -= push;
      gradient[j] += push;
      hessian[i] += curve;
      hessian[j] += curve;
    }
  }
}

}  // namespace

std::vector<float> document_weights(const RankingRows& rows, const PositionBias& bias, double clip) {
  std::vector<float> weights;
  weights.reserve(rows.rows.size());
  for (const RankingRow& row : rows.rows) {
    const double worth = row.gain > 0 ? row.gain : row.passed ? -kPassCost : 0;
    weights.push_back(static_cast<float>(worth / std::max(clip, bias.examined(row.position))));
  }
  return weights;
}

void add_lambda_gradients(const RankingRows& rows, size_t first, size_t last, std::span<const float> weights,
                          std::span<const float> scores, std::span<float> gradient,
                          std::span<float> hessian) {
  for (size_t answer = first; answer < last; ++answer) {
    const size_t begin = rows.begin(answer), size = rows.ends[answer] - begin;
    add_answer(weights.subspan(begin, size), scores.subspan(begin, size), gradient.subspan(begin, size),
               hessian.subspan(begin, size));
  }
}

double weighted_ndcg(std::span<const float> weights, std::span<const float> scores) {
  constexpr size_t kBest = 10;
  const auto sum = [&](std::span<const float> by) {
    const std::vector<size_t> order = order_by(by);
    double total = 0;
    for (size_t rank = 0; rank < std::min(kBest, order.size()); ++rank)
      total += std::max(0.0, static_cast<double>(weights[order[rank]])) * discount_at(rank);
    return total;
  };
  const double most = sum(weights);
  return most > 0 ? sum(scores) / most : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace modiste
