// Private to head_training: includes LibTorch. The losses that train the projection heads.
#pragma once

#include "head_training/torch.h"

namespace modiste {

// Relations between the rows of a batch, as byte matrices of rows x columns. Pairs that are neither positive
// nor negative are left out of the sums.
struct Relations {
  at::Tensor positive, negative;
};

// InfoNCE with several positives per row (UniCL, Yang et al. 2022): for each row the cross-entropy between
// softmax of cosines / temperature over positives and negatives, and the uniform distribution over its
// positives; mean over rows that have a positive. Zero without any positive.
[[nodiscard]] at::Tensor info_nce(const at::Tensor& logits, const Relations& relations);

// In both directions, as in CLIP.
[[nodiscard]] at::Tensor symmetric_info_nce(const at::Tensor& images, const at::Tensor& texts,
                                            const at::Tensor& temperature, const Relations& relations);

// Cross-entropy over rows whose label is known (>= 0), with label smoothing (Szegedy et al. 2016). Zero when
// no label is known.
[[nodiscard]] at::Tensor known_cross_entropy(const at::Tensor& logits, const at::Tensor& labels,
                                             double smoothing);

}  // namespace modiste
