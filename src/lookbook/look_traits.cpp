#include "lookbook/look_traits.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace modiste::lookbook {
namespace {

constexpr float kDoesNotCount = std::numeric_limits<float>::quiet_NaN();
constexpr size_t kScaleSteps = 512;   // percentiles to a fifth of a percent
constexpr double kSharePrior = 1e-3;  // of a term among what is chosen: below it nothing is told from noise
constexpr double kRarestShare = 0.7;  // of a look's dare; the rest is contrast
constexpr double kContrastFull = 100;

bool is_daring(Facet facet) {
  return facet == Facet::kColour || facet == Facet::kPattern || facet == Facet::kSilhouette ||
         facet == Facet::kFit || facet == Facet::kLength || facet == Facet::kNeckline ||
         facet == Facet::kSleeve;
}
// What a fashion is made of. Categories and seasons rise and fall with the weather.
bool is_fashion(Facet facet) {
  return is_daring(facet) || facet == Facet::kAesthetic || facet == Facet::kFabric;
}

double lab_distance(const Lab& a, const Lab& b) {
  const double l = static_cast<double>(a.l) - static_cast<double>(b.l);
  const double x = static_cast<double>(a.a) - static_cast<double>(b.a);
  const double y = static_cast<double>(a.b) - static_cast<double>(b.b);
  return std::sqrt(l * l + x * x + y * y);
}

}  // namespace

GarmentTraits::Scale GarmentTraits::Scale::of(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  if (values.size() <= kScaleSteps) return {std::move(values)};
  std::vector<float> steps(kScaleSteps);
  for (size_t i = 0; i < kScaleSteps; ++i) steps[i] = values[i * (values.size() - 1) / (kScaleSteps - 1)];
  return {std::move(steps)};
}

double GarmentTraits::Scale::place(double value) const {
  if (steps.empty()) return 0.5;
  const auto [low, high] = std::equal_range(steps.begin(), steps.end(), static_cast<float>(value));
  return static_cast<double>((low - steps.begin()) + (high - steps.begin())) /
         (2 * static_cast<double>(steps.size()));
}

std::optional<double> GarmentTraits::mean(const ItemFacts& facts, const std::vector<float>& by_term) const {
  double sum = 0;
  int known = 0;
  for (const TermId term : facts.terms)
    if (term < by_term.size() && !std::isnan(by_term[term]))
      sum += static_cast<double>(by_term[term]), ++known;
  if (known == 0) return std::nullopt;
  return sum / known;
}

GarmentTraits GarmentTraits::learn(std::span<const TraitItem> items, const Vocabulary& vocabulary) {
  GarmentTraits traits;
  const size_t terms = vocabulary.terms().size();
  std::vector<double> having(terms), now(terms), before(terms);
  double now_all = 0, before_all = 0;
  for (const TraitItem& item : items) {
    now_all += item.chosen_now, before_all += item.chosen_before;
    for (const TermId term : item.facts->terms)
      ++having[term], now[term] += item.chosen_now, before[term] += item.chosen_before;
  }
  traits.rise_.assign(terms, kDoesNotCount), traits.surprise_.assign(terms, kDoesNotCount);
  const bool history = now_all > 0 && before_all > 0;
  for (size_t t = 0; t < terms; ++t) {
    if (having[t] == 0) continue;
    const Facet facet = vocabulary.term(static_cast<TermId>(t)).facet;
    if (is_daring(facet))
      traits.surprise_[t] = static_cast<float>(-std::log2(having[t] / static_cast<double>(items.size())));
    if (is_fashion(facet) && history)
      traits.rise_[t] = static_cast<float>(
          std::log((now[t] / now_all + kSharePrior) / (before[t] / before_all + kSharePrior)));
  }
  std::vector<float> vibes, trends, dares;
  for (const TraitItem& item : items) {
    if (item.dressiness) vibes.push_back(static_cast<float>(*item.dressiness));
    if (const auto rise = traits.mean(*item.facts, traits.rise_)) trends.push_back(static_cast<float>(*rise));
    if (const auto rare = traits.mean(*item.facts, traits.surprise_))
      dares.push_back(static_cast<float>(*rare));
  }
  traits.vibe_ = Scale::of(std::move(vibes));
  traits.trend_ = Scale::of(std::move(trends));
  traits.dare_ = Scale::of(std::move(dares));
  return traits;
}

LookTraits GarmentTraits::of(const ItemFacts& facts, std::optional<double> dressiness) const {
  LookTraits traits;
  if (dressiness) traits.vibe = vibe_.place(*dressiness);
  if (const auto rise = mean(facts, rise_)) traits.trend = trend_.place(*rise);
  if (const auto rare = mean(facts, surprise_)) traits.dare = dare_.place(*rare);
  return traits;
}

LookTraits traits_of_look(std::span<const LookTraits> pieces, std::span<const std::optional<Lab>> colours) {
  if (pieces.empty()) return {};
  LookTraits look{0, 0, 0};
  double rarest = 0, contrast = 0;
  for (const LookTraits& piece : pieces) {
    look.vibe += piece.vibe, look.trend += piece.trend;
    rarest = std::max(rarest, piece.dare);
  }
  for (size_t i = 0; i < colours.size(); ++i)
    for (size_t j = i + 1; j < colours.size(); ++j)
      if (colours[i] && colours[j])
        contrast = std::max(contrast, lab_distance(*colours[i], *colours[j]) / kContrastFull);
  look.vibe /= static_cast<double>(pieces.size());
  look.trend /= static_cast<double>(pieces.size());
  look.dare = kRarestShare * rarest + (1 - kRarestShare) * std::min(1.0, contrast);
  return look;
}

TraitDirection direction_of(const LookTraits& traits) {
  return {traits.vibe - 0.5, traits.trend - 0.5, traits.dare - 0.5};
}

TraitDirection direction_of(std::span<const TraitSignal> signals) {
  TraitDirection sum{};
  double weight = 0;
  for (const TraitSignal& signal : signals) {
    const TraitDirection one = direction_of(signal.traits);
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += signal.weight * one[i];
    weight += std::abs(signal.weight);
  }
  if (weight > 0)
    for (double& value : sum) value /= weight + kTraitPrior;
  return sum;
}

double cosine(const TraitDirection& a, const TraitDirection& b) {
  double dot = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) dot += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
  constexpr double kNoDirection = 1e-9;
  return aa < kNoDirection || bb < kNoDirection ? 0 : dot / std::sqrt(aa * bb);
}

}  // namespace modiste::lookbook
