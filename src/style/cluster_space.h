// The vector space in which garments are near each other if their embeddings and attributes are similar: the
// item's embedding followed by its attributes as indicators, each facet scaled by the root of its weight, so
// that a squared distance is a weighted sum of the differences.
//
// Immutable. Threads: any.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/vector_math.h"
#include "catalog/item.h"

namespace modiste {

struct ClusterSpaceOptions {
  // Weight of a full difference in a facet. Facets that define a style weigh most; category is kept
  // low, so that a style may include both tops and skirts; department has no weight, because it
  // says nothing about style.
  std::array<float, kFacetCount> facet_weight = [] {
    std::array<float, kFacetCount> weight{};
    const auto set = [&](Facet facet, float value) { weight[static_cast<size_t>(facet)] = value; };
    set(Facet::kAesthetic, 1.5F);
    set(Facet::kOccasion, 1.0F);
    set(Facet::kPattern, 1.0F);
    set(Facet::kCategory, 0.6F);
    set(Facet::kColour, 0.4F);
    set(Facet::kFabric, 0.5F);
    set(Facet::kSilhouette, 0.5F);
    set(Facet::kSeason, 0.4F);
    set(Facet::kFit, 0.3F);
    set(Facet::kLength, 0.2F);
    return weight;
  }();
  float tone_weight = 0.6F;       // dark, light, bright: a property shared by many colours
  float formality_weight = 1.5F;  // between lounge (0) and black tie (1)
  // Vectors are scaled so that their mean squared difference from the mean becomes this.
  float vector_weight = 1.5F;
};

// Index of an attribute: a TermId, or a tone after the last term.
using AttributeId = uint16_t;

enum class Tone : uint8_t { kDark, kLight, kBright };
inline constexpr std::array<std::string_view, 3> kToneLabels{"Dark", "Light", "Bright"};

class ClusterSpace {
 public:
  // vectors: the vectors of all items that have one, of equal length; their mean and spread fix the scale of
  // the vector block.
  ClusterSpace(const Vocabulary& vocabulary, const ClusterSpaceOptions& options,
               std::span<const std::span<const float>> vectors);

  [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }
  [[nodiscard]] size_t columns() const { return attribute_count() + 1 + vector_mean_.size(); }
  [[nodiscard]] size_t attribute_columns() const { return attribute_count() + 1; }  // the first columns
  [[nodiscard]] size_t attribute_count() const { return vocabulary_->terms().size() + kToneLabels.size(); }
  [[nodiscard]] size_t vector_size() const { return vector_mean_.size(); }

  // Terms and tones of an item, sorted and unique.
  [[nodiscard]] std::vector<AttributeId> attributes(const ItemFacts& facts) const;
  // A vector of another length counts as missing, and a missing vector as the mean one.
  [[nodiscard]] Vector row(const ItemFacts& facts, std::span<const float> vector) const;

 private:
  friend class AestheticClusters;  // saves it
  ClusterSpace(const Vocabulary& vocabulary, const ClusterSpaceOptions& options)
      : vocabulary_(&vocabulary), options_(options) {}

  const Vocabulary* vocabulary_;
  ClusterSpaceOptions options_;
  Vector vector_mean_;
  float vector_scale_ = 0;
};

}  // namespace modiste
