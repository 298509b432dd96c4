#include "head_training/head_tensors.h"

#include <cmath>

namespace modiste {
namespace {

at::Tensor rows_of_length_1(const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(1e-12); }

}  // namespace

at::Tensor Linear::operator()(const at::Tensor& x) const { return at::addmm(bias, x, weight); }

at::Tensor hidden_layer(const TrainedNetwork::Tower& tower, const at::Tensor& features) {
  return at::gelu(tower.hidden(features));
}

at::Tensor unit_vectors(const TrainedNetwork::Tower& tower, const at::Tensor& hidden) {
  return rows_of_length_1(tower.output(hidden));
}

at::Tensor image_vectors(const TrainedNetwork& network, const at::Tensor& hidden,
                         const at::Tensor& features) {
  const HeadsInfo& info = network.info;
  std::vector<at::Tensor> blocks{unit_vectors(network.image, hidden) *
                                 std::sqrt(1 - info.kept_share - info.colour_share)};
  const auto colours = static_cast<int64_t>(info.colours);
  const auto seen = features.size(1) - colours;
  if (info.kept > 0)
    blocks.push_back(rows_of_length_1(network.kept(features.narrow(1, 0, seen))) *
                     std::sqrt(info.kept_share));
  if (colours > 0)
    blocks.push_back(rows_of_length_1(features.narrow(1, seen, colours).clamp_min(0).sqrt()) *
                     std::sqrt(info.colour_share));
  return rows_of_length_1(at::cat(blocks, 1));
}

ProjectionHeads to_heads(TrainedNetwork network) {
  HeadNetwork<HeadLayer> out;
  out.info = network.info;
  const auto trained = network.layers();
  const auto served = out.layers();
  for (size_t i = 0; i < served.size(); ++i)
    *served[i].linear = {served[i].in, served[i].out, to_floats(trained[i].linear->weight),
                         to_floats(trained[i].linear->bias)};
  return ProjectionHeads(out);
}

at::Tensor borrow_rows(std::span<const float> values, size_t width) {
  CHECK(values.size() % width == 0);
  // from_blob has no const version; nothing here writes to a borrowed tensor.
  return at::from_blob(const_cast<float*>(values.data()),
                       {static_cast<int64_t>(values.size() / width), static_cast<int64_t>(width)},
                       at::kFloat);
}

std::vector<float> to_floats(const at::Tensor& tensor) {
  const auto dense = tensor.detach().to(at::kFloat).contiguous();
  const auto* begin = dense.data_ptr<float>();
  return {begin, begin + dense.numel()};
}

}  // namespace modiste
