// Private to nn: includes LibTorch. The transformer encoder that BERT and CLIP share (Vaswani et al. 2017).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "nn/tensor_source.h"
#include "nn/torch.h"

namespace modiste {

// x W + b, with W stored as in x out: OpenBLAS multiplies few rows a fifth faster in this way
// than by the transpose.
struct Linear {
  at::Tensor weight, bias;  // bias may be undefined

  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
};

struct LayerNorm {
  at::Tensor weight, bias;
  double epsilon = 1e-5;

  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const;
};

// name.weight (out x in, as checkpoints store it) and name.bias.
Linear take_linear(TensorSource& source, const std::string& name, int64_t in, int64_t out, bool bias = true);
LayerNorm take_layer_norm(TensorSource& source, const std::string& name, int64_t size, double epsilon);

enum class Activation : uint8_t { kGelu, kQuickGelu };  // quick: x * sigmoid(1.702 x)
enum class NormPlace : uint8_t { kBefore, kAfter };     // CLIP, BERT

struct TransformerShape {
  int64_t width = 0, heads = 0, hidden = 0, layers = 0;
  double norm_epsilon = 1e-5;
  Activation activation = Activation::kGelu;
  NormPlace norm = NormPlace::kBefore;
};

// The names of a layer's parts in a checkpoint.
struct LayerNames {
  std::string query, key, value, output, up, down, attention_norm, mlp_norm;
};

class Transformer {
 public:
  Transformer() = default;
  Transformer(TensorSource& source, const TransformerShape& shape,
              const std::function<LayerNames(int64_t layer)>& names);

  // x: batch x tokens x width. mask: added to the attention logits, broadcast to batch x heads x tokens x
  // tokens; undefined for none.
  [[nodiscard]] at::Tensor operator()(at::Tensor x, const at::Tensor& mask) const;

 private:
  struct Layer {
    Linear query_key_value, output, up, down;
    LayerNorm attention_norm, mlp_norm;
  };

  [[nodiscard]] at::Tensor attend(const Layer& layer, const at::Tensor& x, const at::Tensor& mask) const;
  [[nodiscard]] at::Tensor feed_forward(const Layer& layer, const at::Tensor& x) const;

  TransformerShape shape_;
  std::vector<Layer> layers_;
};

// A matrix with zeros on and below the diagonal and minus infinity above: no token sees a later one.
[[nodiscard]] at::Tensor causal_mask(int64_t tokens);

}  // namespace modiste
