#include "head_training/head_model.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include "head_training/head_losses.h"

namespace modiste {

Standardiser Standardiser::fit(const at::Tensor& rows) {
  if (rows.size(0) < 2) return {at::zeros({rows.size(1)}), at::ones({rows.size(1)})};
  const auto deviation = rows.std(0);
  // A nearly constant feature must not be scaled up to the size of the others.
  const auto floor = deviation.mean() * 0.1 + 1e-6;
  return {rows.mean(0), 1 / at::maximum(deviation, floor)};
}

Linear Standardiser::fold_into(const Linear& layer) const {
  const auto weight = layer.weight * scale.unsqueeze(1);
  return {weight, layer.bias - at::matmul(mean, weight)};
}

Linear fit_kept(const at::Tensor& rows, int64_t directions) {
  const at::NoGradGuard no_grad;
  const auto mean = rows.mean(0);
  const auto centred = rows - mean;
  const auto degrees = static_cast<double>(std::max<int64_t>(1, rows.size(0) - 1));
  // The products of the rows have the same variances as those of the columns; the fewer cost less.
  const bool few = rows.size(0) < rows.size(1);
  const auto products = few ? at::mm(centred, centred.t()) : at::mm(centred.t(), centred);
  const auto [variances, vectors] = at::linalg_eigh(products / degrees);  // ascending
  const auto found = std::min(directions, variances.size(0));
  const auto last = variances.size(0) - found;
  auto components = vectors.narrow(1, last, found);
  if (few) {
    const auto deviation = variances.narrow(0, last, found).clamp_min(1e-9).sqrt();
    components = at::mm(centred.t(), components) / (deviation * std::sqrt(degrees));
  }
  auto weight = components;
  if (found < directions) weight = at::constant_pad_nd(weight, {0, directions - found}, 0);
  weight = weight.contiguous();
  return {weight, -at::matmul(mean, weight)};
}

HeadModel::HeadModel(HeadsInfo info, const HeadTrainerOptions& options, const HeadBatches& training)
    : options_(options),
      image_scale_(Standardiser::fit(training.image_features())),
      text_scale_(Standardiser::fit(training.text_features())),
      log_temperature_(at::full({}, std::log(options.temperature_init)).requires_grad_()),
      traffic_filter_(at::detail::createCPUGenerator(options.seed)) {
  network_.info = std::move(info);
  if (network_.info.kept > 0) {
    const auto& rows = training.image_features();
    const auto colours = static_cast<int64_t>(network_.info.colours);
    network_.kept =
        fit_kept(rows.narrow(1, 0, rows.size(1) - colours), static_cast<int64_t>(network_.info.kept));
  }
  for (const auto& layer : network_.layers()) {
    if (!layer.trained) continue;
    const double bound = std::sqrt(1.0 / static_cast<double>(layer.in));
    layer.linear->weight =
        at::empty({layer.in, layer.out}).uniform_(-bound, bound, traffic_filter_).requires_grad_();
    layer.linear->bias = at::zeros({layer.out}).requires_grad_();
  }
}

// With its own generator: at::dropout would draw from LibTorch's global one.
at::Tensor HeadModel::drop(const at::Tensor& x, double share, bool training) {
  if (!training || share == 0) return x;
  return x * at::empty_like(x).bernoulli_(1 - share, traffic_filter_).div_(1 - share);
}

at::Tensor HeadModel::hidden_of(const TrainedNetwork::Tower& tower, const Standardiser& scale,
                                const at::Tensor& x, bool training) {
  const auto hidden = hidden_layer(tower, drop(scale(x), options_.input_dropout, training));
  return drop(hidden, options_.dropout, training);
}

HeadOutput HeadModel::forward(const HeadBatch& batch, bool training) {
  HeadOutput out;
  const auto hidden = hidden_of(network_.image, image_scale_, batch.image_features, training);
  out.images = image_vectors(network_, hidden, batch.image_features);
  out.contrastive = at::zeros({});
  if (batch.text_features.defined()) {
    out.texts =
        unit_vectors(network_.text, hidden_of(network_.text, text_scale_, batch.text_features, training));
    out.contrastive = symmetric_info_nce(out.images.index_select(0, batch.paired), out.texts,
                                         log_temperature_.exp(), batch.image_text);
  }
  // Of the learned block alone: the others cannot follow, and would weaken what it is told.
  const auto learned = unit_vectors(network_.image, hidden);
  out.supervised =
      info_nce(at::mm(learned, learned.t()) / options_.supervised_temperature, batch.image_image);
  out.attribute = at::zeros({});
  const double smoothing = training ? options_.label_smoothing : 0.0;
  for (size_t i = 0; i < network_.attributes.size(); ++i) {
    out.attributes.push_back(network_.attributes[i](hidden));
    const auto loss = known_cross_entropy(out.attributes[i], batch.attributes[i], smoothing);
    out.attribute = out.attribute + loss / static_cast<double>(network_.attributes.size());
  }
  out.loss = options_.contrastive_weight * out.contrastive + options_.supervised_weight * out.supervised +
             options_.attribute_weight * out.attribute;
  return out;
}

void HeadModel::clamp_temperature() {
  const at::NoGradGuard no_grad;
  log_temperature_.clamp_(std::log(kTemperatureMin), std::log(kTemperatureMax));
}

std::vector<at::Tensor> HeadModel::matrices() {
  std::vector<at::Tensor> out;
  for (const auto& layer : network_.layers())
    if (layer.trained) out.push_back(layer.linear->weight);
  return out;
}

std::vector<at::Tensor> HeadModel::vectors() {
  std::vector<at::Tensor> out;
  for (const auto& layer : network_.layers())
    if (layer.trained) out.push_back(layer.linear->bias);
  out.push_back(log_temperature_);
  return out;
}

std::vector<at::Tensor> HeadModel::snapshot() {
  auto out = matrices();
  for (auto& vector : vectors()) out.push_back(vector);
  for (auto& tensor : out) tensor = tensor.detach().clone();
  return out;
}

TrainedNetwork HeadModel::deployed(const std::vector<at::Tensor>& snapshot) const {
  const at::NoGradGuard no_grad;
  TrainedNetwork out;
  out.info = network_.info;
  out.info.temperature = snapshot.back().exp().item<float>();
  out.kept = network_.kept;
  const auto all = out.layers();
  std::vector<TrainedNetwork::Layer> layers;
  std::copy_if(all.begin(), all.end(), std::back_inserter(layers),
               [](const auto& layer) { return layer.trained; });
  for (size_t i = 0; i < layers.size(); ++i) *layers[i].linear = {snapshot[i], snapshot[layers.size() + i]};
  out.image.hidden = image_scale_.fold_into(out.image.hidden);
  out.text.hidden = text_scale_.fold_into(out.text.hidden);
  // Measures the weights in the precision that a file will hold.
  for (const auto& layer : all) layer.linear->weight = layer.linear->weight.to(at::kHalf).to(at::kFloat);
  return out;
}

}  // namespace modiste
