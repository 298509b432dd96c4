// CLIP as an encoder: its own vector space, and tags by the nearest prompt of the vocabulary.
#pragma once

#include <memory>

#include "embedding/encoder.h"
#include "nn/clip.h"

namespace modiste {

// id: identifies the checkpoint, see Encoder::id. vocabulary: borrowed, must outlive the encoder.
[[nodiscard]] std::unique_ptr<Encoder> make_clip_encoder(Clip clip, std::string id,
                                                         const Vocabulary& vocabulary);

}  // namespace modiste
