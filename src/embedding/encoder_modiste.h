// The default encoder: ResNet-50 and MiniLM with trained heads.
#pragma once

#include <memory>

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

// kCorrupt: not a file of heads, or one that was made for other towers than this program has.
Result<ProjectionHeads> read_heads(std::span<const std::byte> file);

// vocabulary: borrowed, must outlive the encoder.
[[nodiscard]] std::unique_ptr<Encoder> make_modiste_encoder(ModisteEncoderParts parts,
                                                            const Vocabulary& vocabulary);

}  // namespace modiste
