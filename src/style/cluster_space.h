// The space in which garments are near when they look and are described alike: an item's vector beside its
// attributes as indicators, each facet scaled by the root of its weight, so that a squared distance is a
// weighted sum of what differs.
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
  // What a full difference in a facet weighs. What makes a style leads; what a garment is (category) is kept
  // low, so that a style may run through tops and skirts alike; department says nothing of style.
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
  float tone_weight = 0.6F;       // dark, light, bright: what many colours have in common
  float formality_weight = 1.5F;  // between lounge (0) and black tie (1)
  float vector_weight = 1.5F;     // mean squared difference of a vector from the mean vector becomes this
};

// An attribute as an index: a TermId, or a tone after the last term.
using AttributeId = uint16_t;

enum class Tone : uint8_t { kDark, kLight, kBright };
inline constexpr std::array<std::string_view, 3> kToneLabels{"Dark", "Light", "Bright"};

class ClusterSpace {
 public:
  // vectors: those that there are, all of one length; their mean and spread fix the scale of the vector
  // block.
  ClusterSpace(const Vocabulary& vocabulary, const ClusterSpaceOptions& options,
               std::span<const std::span<const float>> vectors);

  [[nodiscard]] const Vocabulary& vocabulary() const { return *vocabulary_; }
  [[nodiscard]] size_t columns() const { return attribute_count() + 1 + vector_mean_.size(); }
  [[nodiscard]] size_t attribute_columns() const { return attribute_count() + 1; }  // these come first
  [[nodiscard]] size_t attribute_count() const { return vocabulary_->terms().size() + kToneLabels.size(); }
  [[nodiscard]] size_t vector_size() const { return vector_mean_.size(); }

  // Terms and tones of an item. Sorted, unique.
  [[nodiscard]] std::vector<AttributeId> attributes(const ItemFacts& facts) const;
  // A vector of another length than the space's counts as none, and none as the mean one.
  [[nodiscard]] Vector row(const ItemFacts& facts, std::span<const float> vector) const;

 private:
  const Vocabulary* vocabulary_;
  ClusterSpaceOptions options_;
  Vector vector_mean_;
  float vector_scale_ = 0;
};

}  // namespace modiste
