#include "style/divergence.h"

#include <algorithm>
#include <cmath>

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
  float both = 0, square_a = 0, square_b = 0, sum_a = 0, sum_b = 0, terms = 0;
  const auto add = [&](float of_a, float of_b) {
    both += of_a * of_b;
    square_a += of_a * of_a;
    square_b += of_b * of_b;
    sum_a += of_a;
    sum_b += of_b;
    ++terms;
  };
  auto in_b = b.terms.begin();
  for (const Evidence& evidence : a.terms) {
    for (; in_b != b.terms.end() && in_b->key < evidence.key; ++in_b)
      add(0, b.known_affinity(*in_b, options));
    const bool shared = in_b != b.terms.end() && in_b->key == evidence.key;
    add(a.known_affinity(evidence, options), shared ? b.known_affinity(*in_b, options) : 0);
    if (shared) ++in_b;
  }
  for (; in_b != b.terms.end(); ++in_b) add(0, b.known_affinity(*in_b, options));
  if (a.terms.empty() || b.terms.empty()) return 0;
  const float variances = (square_a - sum_a * sum_a / terms) * (square_b - sum_b * sum_b / terms);
  return variances > 0 ? (both - sum_a * sum_b / terms) / std::sqrt(variances) : 0;
}

void learn(UsualDistance& usual, float distance, const StyleOptions& options) {
  if (usual.sessions++ == 0) {
    usual.mean = distance;
    usual.spread = options.usual_spread;
    return;
  }
  const float weight = std::max(options.usual_alpha, 1 / static_cast<float>(usual.sessions));
  const float off = distance - usual.mean;
  usual.mean += weight * off;
  usual.spread = std::sqrt((1 - options.usual_spread_alpha) * usual.spread * usual.spread +
                           options.usual_spread_alpha * off * off);
}

ModeMatch match_mode(const Taste& session, const Taste& mode, const UsualDistance& usual,
                     const StyleModel& model) {
  const StyleOptions& options = model.options();
  const float known = mode.positive_total;
  if (!(known > 0)) return {};  // of the quiz, or of passes alone: it accepts any session
  const float apart = divergence(session, mode, model);
  const float alike = options.agreement_weight * agreement(session, mode, options);
  const float distance =
      apart * known / (known + options.loose_evidence) - alike * (known + options.loose_agreement) / known;
  const float mean = usual.sessions == 0 ? options.usual_distance : usual.mean;
  const float spread =
      usual.sessions == 0 ? options.usual_spread : std::max(usual.spread, options.usual_spread_min);
  return {apart - alike, distance, (distance - mean) / (options.unusual_from * spread)};
}

}  // namespace modiste
