// The default encoder: ResNet-50 and MiniLM with trained heads.
#pragma once

#include <memory>

#include "embedding/encoder_manifest.h"
#include "embedding/towers.h"
#include "nn/projection_heads.h"

namespace modiste {

struct ModisteEncoderParts {
  std::shared_ptr<const Towers> towers;
  ProjectionHeads heads;
  EncoderManifest manifest;
};

// Reads manifest.json and the heads it names. kCorrupt when they do not belong together.
Result<std::pair<ProjectionHeads, EncoderManifest>> load_heads(const FileReader& files);

// vocabulary: borrowed, must outlive the encoder.
[[nodiscard]] std::unique_ptr<Encoder> make_modiste_encoder(ModisteEncoderParts parts,
                                                            const Vocabulary& vocabulary);

}  // namespace modiste
