#include "features/source_shares.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/vector_math.h"

namespace modiste {
namespace {

template <class ValueOf>
std::vector<float> blend_by_taste(size_t items, std::span<const TasteShare> tastes, const ValueOf& value_of) {
  constexpr float kSharpness = 8;  // chosen in `modiste simulate style`
  std::vector<float> blended(items, 0), values(items);
  for (size_t t = 0; t < tastes.size(); ++t) {
    if (tastes[t].share < kTasteShareMin) continue;
    for (size_t i = 0; i < items; ++i) values[i] = value_of(i, t);
    const auto shares = rank_shares(values);
    for (size_t i = 0; i < items; ++i) blended[i] += tastes[t].share * std::pow(shares[i], kSharpness);
  }
  return rank_shares(blended);
}

}  // namespace

float content_match(const ItemFacts& item, const RequestFacts& request, size_t part) {
  const Taste& taste = request.tastes[part].taste;
  const auto& affinity = request.affinities[part];
  float sum = 0, weight = 0.5F;  // the half keeps an item with one lucky term from the top
  for (const TermId term : item.terms) {
    const float idf = request.idf[term];
    sum += idf * affinity[term];
    weight += idf * idf;
  }
  sum += taste.brand_affinity(item.brand, request.style);
  const float value = sum / std::sqrt(weight + 1);
  return value - price_penalty(item.price, taste);
}

float price_penalty(float price, const Taste& taste) {
  constexpr float kWeight = 0.25F, kMost = 4;
  constexpr float kLeastVariance =
      0.15F;  // of the log price: so that a few equal prices do not count as a narrow range
  if (!(taste.price_weight > 0) || !(price > 0)) return 0;
  const float mean = taste.log_price_sum / taste.price_weight;
  const float over = std::log(price) - mean;
  if (over <= 0) return 0;
  const float variance =
      std::max(0.0F, taste.log_price_square_sum / taste.price_weight - mean * mean) + kLeastVariance;
  return kWeight * std::min(kMost, over * over / variance);
}

float content_match(const ItemFacts& item, const RequestFacts& request) {
  float value = 0;
  for (size_t t = 0; t < request.tastes.size(); ++t)
    value += request.tastes[t].share * content_match(item, request, t);
  return value;
}

std::vector<float> rank_shares(std::span<const float> values) {
  std::vector<uint32_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return values[a] < values[b]; });
  std::vector<float> shares(values.size());
  for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const float value = values[order[begin]];
    while (end < order.size() && values[order[end]] == value) ++end;
    // Equal values get the middle of their ranks; if all are equal, one half.
    const float share = static_cast<float>(begin + end) / 2.0F / static_cast<float>(order.size());
    for (size_t i = begin; i < end; ++i) shares[order[i]] = share;
  }
  return shares;
}

std::vector<float> log_shares(std::span<const float> values) {
  constexpr float kRange = 1'000;
  std::vector<float> shares(values.size(), 0);
  const float largest = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
  for (size_t i = 0; i < values.size(); ++i)
    if (values[i] > 0) shares[i] = std::max(0.0F, 1 + std::log(values[i] / largest) / std::log(kRange));
  return shares;
}

std::vector<float> content_shares(std::span<const Slot> items, const RequestFacts& request) {
  return blend_by_taste(items.size(), request.tastes, [&](size_t item, size_t taste) {
    return content_match(request.catalog.facts(items[item]), request, taste);
  });
}

std::vector<float> visual_shares(std::span<const std::span<const float>> vectors,
                                 const RequestFacts& request) {
  std::vector<Vector> directions;
  for (const TasteShare& part : request.tastes)
    if (!normalise(directions.emplace_back(part.taste.vector))) directions.back().clear();
  return blend_by_taste(vectors.size(), request.tastes, [&](size_t item, size_t taste) {
    const auto& vector = vectors[item];
    return !vector.empty() && vector.size() == directions[taste].size() ? dot(directions[taste], vector) : 0;
  });
}

}  // namespace modiste
