#include "style/shopper_state.h"

#include <algorithm>
#include <cmath>

namespace modiste {
namespace {

float blended(const Evidence& evidence, const ShopperState& state, const StyleOptions& options) {
  // A passing is worth as much as makes the average garment neutral, so that a term met in every garment says
  // nothing.
  const float fairness = (state.positive_total + 1) / (state.negative_total + 1);
  const float against = evidence.negative * fairness;
  const float known = (evidence.positive - against) /
                      (evidence.positive + against + options.prior_strength * std::min(1.0F, fairness));
  return (1 - options.ema_share) * known + options.ema_share * evidence.ema;
}

template <class Key>
float look_up(const std::map<Key, Evidence>& table, Key key, const ShopperState& state,
              const StyleOptions& options) {
  const auto found = table.find(key);
  return found == table.end() ? 0 : blended(found->second, state, options);
}

template <class Key>
void decay(std::map<Key, Evidence>& table, float by) {
  for (auto& [key, evidence] : table) {
    evidence.positive *= by;
    evidence.negative *= by;
  }
}

void learn(Evidence& evidence, float weight, const StyleOptions& options) {
  evidence.ema += options.ema_alpha * (weight - evidence.ema);
  (weight > 0 ? evidence.positive : evidence.negative) += std::abs(weight);
}

void learn_attributes(ShopperState& state, const ItemFacts& facts, float weight,
                      const StyleOptions& options) {
  decay(state.terms, options.evidence_decay);
  decay(state.brands, options.evidence_decay);
  state.positive_total *= options.evidence_decay;
  state.negative_total *= options.evidence_decay;
  (weight > 0 ? state.positive_total : state.negative_total) += std::abs(weight);
  for (const TermId term : facts.terms) learn(state.terms[term], weight, options);
  if (facts.brand != 0) learn(state.brands[facts.brand], weight, options);
}

void learn_price(ShopperState& state, float price, float weight) {
  if (weight <= 0 || price <= 0) return;
  const float logarithm = std::log(price);
  state.log_price_sum += weight * logarithm;
  state.log_price_square_sum += weight * logarithm * logarithm;
  state.price_weight += weight;
}

void learn_vector(ShopperState& state, std::span<const float> vector, float weight,
                  const StyleOptions& options) {
  if (vector.empty()) return;
  state.taste.resize(vector.size(), 0);
  for (float& x : state.taste) x *= options.taste_decay;
  add_scaled(state.taste, vector, weight);
}

void remember(std::vector<Slot>& list, Slot slot, size_t max) {
  std::erase(list, slot);
  list.push_back(slot);
  if (list.size() > max) list.erase(list.begin());
}

void remember_pass(ShopperState& state, Slot slot, const StyleOptions& options) {
  std::erase(state.liked, slot);
  state.recent_passes.push_back(slot);
  if (state.recent_passes.size() > options.recent_passes)
    state.recent_passes.erase(state.recent_passes.begin());
  auto& record = state.passed[slot];
  ++record.count;
  record.at_signal = state.signals;
  if (state.passed.size() <= options.passed_max) return;
  const auto oldest =
      std::min_element(state.passed.begin(), state.passed.end(),
                       [](const auto& a, const auto& b) { return a.second.at_signal < b.second.at_signal; });
  state.passed.erase(oldest);
}

void count(ShopperState& state, const Signal& signal, const StyleOptions& options) {
  switch (signal.type) {
    case EventType::kLike:
      ++state.likes;
      remember(state.liked, signal.slot, options.liked_max);
      break;
    case EventType::kSave:
      ++state.saves;
      remember(state.liked, signal.slot, options.liked_max);
      break;
    case EventType::kAddToCart:
      remember(state.liked, signal.slot, options.liked_max);
      break;
    case EventType::kPurchase:
      ++state.purchases;
      remember(state.liked, signal.slot, options.liked_max);
      remember(state.purchased, signal.slot, options.liked_max);
      break;
    case EventType::kPass:
      ++state.passes;
      remember_pass(state, signal.slot, options);
      break;
    case EventType::kUnsave:
      std::erase(state.liked, signal.slot);
      break;
    default:
      break;
  }
}

void note_history(ShopperState& state, const StyleOptions& options) {
  if (state.signals % static_cast<int>(options.history_every) != 0) return;
  constexpr size_t kShown = 12;
  HistoryPoint point{state.signals, {}};
  for (const auto& [term, evidence] : state.terms)
    point.affinities.emplace_back(term, blended(evidence, state, options));
  std::sort(point.affinities.begin(), point.affinities.end(),
            [](const auto& a, const auto& b) { return std::abs(a.second) > std::abs(b.second); });
  if (point.affinities.size() > kShown) point.affinities.resize(kShown);
  state.history.push_back(std::move(point));
  if (state.history.size() <= options.history_max) return;
  std::vector<HistoryPoint> thinned;
  for (size_t i = 0; i < state.history.size(); i += 2) thinned.push_back(std::move(state.history[i]));
  state.history = std::move(thinned);
}

}  // namespace

float ShopperState::affinity(TermId term, const StyleOptions& options) const {
  return look_up(terms, term, *this, options);
}

float ShopperState::brand_affinity(BrandId brand, const StyleOptions& options) const {
  return look_up(brands, brand, *this, options);
}

std::optional<float> ShopperState::price_typical() const {
  if (price_weight <= 0) return std::nullopt;
  return std::exp(log_price_sum / price_weight);
}

void fold(ShopperState& state, const Signal& signal, const StyleOptions& options) {
  if (signal.weight == 0 && signal.type != EventType::kUnsave) return;
  ++state.signals;
  if (signal.slot != kNoSlot) count(state, signal, options);
  if (signal.facts == nullptr) return;
  learn_attributes(state, *signal.facts, signal.weight, options);
  learn_price(state, signal.facts->price, signal.weight);
  learn_vector(state, signal.vector, signal.weight, options);
  note_history(state, options);
}

void fold_quiz(ShopperState& state, Wishes wishes, const StyleOptions& options) {
  for (const TermId term : wishes.terms) state.terms[term].positive += options.quiz_evidence;
  for (const BrandId brand : wishes.brands) state.brands[brand].positive += options.quiz_evidence;
  state.wishes = std::move(wishes);
  state.wishes.answered = true;
}

}  // namespace modiste
