#include "context/modulation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/binary_fields.h"

namespace modiste {
namespace {

template <class E>
TermId named_term(Facet facet, E value, const Vocabulary& vocabulary) {
  const Term* term = vocabulary.find(facet, name_of(value));
  CHECK(term != nullptr);
  return term->id;
}

// 1 at distance 0, 0 at the tolerance, -1 from twice the tolerance on.
double closeness(double a, double b, double tolerance) {
  return std::max(-1.0, 1 - std::abs(a - b) / tolerance);
}

double strength(Provenance known, double said, double guessed) {
  return known == Provenance::kExplicit ? said : guessed;
}

// Certainty of a distribution, from 0 (uniform) to 1: how far its largest share exceeds the others.
template <size_t N>
double certainty(const std::array<double, N>& shares) {
  constexpr double kEven = 1.0 / N;
  return (*std::max_element(shares.begin(), shares.end()) - kEven) / (1 - kEven);
}

class Weights {
 public:
  void add(TermId term, double weight) { sums_[term] += weight; }
  [[nodiscard]] std::vector<TermWeight> list() const {
    constexpr double kNoise = 1e-3;
    std::vector<TermWeight> terms;
    for (const auto& [term, sum] : sums_)
      if (std::abs(sum) > kNoise) terms.push_back({term, static_cast<float>(std::clamp(sum, -1.0, 1.0))});
    return terms;
  }

 private:
  std::map<TermId, double> sums_;
};

void add_warmth(Weights& weights, const Context& context, const Vocabulary& vocabulary,
                const ModulationOptions& options) {
  const bool sure =
      context.warmth_known == Provenance::kExplicit || context.warmth_known == Provenance::kWeather;
  const double most = sure ? (options.said + options.guessed) / 2 : options.guessed;
  for (const Facet facet : {Facet::kFabric, Facet::kCategory})
    for (const Term& term : vocabulary.terms(facet))
      if (term.warmth)
        weights.add(term.id, most * closeness(*term.warmth, context.warmth, options.warmth_tolerance));
}

void add_direction(Vector& sum, const Vector& direction, double weight) {
  if (direction.empty()) return;
  if (sum.empty()) sum.assign(direction.size(), 0);
  if (sum.size() == direction.size()) add_scaled(sum, direction, static_cast<float>(weight));
}

}  // namespace

TermId term_of(Occasion occasion, const Vocabulary& vocabulary) {
  return named_term(Facet::kOccasion, occasion, vocabulary);
}

TermId term_of(Season season, const Vocabulary& vocabulary) {
  return named_term(Facet::kSeason, season, vocabulary);
}

void count_occasions(std::span<const TermId> garment_terms, const Vocabulary& vocabulary,
                     OccasionCounts& counts) {
  const TermId first = vocabulary.terms(Facet::kOccasion).front().id;
  std::vector<size_t> found;
  for (const TermId term : garment_terms)
    if (term >= first && term < first + kOccasionCount) found.push_back(term - first);
  for (const size_t occasion : found) counts[occasion] += 1.0 / static_cast<double>(found.size());
}

Modulation modulate(const Context& context, const Vocabulary& vocabulary, const ModulationOptions& options) {
  Weights weights;
  Modulation modulation;
  const double occasion_most = strength(context.occasions_known, options.said, options.guessed);
  for (size_t o = 0; o < kOccasionCount; ++o) {
    const Term& term = vocabulary.term(term_of(static_cast<Occasion>(o), vocabulary));
    weights.add(term.id, occasion_most * (context.occasions[o] - 1.0 / kOccasionCount));
    modulation.formality += context.occasions[o] * static_cast<double>(term.formality.value_or(0.5F));
  }
  const double formality_most = occasion_most * options.formality_share * certainty(context.occasions);
  for (const Term& term : vocabulary.terms(Facet::kCategory))
    if (term.formality)
      weights.add(term.id, formality_most * closeness(static_cast<double>(*term.formality),
                                                      modulation.formality, options.formality_tolerance));

  const double season_most = strength(context.seasons_known, options.said, options.guessed);
  for (size_t s = 0; s < kSeasonCount; ++s)
    weights.add(term_of(static_cast<Season>(s), vocabulary),
                season_most * (context.seasons[s] - 1.0 / kSeasonCount));
  weights.add(vocabulary.find(Facet::kSeason, "rainy")->id,
              context.wet * (options.said + options.guessed) / 2);
  weights.add(vocabulary.find(Facet::kSeason, "windy")->id,
              context.windy * (options.said + options.guessed) / 2);
  add_warmth(weights, context, vocabulary, options);
  modulation.terms = weights.list();
  return modulation;
}

ContextDirections::Builder::Builder(const Vocabulary& vocabulary) {
  for (size_t o = 0; o < kOccasionCount; ++o) terms_[o] = term_of(static_cast<Occasion>(o), vocabulary);
  for (size_t s = 0; s < kSeasonCount; ++s)
    terms_[kOccasionCount + s] = term_of(static_cast<Season>(s), vocabulary);
}

void ContextDirections::Builder::add(std::span<const float> vector, std::span<const TermId> terms) {
  if (total_.empty()) {
    total_.assign(vector.size(), 0);
    for (auto& sum : sums_) sum.assign(vector.size(), 0);
  }
  if (vector.empty() || vector.size() != total_.size()) return;
  const auto add_to = [&](std::vector<double>& sum) {
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += static_cast<double>(vector[i]);
  };
  add_to(total_);
  ++count_;
  for (size_t c = 0; c < kCount; ++c)
    if (std::find(terms.begin(), terms.end(), terms_[c]) != terms.end()) {
      add_to(sums_[c]);
      ++counts_[c];
    }
}

ContextDirections ContextDirections::Builder::build(const ModulationOptions& options) const {
  ContextDirections directions;
  for (size_t c = 0; c < kCount; ++c) {
    if (counts_[c] == 0 || counts_[c] == count_) continue;
    Vector direction(total_.size());
    for (size_t i = 0; i < direction.size(); ++i)
      direction[i] = static_cast<float>(sums_[c][i] / counts_[c] - total_[i] / count_);
    if (!normalise(direction)) continue;
    const auto trust = static_cast<float>(counts_[c] / (counts_[c] + options.centroid_half));
    for (float& value : direction) value *= trust;
    (c < kOccasionCount ? directions.occasions_[c] : directions.seasons_[c - kOccasionCount]) =
        std::move(direction);
  }
  return directions;
}

void ContextDirections::save(std::string& out) const {
  BinaryWriter writer(out);
  for (const Vector& direction : occasions_) writer.numbers(direction);
  for (const Vector& direction : seasons_) writer.numbers(direction);
}

Result<ContextDirections> ContextDirections::load(std::string_view bytes) {
  ContextDirections directions;
  TRY(load_fields(bytes, "directions of contexts", [&](BinaryReader& reader) {
    for (Vector& direction : directions.occasions_) reader.numbers(direction);
    for (Vector& direction : directions.seasons_) reader.numbers(direction);
  }));
  return directions;
}

Vector ContextDirections::shift(const Vector& query, const Context& context,
                                const ModulationOptions& options) const {
  const double by_occasion = strength(context.occasions_known, options.shift_said, options.shift_guessed);
  const double by_season = strength(context.seasons_known, options.shift_said, options.shift_guessed);
  const bool said =
      context.occasions_known == Provenance::kExplicit || context.seasons_known == Provenance::kExplicit;
  Vector sum = query;
  if (!sum.empty() && !normalise(sum)) sum.clear();
  if (sum.empty() && !said) return query;
  for (size_t o = 0; o < kOccasionCount; ++o)
    add_direction(sum, occasions_[o], by_occasion * context.occasions[o]);
  for (size_t s = 0; s < kSeasonCount; ++s) add_direction(sum, seasons_[s], by_season * context.seasons[s]);
  return !sum.empty() && normalise(sum) ? sum : query;
}

}  // namespace modiste
