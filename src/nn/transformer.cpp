#include "nn/transformer.h"

#include <cmath>
#include <limits>

namespace modiste {

at::Tensor Linear::operator()(const at::Tensor& x) const {
  const auto rows = x.reshape({-1, weight.size(0)});
  auto sizes = x.sizes().vec();
  sizes.back() = weight.size(1);
  return (bias.defined() ? at::addmm(bias, rows, weight) : at::mm(rows, weight)).view(sizes);
}

at::Tensor LayerNorm::operator()(const at::Tensor& x) const {
  return at::layer_norm(x, {weight.size(0)}, weight, bias, epsilon);
}

Linear take_linear(TensorSource& source, const std::string& name, int64_t in, int64_t out, bool bias) {
  return {source.take(name + ".weight", {out, in}).t().contiguous(),
          bias ? source.take(name + ".bias", {out}) : at::Tensor()};
}

LayerNorm take_layer_norm(TensorSource& source, const std::string& name, int64_t size, double epsilon) {
  return {source.take(name + ".weight", {size}), source.take(name + ".bias", {size}), epsilon};
}

Transformer::Transformer(TensorSource& source, const TransformerShape& shape,
                         const std::function<LayerNames(int64_t)>& names)
    : shape_(shape) {
  for (int64_t i = 0; i < shape.layers; ++i) {
    const auto name = names(i);
    const auto square = [&](const std::string& part) {
      return take_linear(source, part, shape.width, shape.width);
    };
    const auto query = square(name.query), key = square(name.key), value = square(name.value);
    layers_.push_back(
        {{at::cat({query.weight, key.weight, value.weight}, 1), at::cat({query.bias, key.bias, value.bias})},
         square(name.output),
         take_linear(source, name.up, shape.width, shape.hidden),
         take_linear(source, name.down, shape.hidden, shape.width),
         take_layer_norm(source, name.attention_norm, shape.width, shape.norm_epsilon),
         take_layer_norm(source, name.mlp_norm, shape.width, shape.norm_epsilon)});
  }
}

at::Tensor Transformer::attend(const Layer& layer, const at::Tensor& x, const at::Tensor& mask) const {
  const int64_t batch = x.size(0), tokens = x.size(1), size = shape_.width / shape_.heads;
  const auto parts =
      layer.query_key_value(x).view({batch, tokens, 3, shape_.heads, size}).permute({2, 0, 3, 1, 4});
  const auto query = parts[0] * (1.0 / std::sqrt(static_cast<double>(size)));
  auto logits = at::matmul(query, parts[1].transpose(-2, -1));
  if (mask.defined()) logits.add_(mask);
  const auto mixed = at::matmul(at::softmax(logits, -1), parts[2]);
  return layer.output(mixed.transpose(1, 2).reshape({batch, tokens, shape_.width}));
}

at::Tensor Transformer::feed_forward(const Layer& layer, const at::Tensor& x) const {
  const auto hidden = layer.up(x);
  const bool quick = shape_.activation == Activation::kQuickGelu;
  return layer.down(quick ? hidden * at::sigmoid(1.702 * hidden) : at::gelu(hidden));
}

at::Tensor Transformer::operator()(at::Tensor x, const at::Tensor& mask) const {
  for (const auto& layer : layers_) {
    if (shape_.norm == NormPlace::kBefore) {
      x = x + attend(layer, layer.attention_norm(x), mask);
      x = x + feed_forward(layer, layer.mlp_norm(x));
    } else {
      x = layer.attention_norm(x + attend(layer, x, mask));
      x = layer.mlp_norm(x + feed_forward(layer, x));
    }
  }
  return x;
}

at::Tensor causal_mask(int64_t tokens) {
  return at::full({tokens, tokens}, -std::numeric_limits<float>::infinity()).triu(1);
}

}  // namespace modiste
