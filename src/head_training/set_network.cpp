#include "head_training/set_network.h"

#include <cmath>
#include <limits>

namespace modiste {

SetNetwork::SetNetwork(const SetShape& shape, float dropout, uint64_t seed)
    : shape_(shape), dropout_(dropout), generator_(at::detail::createCPUGenerator(seed)) {
  const auto ends_in = [](const std::string& name, std::string_view end) {
    return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  for (const SetTensor& tensor : set_tensors(shape)) {
    const auto rows = static_cast<int64_t>(tensor.rows), columns = static_cast<int64_t>(tensor.columns);
    at::Tensor values = at::zeros({rows, columns});
    if (ends_in(tensor.name, ".scale")) {
      values.fill_(1);
    } else if (ends_in(tensor.name, ".weight")) {
      const double bound = std::sqrt(1.0 / static_cast<double>(tensor.rows));
      values.uniform_(-bound, bound, generator_);
    } else if (tensor.name == "category" || tensor.name == "positions") {
      values.normal_(0, 0.1, generator_);
    } else if (tensor.name == "words") {
      values.normal_(0, 0.05, generator_);
    }
    tensors_[tensor.name] = tensor.name == "log_share" ? values : values.requires_grad_();
  }
}

at::Tensor SetNetwork::linear(const std::string& name, const at::Tensor& x) const {
  return at::matmul(x, tensors_.at(name + ".weight")) + tensors_.at(name + ".bias").view({-1});
}

at::Tensor SetNetwork::norm(const std::string& name, const at::Tensor& x) const {
  return at::layer_norm(x, {static_cast<int64_t>(shape_.width)}, tensors_.at(name + ".scale").view({-1}),
                        tensors_.at(name + ".shift").view({-1}), 1e-5);
}

// With its own generator: at::dropout would draw from LibTorch's global one.
at::Tensor SetNetwork::drop(const at::Tensor& x, bool training) {
  if (!training || dropout_ == 0) return x;
  return x * at::empty_like(x).bernoulli_(1 - dropout_, generator_).div_(1 - dropout_);
}

at::Tensor SetNetwork::embed(const SetTokens& tokens) {
  const auto width = static_cast<int64_t>(shape_.width);
  at::Tensor x = tensors_.at("category").index_select(0, tokens.category.reshape({-1}));
  if (shape_.words > 0) {
    constexpr int64_t kMean = 1;
    x = x +
        std::get<0>(at::embedding_bag(tensors_.at("words"), tokens.word, tokens.word_begin, false, kMean));
  }
  x = x.view({tokens.sets(), tokens.length(), width});
  if (shape_.features > 0)
    x = x + at::matmul(tokens.features, tensors_.at("features.weight")) +
        tokens.has_features * tensors_.at("features.bias").view({1, 1, -1});
  return x;
}

at::Tensor SetNetwork::attend(const std::string& layer, const at::Tensor& x, const at::Tensor& hidden_pads) {
  const auto sets = x.size(0), length = x.size(1), width = x.size(2),
             heads = static_cast<int64_t>(shape_.heads), wide = width / heads;
  const auto all =
      linear(layer + "attention", x).view({sets, length, 3, heads, wide}).permute({2, 0, 3, 1, 4});
  const auto weights = at::softmax(
      at::matmul(all[0], all[1].transpose(-1, -2)) / std::sqrt(static_cast<double>(wide)) + hidden_pads, -1);
  return linear(layer + "merge", at::matmul(weights, all[2]).transpose(1, 2).reshape({sets, length, width}));
}

at::Tensor SetNetwork::encode(const at::Tensor& embedded, const at::Tensor& present, bool training) {
  at::Tensor x = embedded;
  if (shape_.positions > 0) {
    const auto last = static_cast<int64_t>(shape_.positions) - 1;
    const auto places = at::arange(x.size(1), at::kLong).clamp_max(last);
    x = x + tensors_.at("positions").index_select(0, places).unsqueeze(0);
  }
  x = drop(x, training);
  const auto hidden_pads = ((present - 1) * 1e9).view({x.size(0), 1, 1, x.size(1)});
  for (size_t l = 0; l < shape_.layers; ++l) {
    const std::string layer = "layer." + std::to_string(l) + ".";
    x = x + drop(attend(layer, norm(layer + "attention_norm", x), hidden_pads), training);
    const auto hidden = at::gelu(linear(layer + "up", norm(layer + "hidden_norm", x)));
    x = x + drop(linear(layer + "down", hidden), training);
  }
  return norm("last_norm", x);
}

at::Tensor SetNetwork::set_logits(const at::Tensor& encoded, const at::Tensor& present) const {
  const auto shown = present.unsqueeze(-1);
  const auto mean = (encoded * shown).sum(1) / shown.sum(1).clamp_min(1);
  return linear("set", at::gelu(linear("set_hidden", mean))).view({-1});
}

at::Tensor SetNetwork::keys(const at::Tensor& embedded) const {
  return linear("key", at::gelu(linear("key_hidden", embedded)));
}

}  // namespace modiste
