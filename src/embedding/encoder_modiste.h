// The default encoder: ResNet-50 and MiniLM with trained heads.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "embedding/encoder.h"
#include "embedding/on_demand.h"
#include "embedding/towers.h"
#include "nn/projection_heads.h"

namespace modiste {

struct ModisteEncoderParts {
  OnDemand<ResNet50>::Load resnet;
  OnDemand<MiniLm>::Load minilm;
  ProjectionHeads heads;
};

// What the heads say of photos whose features are known: one definition for serving and for measuring.
// Borrows both.
class PhotoReader {
 public:
  PhotoReader(const ProjectionHeads& heads, const Vocabulary& vocabulary);
  // features: photos x kImageFeatures; palettes: one per photo.
  [[nodiscard]] std::vector<ImageUnderstanding> read(
      std::span<const float> features, std::span<const std::vector<Swatch>* const> palettes) const;

 private:
  void read_facet(size_t head, std::span<float> probabilities, ImageUnderstanding& into) const;
  const ProjectionHeads& heads_;
  const Vocabulary& vocabulary_;
  std::vector<std::optional<Facet>> facets_;  // by head; none: a facet this vocabulary does not have
};

// The conflicts that the heads may report; kinds that this program does not know are left out.
[[nodiscard]] std::vector<ConflictRule> conflict_rules_of(const HeadsInfo& info);

// kCorrupt: not a file of heads, or one that was made for other towers than this program has.
Result<ProjectionHeads> read_heads(std::span<const std::byte> file);

// vocabulary: borrowed, must outlive the encoder.
[[nodiscard]] std::unique_ptr<Encoder> make_modiste_encoder(ModisteEncoderParts parts,
                                                            const Vocabulary& vocabulary);

}  // namespace modiste
