#include "style/taste.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

void decay(EvidenceTable& table, float by) {
  for (Evidence& evidence : table) {
    evidence.positive *= by;
    evidence.negative *= by;
  }
}

void decay(Taste& taste, float by) {
  decay(taste.terms, by);
  decay(taste.brands, by);
  taste.positive_total *= by;
  taste.negative_total *= by;
  PriceResponse& response = taste.price_response;
  for (float* weight : {&response.reduced_positive, &response.reduced_negative, &response.full_positive,
                        &response.full_negative})
    *weight *= by;
}

void learn(Evidence& evidence, float weight, const StyleOptions& options) {
  evidence.ema += options.ema_alpha * (weight - evidence.ema);
  evidence.ema_left *= 1 - options.ema_alpha;
  (weight > 0 ? evidence.positive : evidence.negative) += std::abs(weight);
}

void learn_price(Taste& taste, const Observation& lesson) {
  const float paid = lesson.price_paid > 0 ? lesson.price_paid : lesson.facts.price;
  if (paid <= 0) return;
  PriceResponse& response = taste.price_response;
  const float size = std::abs(lesson.weight);
  if (lesson.reduced)
    (lesson.weight > 0 ? response.reduced_positive : response.reduced_negative) += size;
  else
    (lesson.weight > 0 ? response.full_positive : response.full_negative) += size;
  if (lesson.weight <= 0) return;
  const float logarithm = std::log(paid);
  taste.log_price_sum += lesson.weight * logarithm;
  taste.log_price_square_sum += lesson.weight * logarithm * logarithm;
  taste.price_weight += lesson.weight;
}

// Merges two tables sorted by key in one pass.
void add_table(EvidenceTable& earlier, const EvidenceTable& later) {
  EvidenceTable sum;
  sum.reserve(earlier.size() + later.size());
  auto old = earlier.begin();
  for (const Evidence& evidence : later) {
    while (old != earlier.end() && old->key < evidence.key) sum.push_back(*old++);
    Evidence& both = sum.emplace_back(evidence);
    if (old == earlier.end() || old->key != evidence.key) continue;
    both.ema += evidence.ema_left * old->ema;
    both.ema_left *= old->ema_left;
    both.positive += old->positive;
    both.negative += old->negative;
    ++old;
  }
  sum.insert(sum.end(), old, earlier.end());
  earlier = std::move(sum);
}

float share_positive(float positive, float negative, float prior) {
  return (positive + prior / 2) / (positive + negative + prior);
}

}  // namespace

const Evidence* find_evidence(const EvidenceTable& table, uint32_t key) {
  const auto at = std::lower_bound(table.begin(), table.end(), key,
                                   [](const Evidence& evidence, uint32_t k) { return evidence.key < k; });
  return at != table.end() && at->key == key ? &*at : nullptr;
}

Evidence& evidence_of(EvidenceTable& table, uint32_t key) {
  const auto at = std::lower_bound(table.begin(), table.end(), key,
                                   [](const Evidence& evidence, uint32_t k) { return evidence.key < k; });
  if (at != table.end() && at->key == key) return *at;
  return *table.insert(at, Evidence{.key = key});
}

float Taste::known_affinity(const Evidence& evidence, const StyleOptions& options) const {
  // A pass counts as much as makes the average garment neutral, so that a term of every garment says nothing.
  const float fairness = (positive_total + 1) / (negative_total + 1);
  const float against = evidence.negative * fairness;
  return (evidence.positive - against) /
         (evidence.positive + against + options.prior_strength * std::min(1.0F, fairness));
}

float Taste::affinity(const Evidence& evidence, const StyleOptions& options) const {
  return (1 - options.ema_share) * known_affinity(evidence, options) + options.ema_share * evidence.ema;
}

float Taste::affinity(TermId term, const StyleOptions& options) const {
  const Evidence* found = find_evidence(terms, term);
  return found == nullptr ? 0 : affinity(*found, options);
}

float Taste::brand_affinity(BrandId brand, const StyleOptions& options) const {
  const Evidence* found = find_evidence(brands, brand);
  return found == nullptr ? 0 : affinity(*found, options);
}

float Taste::discount_response(const StyleOptions& options) const {
  return share_positive(price_response.reduced_positive, price_response.reduced_negative,
                        options.prior_strength) -
         share_positive(price_response.full_positive, price_response.full_negative, options.prior_strength);
}

void learn(Taste& taste, const Observation& lesson, const StyleOptions& options) {
  ++taste.signals;
  decay(taste, options.evidence_decay);
  (lesson.weight > 0 ? taste.positive_total : taste.negative_total) += std::abs(lesson.weight);
  for (const TermId term : lesson.facts.terms) learn(evidence_of(taste.terms, term), lesson.weight, options);
  if (lesson.facts.brand != 0) learn(evidence_of(taste.brands, lesson.facts.brand), lesson.weight, options);
  learn_price(taste, lesson);
  for (float& x : taste.vector) x *= options.taste_decay;
  if (lesson.vector.empty()) return;
  taste.vector.resize(lesson.vector.size(), 0);
  add_scaled(taste.vector, lesson.vector, lesson.weight);
}

void learn_left(Taste& taste, const ItemFacts& facts, std::span<const float> vector, float weight) {
  const auto add = [weight](float& negative) { negative = std::max(0.0F, negative + weight); };
  add(taste.negative_total);
  for (const TermId term : facts.terms) add(evidence_of(taste.terms, term).negative);
  if (facts.brand != 0) add(evidence_of(taste.brands, facts.brand).negative);
  if (vector.empty()) return;
  taste.vector.resize(vector.size(), 0);
  add_scaled(taste.vector, vector, -weight);
}

void add_later(Taste& earlier, const Taste& later, const StyleOptions& options) {
  const auto signals = static_cast<float>(later.signals);
  decay(earlier, std::pow(options.evidence_decay, signals));
  earlier.signals += later.signals;
  add_table(earlier.terms, later.terms);
  add_table(earlier.brands, later.brands);
  earlier.positive_total += later.positive_total;
  earlier.negative_total += later.negative_total;
  const float left = std::pow(options.taste_decay, signals);
  for (float& x : earlier.vector) x *= left;
  if (!later.vector.empty()) {
    earlier.vector.resize(later.vector.size(), 0);
    add_scaled(earlier.vector, later.vector, 1);
  }
  earlier.log_price_sum += later.log_price_sum;
  earlier.log_price_square_sum += later.log_price_square_sum;
  earlier.price_weight += later.price_weight;
  earlier.price_response.reduced_positive += later.price_response.reduced_positive;
  earlier.price_response.reduced_negative += later.price_response.reduced_negative;
  earlier.price_response.full_positive += later.price_response.full_positive;
  earlier.price_response.full_negative += later.price_response.full_negative;
}

void fade(Taste& taste, float by) {
  decay(taste, by);
  taste.log_price_sum *= by;
  taste.log_price_square_sum *= by;
  taste.price_weight *= by;
}

void forget(Taste& taste, float by) {
  fade(taste, by);
  for (EvidenceTable* table : {&taste.terms, &taste.brands})
    for (Evidence& evidence : *table) evidence.ema *= by;
  for (float& x : taste.vector) x *= by;
}

}  // namespace modiste
