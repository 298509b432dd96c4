#include "features/source_shares.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/vector_math.h"

namespace modiste {
namespace {

// To the power of 8, which was chosen in `modiste simulate style`.
float sharpened(float share) {
  const float square = share * share, fourth = square * square;
  return fourth * fourth;
}

template <class ValueOf>
std::vector<float> blend_by_taste(size_t items, std::span<const TasteShare> tastes, const ValueOf& value_of) {
  const auto counts = [](const TasteShare& part) { return part.share >= kTasteShareMin; };
  const bool single = std::count_if(tastes.begin(), tastes.end(), counts) == 1;
  std::vector<float> blended(items, 0), values(items);
  for (size_t t = 0; t < tastes.size(); ++t) {
    if (!counts(tastes[t])) continue;
    for (size_t i = 0; i < items; ++i) values[i] = value_of(i, t);
    const auto shares = rank_shares(values);
    if (single) return shares;  // to blend one changes no order
    for (size_t i = 0; i < items; ++i) blended[i] += tastes[t].share * sharpened(shares[i]);
  }
  return rank_shares(blended);
}

// Ascending as the floats; NaN comes at an end.
uint32_t ordered_bits(float value) {
  const auto bits = std::bit_cast<uint32_t>(value);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

// The penalty of a price whose logarithm is known; see price_penalty().
float log_price_penalty(float log_price, const Taste& taste) {
  constexpr float kWeight = 0.25F, kMost = 4;
  constexpr float kLeastVariance =
      0.15F;  // of the log price: so that a few equal prices do not count as a narrow range
  const float mean = taste.log_price_sum / taste.price_weight;
  const float over = log_price - mean;
  if (over <= 0) return 0;
  const float variance =
      std::max(0.0F, taste.log_price_square_sum / taste.price_weight - mean * mean) + kLeastVariance;
  return kWeight * std::min(kMost, over * over / variance);
}

// What content_match() needs of an item whatever the taste is.
struct ContentScale {
  float root = 0;  // of the weight of its terms
  float log_price = 0;

  ContentScale(const ItemFacts& item, std::span<const float> idf) {
    float weight = 0.5F;  // the half keeps an item with one lucky term from the top
    for (const TermId term : item.terms) weight += idf[term] * idf[term];
    root = std::sqrt(weight + 1);
    if (item.price > 0) log_price = std::log(item.price);
  }
};

float content_value(const ItemFacts& item, const ContentScale& scale, const RequestFacts& request,
                    size_t part) {
  const Taste& taste = request.tastes[part].taste;
  const auto& affinity = request.affinities[part];
  float sum = 0;
  for (const TermId term : item.terms) sum += request.idf[term] * affinity[term];
  sum += taste.brand_affinity(item.brand, request.style);
  const float value = sum / scale.root;
  const bool weighs = taste.price_weight > 0 && item.price > 0;
  return value - (weighs ? log_price_penalty(scale.log_price, taste) : 0);
}

}  // namespace

float content_match(const ItemFacts& item, const RequestFacts& request, size_t part) {
  return content_value(item, ContentScale(item, request.idf), request, part);
}

float price_penalty(float price, const Taste& taste) {
  if (!(taste.price_weight > 0) || !(price > 0)) return 0;
  return log_price_penalty(std::log(price), taste);
}

float content_match(const ItemFacts& item, const RequestFacts& request) {
  float value = 0;
  for (size_t t = 0; t < request.tastes.size(); ++t)
    value += request.tastes[t].share * content_match(item, request, t);
  return value;
}

std::vector<float> rank_shares(std::span<const float> values) {
  // Value and place in one number: sorted without looking the values up.
  std::vector<uint64_t> order(values.size());
  for (size_t i = 0; i < values.size(); ++i) order[i] = uint64_t{ordered_bits(values[i])} << 32 | i;
  std::sort(order.begin(), order.end());
  const auto place = [&](size_t rank) { return static_cast<uint32_t>(order[rank]); };
  std::vector<float> shares(values.size());
  for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const float value = values[place(begin)];
    do ++end;
    while (end < order.size() && values[place(end)] == value);
    // Equal values get the middle of their ranks; if all are equal, one half.
    const float share = static_cast<float>(begin + end) / 2.0F / static_cast<float>(order.size());
    for (size_t i = begin; i < end; ++i) shares[place(i)] = share;
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
  // The facts lie apart in memory: they are asked for together, so that the wait for them is one.
  std::vector<const ItemFacts*> facts;
  facts.reserve(items.size());
  for (const Slot slot : items) __builtin_prefetch(facts.emplace_back(&request.catalog.facts(slot)));
  for (const ItemFacts* item : facts) __builtin_prefetch(item->terms.data());
  std::vector<ContentScale> scales;
  scales.reserve(items.size());
  for (const ItemFacts* item : facts) scales.emplace_back(*item, request.idf);
  return blend_by_taste(items.size(), request.tastes, [&](size_t item, size_t taste) {
    return content_value(*facts[item], scales[item], request, taste);
  });
}

std::vector<float> visual_shares(std::span<const std::span<const float>> vectors,
                                 const RequestFacts& request) {
  std::vector<Vector> directions;
  for (const TasteShare& part : request.tastes)
    if (!normalise(directions.emplace_back(part.taste.vector))) directions.back().clear();
  return blend_by_taste(vectors.size(), request.tastes, [&](size_t item, size_t taste) {
    constexpr size_t kAhead = 4, kLineFloats = 16;
    if (item + kAhead < vectors.size())
      for (size_t at = 0; at < vectors[item + kAhead].size(); at += kLineFloats)
        __builtin_prefetch(&vectors[item + kAhead][at]);
    const auto& vector = vectors[item];
    return !vector.empty() && vector.size() == directions[taste].size() ? dot(directions[taste], vector) : 0;
  });
}

}  // namespace modiste
