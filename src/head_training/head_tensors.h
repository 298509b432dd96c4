// Private to head_training: includes LibTorch. The heads' layers as tensors that can have gradients, and what
// they compute: the same as nn/projection_heads.cpp does in serving, which head_trainer_test.cpp compares.
#pragma once

#include <span>
#include <vector>

#include "head_training/torch.h"
#include "nn/head_network.h"

namespace modiste {

// x W + b, with W stored as in x out.
struct Linear {
  at::Tensor weight, bias;

  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
};

using TrainedNetwork = HeadNetwork<Linear>;

// rows x in -> rows x hidden.
[[nodiscard]] at::Tensor hidden_layer(const TrainedNetwork::Tower& tower, const at::Tensor& features);
// Rows of length 1, from the tower's hidden layer.
[[nodiscard]] at::Tensor unit_vectors(const TrainedNetwork::Tower& tower, const at::Tensor& hidden);
// rows x dimension of length 1, from the image tower's hidden layer and the features under it.
[[nodiscard]] at::Tensor image_vectors(const TrainedNetwork& network, const at::Tensor& hidden,
                                       const at::Tensor& features);
[[nodiscard]] ProjectionHeads to_heads(TrainedNetwork network);

// A matrix that borrows its values; their number must be a multiple of the width.
[[nodiscard]] at::Tensor borrow_rows(std::span<const float> values, size_t width);
[[nodiscard]] std::vector<float> to_floats(const at::Tensor& tensor);

}  // namespace modiste
