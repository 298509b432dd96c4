#include "style/divergence.h"

#include <cmath>
#include <limits>

namespace modiste {
namespace {

constexpr size_t kFacets = StyleModel::kCompared.size();

struct FacetSums {
  float session = 0;  // evidence
  float known = 0;    // evidence of the predictions, by share
  float even = 0;     // probability that the uniform priors give each term of the facet
  float met = 0;      // predicted probability of the terms in the session
  float divergence = 0;
};
using Sums = std::array<FacetSums, kFacets>;

// Visits the liked terms of a taste in the compared facets.
template <class Visit>
void each_liked(const Taste& taste, const StyleModel& model, const Visit& visit) {
  for (size_t i = 0; i < taste.terms.size(); ++i) {
    const Evidence& evidence = taste.terms[i];
    const uint8_t facet = model.facet(static_cast<TermId>(evidence.key));
    if (facet != StyleModel::kNotCompared && evidence.positive > 0) visit(i, facet, evidence.positive);
  }
}

// Adds one prediction: of the session's terms (in their order) and of the facets.
void add_prediction(const Prediction& prediction, const Taste& session, const StyleModel& model, Sums& sums,
                    std::vector<float>& predicted) {
  const float prior = model.options().mode_prior;
  std::array<float, kFacets> totals{};
  each_liked(*prediction.taste, model,
             [&](size_t, uint8_t facet, float positive) { totals[facet] += positive; });
  size_t i = 0;
  each_liked(*prediction.taste, model, [&](size_t at, uint8_t facet, float positive) {
    const uint32_t key = prediction.taste->terms[at].key;
    while (i < session.terms.size() && session.terms[i].key < key) ++i;
    if (i < session.terms.size() && session.terms[i].key == key)
      predicted[i] += prediction.share * positive / (totals[facet] + prior);
  });
  for (size_t f = 0; f < kFacets; ++f) {
    sums[f].known += prediction.share * totals[f];
    sums[f].even += prediction.share * prior / (totals[f] + prior) / static_cast<float>(model.facet_size(f));
  }
}

// The contribution of one term to the divergence of q and p.
float part(float q, float p) {
  const float middle = (q + p) / 2;
  return (q > 0 ? q / 2 * std::log2(q / middle) : 0) + (p > 0 ? p / 2 * std::log2(p / middle) : 0);
}

std::optional<float> cosine_of(std::span<const float> a, std::span<const float> b) {
  if (a.empty() || a.size() != b.size()) return std::nullopt;
  const float lengths = std::sqrt(dot(a, a) * dot(b, b));
  if (!(lengths > 0)) return std::nullopt;
  return dot(a, b) / lengths;
}

// The greatest distance at which a session belongs to a mode. A mode that comes from the quiz
// only accepts any session.
float limit_of(const Taste& mode, const StyleOptions& options) {
  if (!(mode.positive_total > 0)) return std::numeric_limits<float>::infinity();
  return options.surprise_min * (1 + options.loose_evidence / mode.positive_total);
}

}  // namespace

float divergence(const Taste& session, std::span<const Prediction> predictions, const StyleModel& model) {
  const StyleOptions& options = model.options();
  Sums sums{};
  std::vector<float> predicted(session.terms.size(), 0);
  for (const Prediction& prediction : predictions)
    add_prediction(prediction, session, model, sums, predicted);
  each_liked(session, model, [&](size_t, uint8_t facet, float liked) { sums[facet].session += liked; });

  const auto own_of = [&](const FacetSums& facet) {
    return facet.session / (facet.session + options.session_prior);
  };
  each_liked(session, model, [&](size_t i, uint8_t f, float liked) {
    FacetSums& facet = sums[f];
    const float own = own_of(facet), p = predicted[i] + facet.even;
    facet.met += p;
    facet.divergence += part(own * liked / facet.session + (1 - own) * p, p);
  });
  float sum = 0, facets = 0;
  for (const FacetSums& facet : sums) {
    if (!(facet.session > 0) || facet.known < options.facet_evidence_min) continue;
    // The session gives every other term (1 - own) p, so together they contribute the same
    // per unit of probability.
    sum += facet.divergence + (1 - facet.met) * part(1 - own_of(facet), 1);
    ++facets;
  }
  const float liked = session.positive_total;
  for (const Prediction& prediction : predictions) {
    const auto cosine = cosine_of(session.vector, prediction.taste->vector);
    if (!cosine) continue;
    const float own = liked / (liked + options.session_prior);
    sum += prediction.share * options.look_facets * own * (1 - *cosine) / 2;
    facets += prediction.share * options.look_facets;
  }
  return facets > 0 ? sum / facets : 0;
}

float divergence(const Taste& session, const Taste& mode, const StyleModel& model) {
  const Prediction only{&mode, 1};
  return divergence(session, {&only, 1}, model);
}

float agreement(const Taste& a, const Taste& b, const StyleOptions& options) {
  float both = 0, square_a = 0, square_b = 0;
  auto of_b = b.terms.begin();
  for (const Evidence& evidence : a.terms) {
    const float leaning = a.known_affinity(evidence, options);
    square_a += leaning * leaning;
    while (of_b != b.terms.end() && of_b->key < evidence.key) ++of_b;
    if (of_b != b.terms.end() && of_b->key == evidence.key)
      both += leaning * b.known_affinity(*of_b, options);
  }
  for (const Evidence& evidence : b.terms) {
    const float leaning = b.known_affinity(evidence, options);
    square_b += leaning * leaning;
  }
  const float lengths = std::sqrt(square_a * square_b);
  return lengths > 0 ? both / lengths : 0;
}

ModeMatch match_mode(const Taste& session, const Taste& mode, const StyleModel& model) {
  const StyleOptions& options = model.options();
  const float heard = mode.positive_total / (mode.positive_total + options.agreement_half);
  const float unlike =
      divergence(session, mode, model) - options.agreement_weight * heard * agreement(session, mode, options);
  return {unlike, unlike / limit_of(mode, options)};
}

}  // namespace modiste
