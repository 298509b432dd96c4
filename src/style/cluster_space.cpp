#include "style/cluster_space.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.h"
#include "style/kmeans.h"

namespace modiste {
namespace {

std::optional<Tone> tone_of(const Lab& lab) {
  constexpr float kDarkBelow = 36, kLightAbove = 85, kBrightChroma = 55;  // CIELAB
  if (lab.l < kDarkBelow) return Tone::kDark;
  if (std::hypot(lab.a, lab.b) > kBrightChroma) return Tone::kBright;
  if (lab.l > kLightAbove) return Tone::kLight;
  return std::nullopt;
}

}  // namespace

ClusterSpace::ClusterSpace(const Vocabulary& vocabulary, const ClusterSpaceOptions& options,
                           std::span<const std::span<const float>> vectors)
    : vocabulary_(&vocabulary), options_(options) {
  if (vectors.empty()) return;
  vector_mean_.assign(vectors.front().size(), 0);
  for (const auto vector : vectors) add_scaled(vector_mean_, vector, 1 / static_cast<float>(vectors.size()));
  double spread = 0;
  for (const auto vector : vectors) spread += static_cast<double>(squared_distance(vector, vector_mean_));
  spread /= static_cast<double>(vectors.size());
  if (spread > 0) vector_scale_ = static_cast<float>(std::sqrt(options.vector_weight / spread));
}

std::vector<AttributeId> ClusterSpace::attributes(const ItemFacts& facts) const {
  std::vector<AttributeId> out(facts.terms.begin(), facts.terms.end());
  if (facts.colour == kNoTerm) return out;
  if (const auto& lab = vocabulary_->term(facts.colour).lab)
    if (const auto tone = tone_of(*lab))
      out.push_back(static_cast<AttributeId>(vocabulary_->terms().size() + static_cast<size_t>(*tone)));
  return out;
}

Vector ClusterSpace::row(const ItemFacts& facts, std::span<const float> vector) const {
  Vector row(columns());
  const auto attributes = this->attributes(facts);
  std::array<float, kFacetCount> in_facet{};
  const size_t terms = vocabulary_->terms().size();
  for (const AttributeId id : attributes)
    if (id < terms) ++in_facet[static_cast<size_t>(vocabulary_->term(id).facet)];
  for (const AttributeId id : attributes) {
    if (id >= terms) {
      row[id] = std::sqrt(options_.tone_weight);
      continue;
    }
    const auto facet = static_cast<size_t>(vocabulary_->term(id).facet);
    row[id] = std::sqrt(options_.facet_weight[facet] / in_facet[facet]);
  }
  constexpr float kFormalityUnknown = 0.4F;  // a middle value among what shops sell
  row[attribute_count()] =
      std::sqrt(options_.formality_weight) * (facts.formality >= 0 ? facts.formality : kFormalityUnknown);
  if (vector.size() == vector_mean_.size())
    for (size_t i = 0; i < vector.size(); ++i)
      row[attribute_columns() + i] = vector_scale_ * (vector[i] - vector_mean_[i]);
  return row;
}

}  // namespace modiste
