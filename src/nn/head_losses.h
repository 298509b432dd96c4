// Private to nn: includes LibTorch. The losses that train the projection heads.
#pragma once

#include "nn/torch.h"

namespace modiste {

// How two rows of a batch stand to each other, as byte matrices of rows x columns. What is neither positive
// nor negative is left out of the sums.
struct Relations {
  at::Tensor positive, negative;
};

// InfoNCE with several positives per row (UniCL, Yang et al. 2022): for each row the cross-entropy between
// softmax of cosines / temperature over positives and negatives, and the uniform distribution over its
// positives; mean over rows that have a positive. Zero when none has.
[[nodiscard]] at::Tensor info_nce(const at::Tensor& logits, const Relations& relations);

// Both ways, as in CLIP.
[[nodiscard]] at::Tensor symmetric_info_nce(const at::Tensor& images, const at::Tensor& texts,
                                            const at::Tensor& temperature, const Relations& relations);

// Cross-entropy over rows whose label is known (>= 0), with label smoothing (Szegedy et al. 2016). Zero when
// no label is known.
[[nodiscard]] at::Tensor known_cross_entropy(const at::Tensor& logits, const at::Tensor& labels,
                                             double smoothing);

}  // namespace modiste
