#include "head_training/sequence_tensors.h"

#include <cmath>

namespace modiste {

namespace {

constexpr double kScaleAtFirst = 10;       // of cosines
constexpr double kDecayAtFirst = 0.8;      // Petrov, Macdonald and others find .7 to .9
constexpr double kTableDeviation = 0.125;  // of the tables' numbers at first

bool ends_in(std::string_view name, std::string_view end) {
  return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
}

}  // namespace

SequenceTensors::SequenceTensors(const SequenceShape& shape, float dropout, uint64_t seed)
    : shape_(shape), dropout_(dropout), generator_(at::detail::createCPUGenerator(seed)) {
  for (const SequenceTensor& tensor : sequence_tensors(shape)) {
    const auto rows = static_cast<int64_t>(tensor.rows), columns = static_cast<int64_t>(tensor.columns);
    at::Tensor values = at::zeros({rows, columns});
    if (tensor.name == "items" || tensor.name == "read") values.normal_(0, kTableDeviation, generator_);
    if (tensor.name == "log_scale") values.fill_(std::log(kScaleAtFirst));
    if (tensor.name == "decay") values.fill_(std::log(kDecayAtFirst / (1 - kDecayAtFirst)));
    if (ends_in(tensor.name, ".scale")) values.fill_(1);
    if (ends_in(tensor.name, ".weight")) {
      const double bound = std::sqrt(1.0 / static_cast<double>(tensor.rows));
      values.uniform_(-bound, bound, generator_);
    }
    tensors_[tensor.name] = values.requires_grad_();
  }
}

at::Tensor SequenceTensors::linear(const std::string& name, const at::Tensor& x) const {
  return at::matmul(x, of(name + ".weight")) + of(name + ".bias").view({-1});
}

at::Tensor SequenceTensors::norm(const std::string& name, const at::Tensor& x) const {
  return at::layer_norm(x, {static_cast<int64_t>(shape_.width)}, of(name + ".scale").view({-1}),
                        of(name + ".shift").view({-1}), 1e-5);
}

// With its own generator: at::dropout would draw from LibTorch's global one.
at::Tensor SequenceTensors::drop(const at::Tensor& x, bool training) {
  if (!training || dropout_ == 0) return x;
  return x * at::empty_like(x).bernoulli_(1 - dropout_, generator_).div_(1 - dropout_);
}

// As a product with the matrix of decay^(place - earlier place).
at::Tensor SequenceTensors::bag(const at::Tensor& x) const {
  const auto places = at::arange(x.size(1), at::kFloat);
  const auto before = places.view({-1, 1}) - places.view({1, -1});
  const auto log_decay = at::log_sigmoid(of("decay")).view({1, 1});
  const auto weights = at::exp(log_decay * before.clamp_min(0)) * before.ge(0);
  return at::matmul(weights, x);
}

at::Tensor SequenceTensors::attend(const at::Tensor& x, bool training) {
  const auto length = x.size(1), width = x.size(2);
  const auto all = linear("attention", norm("attention_norm", x)).split(width, -1);
  const auto places = at::arange(length, at::kLong);
  const auto before = places.view({-1, 1}) - places.view({1, -1});
  const auto distance =
      of("distance").view({-1}).index_select(0, before.clamp_min(0).reshape({-1})).view({length, length});
  const auto products =
      at::matmul(all[0], all[1].transpose(-1, -2)) / std::sqrt(static_cast<double>(width)) + distance;
  const auto weights = at::softmax(products.masked_fill(before.lt(0), -1e9), -1);
  auto state = x + drop(linear("merge", at::matmul(weights, all[2])), training);
  const auto normal = norm("hidden_norm", state);
  state = state + drop(linear("down", at::silu(linear("gate", normal)) * linear("up", normal)), training);
  const auto last = norm("last_norm", state);
  return last / last.norm(2, -1, true).clamp_min(1e-6) * at::exp(of("log_scale")).view({1, 1, 1});
}

at::Tensor SequenceTensors::unit_rows(const at::Tensor& items) const {
  const auto rows = of("items").index_select(0, items);
  return rows / rows.norm(2, -1, true).clamp_min(1e-6);
}

at::Tensor SequenceTensors::states(const at::Tensor& items, bool training) {
  const auto numbers = items.reshape({-1});
  const bool is_bag = shape_.reader == SequenceReader::kBag;
  const auto x = drop(is_bag ? of("read").index_select(0, numbers) : unit_rows(numbers), training)
                     .view({items.size(0), items.size(1), static_cast<int64_t>(shape_.width)});
  return is_bag ? bag(x) : attend(x, training);
}

at::Tensor SequenceTensors::out_rows(const at::Tensor& items) const {
  return shape_.reader == SequenceReader::kBag ? of("items").index_select(0, items) : unit_rows(items);
}

at::Tensor SequenceTensors::biases(const at::Tensor& items) const {
  return of("bias").view({-1}).index_select(0, items);
}

}  // namespace modiste
