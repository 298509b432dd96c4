#include "ranking/objective.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace modiste {
namespace {

constexpr std::array<std::string_view, 3> kContextFeatures{"occasion_match", "season_match", "warmth_match"};

float in_unit(float value) { return std::clamp(value, 0.0F, 1.0F); }

std::vector<float> style_coherences(const FeatureMatrix& features) {
  const auto affinity = features.column("aesthetic_affinity");
  std::vector<float> values(affinity.begin(), affinity.end());
  for (float& value : values)
    if (value != kFeatureUnknown) value = in_unit((value + 1) / 2);
  return values;
}

std::vector<float> novelties(const FeatureMatrix& features, std::span<const float> scores) {
  constexpr float kHalfLifeDays = 30;  // a season has three months
  const auto age = features.column("garment_age_days");
  std::vector<float> values(age.begin(), age.end());
  for (size_t row = 0; row < values.size(); ++row)
    if (values[row] != kFeatureUnknown)
      values[row] = in_unit(scores[row] * std::exp2(-values[row] / kHalfLifeDays));
  return values;
}

std::vector<float> contexts(const FeatureMatrix& features) {
  std::vector<float> values(features.rows(), 0);
  for (size_t row = 0; row < values.size(); ++row) {
    float sum = 0;
    int known = 0;
    for (const std::string_view name : kContextFeatures)
      if (const float value = features.column(name)[row]; value != kFeatureUnknown)
        sum += in_unit(value), ++known;
    values[row] = known > 0 ? sum / static_cast<float>(known) : kFeatureUnknown;
  }
  return values;
}

std::vector<float> stocks(const FeatureMatrix& features) {
  const auto share = features.column("stock_share");
  return {share.begin(), share.end()};
}

}  // namespace

std::vector<std::string_view> objective_features(const ObjectiveWeights& weights) {
  std::vector<std::string_view> names;
  if (weights.style_coherence > 0) names.emplace_back("aesthetic_affinity");
  if (weights.novelty > 0) names.emplace_back("garment_age_days");
  if (weights.context > 0) names.insert(names.end(), kContextFeatures.begin(), kContextFeatures.end());
  if (weights.stock > 0) names.emplace_back("stock_share");
  return names;
}

void add_objective(Ranking& ranking, const FeatureMatrix& features, std::span<const float> margins,
                   const ObjectiveWeights& weights) {
  const double all = 1 + weights.sum();
  if (!(all > 1)) return;
  std::vector<float> scores(ranking.scores.size());
  const auto whole = static_cast<float>(all);
  for (size_t row = 0; row < scores.size(); ++row) scores[row] = ranking.scores[row] / whole;
  for (ScoreTerm& term : ranking.terms) term.weight /= all;
  const auto add = [&](std::string_view name, double weight, const auto& values_of) {
    if (!(weight > 0)) return;
    ScoreTerm term{name, weight / all, values_of()};
    const auto share = static_cast<float>(term.weight);
    for (size_t row = 0; row < scores.size(); ++row) {
      float& value = term.values[row];
      if (value == kFeatureUnknown) value = ranking.scores[row];
      scores[row] += share * value;
    }
    ranking.terms.push_back(std::move(term));
  };
  add("style_coherence", weights.style_coherence, [&] { return style_coherences(features); });
  add("novelty", weights.novelty, [&] { return novelties(features, ranking.scores); });
  add("context", weights.context, [&] { return contexts(features); });
  add("stock", weights.stock, [&] { return stocks(features); });
  add(kMarginPart, weights.margin, [&] { return std::vector<float>(margins.begin(), margins.end()); });
  ranking.scores = std::move(scores);
}

}  // namespace modiste
