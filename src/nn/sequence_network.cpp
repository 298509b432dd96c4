#include "nn/sequence_network.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "nn/layer_math.h"

namespace modiste {

std::vector<SequenceTensor> sequence_tensors(const SequenceShape& shape) {
  const size_t w = shape.width;
  std::vector<SequenceTensor> all{{"items", shape.items, w}, {"bias", 1, shape.items}};
  if (shape.reader == SequenceReader::kBag) {
    all.push_back({"read", shape.items, w});
    all.push_back({"decay", 1, 1});  // before the sigmoid
    return all;
  }
  const auto norm = [&](const std::string& name) {
    all.push_back({name + ".scale", 1, w});
    all.push_back({name + ".shift", 1, w});
  };
  const auto linear = [&](const std::string& name, size_t in, size_t out) {
    all.push_back({name + ".weight", in, out});
    all.push_back({name + ".bias", 1, out});
  };
  norm("attention_norm");
  linear("attention", w, 3 * w);                     // queries, keys, values
  all.push_back({"distance", 1, shape.latest_max});  // added to what is attended to, by places before
  linear("merge", w, w);
  norm("hidden_norm");
  linear("gate", w, shape.hidden);
  linear("up", w, shape.hidden);
  linear("down", shape.hidden, w);
  norm("last_norm");
  all.push_back({"log_scale", 1, 1});
  return all;
}

namespace {

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

struct SequenceNetwork::Math : LayerMath {
  const SequenceShape& shape;
  const SequenceWeights& weights;

  Math(const SequenceShape& of_shape, const SequenceWeights& of_weights)
      : LayerMath(of_weights), shape(of_shape), weights(of_weights) {}
  [[nodiscard]] float number(const std::string& name) const { return weights.at(name).front(); }

  [[nodiscard]] MatrixRow bag(std::span<const uint32_t> history) const {
    const auto read = tensor("read", shape.width);
    const float decay = sigmoid(number("decay"));
    MatrixRow state = MatrixRow::Zero(static_cast<Eigen::Index>(shape.width));
    for (const uint32_t item : history) state = decay * state + read.row(item);
    return state;
  }

  // Only the latest place's state is needed, so only it attends.
  [[nodiscard]] MatrixRow attend(std::span<const uint32_t> history) const {
    const auto items = tensor("items", shape.width);
    const auto count = static_cast<Eigen::Index>(history.size()), w = static_cast<Eigen::Index>(shape.width);
    MatrixRows x(count, w);
    for (Eigen::Index i = 0; i < count; ++i) x.row(i) = items.row(history[static_cast<size_t>(i)]);
    const MatrixRows all = linear("attention", norm("attention_norm", x));
    MatrixRow weight = all.row(count - 1).leftCols(w) * all.middleCols(w, w).transpose() /
                       std::sqrt(static_cast<float>(shape.width));
    weight += tensor("distance", shape.latest_max).row(0).leftCols(count).reverse();
    weight = (weight.array() - weight.maxCoeff()).exp();
    weight /= weight.sum();
    const MatrixRows merged = weight * all.rightCols(w);
    MatrixRows state = x.row(count - 1) + linear("merge", merged).row(0);
    const MatrixRows normal = norm("hidden_norm", state), gate = linear("gate", normal);
    const MatrixRows open = gate.unaryExpr([](float v) { return v * sigmoid(v); });
    state += linear("down", (open.array() * linear("up", normal).array()).matrix());
    MatrixRow last = norm("last_norm", state).row(0);
    return last.normalized() * std::exp(number("log_scale"));
  }
};

SequenceNetwork::SequenceNetwork(const SequenceShape& shape, SequenceWeights weights)
    : shape_(shape), weights_(std::move(weights)) {
  for (const SequenceTensor& tensor : sequence_tensors(shape_))
    CHECK(weights_.at(tensor.name).size() == tensor.rows * tensor.columns);
  if (shape_.reader != SequenceReader::kAttention) return;
  auto& items = weights_.at("items");
  Eigen::Map<MatrixRows> rows(items.data(), static_cast<Eigen::Index>(shape_.items),
                              static_cast<Eigen::Index>(shape_.width));
  rows.rowwise().normalize();
}

std::vector<float> SequenceNetwork::scores(std::span<const uint32_t> history) const {
  std::vector<uint32_t> known;
  for (const uint32_t item : history)
    if (item < shape_.items) known.push_back(item);
  if (known.size() > shape_.latest_max)
    known.erase(known.begin(), known.end() - static_cast<std::ptrdiff_t>(shape_.latest_max));
  if (known.empty()) return {};
  const Math math{shape_, weights_};
  const MatrixRow state = shape_.reader == SequenceReader::kBag ? math.bag(known) : math.attend(known);
  std::vector<float> values(shape_.items);
  Eigen::Map<Eigen::VectorXf> out(values.data(), static_cast<Eigen::Index>(values.size()));
  out.noalias() = math.tensor("items", shape_.width) * state.transpose();
  out += math.tensor("bias", shape_.items).row(0).transpose();
  return values;
}

size_t SequenceNetwork::bytes() const {
  size_t sum = 0;
  for (const auto& [name, values] : weights_) sum += values.size() * sizeof(float);
  return sum;
}

}  // namespace modiste
