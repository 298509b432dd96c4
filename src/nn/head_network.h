// Private to nn: includes LibTorch. The heads' layers, shared by serving and training.
#pragma once

#include <vector>

#include "nn/projection_heads.h"
#include "nn/tensor_source.h"
#include "nn/torch.h"
#include "nn/transformer.h"

namespace modiste {

struct HeadTower {
  Linear hidden, output;

  [[nodiscard]] at::Tensor hidden_layer(const at::Tensor& features) const {
    return at::gelu(hidden(features));
  }
  [[nodiscard]] at::Tensor unit_vectors(const at::Tensor& hidden_layer) const;
};

struct HeadNetwork {
  HeadsInfo info;
  HeadTower image, text;
  Linear kept;                     // used when info.kept > 0
  Linear colour_names;             // used when there are info.colour_terms
  std::vector<Linear> attributes;  // over the image tower's hidden layer

  struct Layer {
    std::string name;  // "image.hidden"; the file's tensors are name.weight and name.bias
    Linear* linear;
    int64_t in, out;
    bool trained = true;  // by gradient; the kept directions are fitted at once
  };
  // All layers, in the order of info; the only place that knows their names and sizes.
  [[nodiscard]] std::vector<Layer> layers();
  // rows x dimension of length 1, from the image tower's hidden layer and the features under it.
  [[nodiscard]] at::Tensor image_vectors(const at::Tensor& hidden_layer, const at::Tensor& features) const;
};

// Rows of length 1.
[[nodiscard]] at::Tensor unit_rows(const at::Tensor& x);

// kInvalid names the size, facet or list that is out of its limits.
[[nodiscard]] Result<Done> check_heads_info(const HeadsInfo& info);

}  // namespace modiste
