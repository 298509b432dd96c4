// CLIP as an encoder: its own vector space, and tags by the nearest prompt of the vocabulary.
#pragma once

#include <memory>

#include "embedding/encoder.h"
#include "embedding/on_demand.h"
#include "nn/clip.h"

namespace modiste {

// load: loads the checkpoint again after it was given back. id: identifies the checkpoint, see Encoder::id.
// vocabulary: borrowed, must outlive the encoder.
[[nodiscard]] std::unique_ptr<Encoder> make_clip_encoder(Clip clip, OnDemand<Clip>::Load load, std::string id,
                                                         const Vocabulary& vocabulary);

}  // namespace modiste
