#include "nn/head_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>

#include "base/rng.h"
#include "nn/head_batch.h"
#include "nn/head_losses.h"
#include "nn/projection_heads_network.h"

namespace modiste {
namespace {

constexpr float kTemperatureMin = 0.01F, kTemperatureMax = 0.5F;
constexpr double kWarmUpShare = 0.05;
constexpr double kGradientNormMax = 5.0;

Result<Done> check_options(const HeadTrainerOptions& options) {
  const auto invalid = [](std::string_view where, std::string expected) {
    return Error{Code::kInvalid, "option is out of its range", std::string(where), std::move(expected)};
  };
  if (options.epochs_max < 1) return invalid("epochs_max", "at least 1");
  if (options.batch < 2 || options.batch > 16'384) return invalid("batch", "2 to 16384");
  if (!(options.learning_rate > 0)) return invalid("learning_rate", "above 0");
  if (!(options.weight_decay >= 0)) return invalid("weight_decay", "at least 0");
  for (const auto& [name, share] : {std::pair{"dropout", options.dropout},
                                    {"input_dropout", options.input_dropout},
                                    {"label_smoothing", options.label_smoothing}})
    if (!(share >= 0 && share < 1)) return invalid(name, "at least 0, below 1");
  for (const auto& [name, value] : {std::pair{"temperature_init", options.temperature_init},
                                    {"supervised_temperature", options.supervised_temperature}})
    if (!(value >= kTemperatureMin && value <= kTemperatureMax))
      return invalid(name, fmt::format("{} to {}", kTemperatureMin, kTemperatureMax));
  for (const auto& [name, weight] : {std::pair{"contrastive_weight", options.contrastive_weight},
                                     {"supervised_weight", options.supervised_weight},
                                     {"attribute_weight", options.attribute_weight}})
    if (!(weight >= 0)) return invalid(name, "at least 0");
  return kOk;
}

// Centres and scales each feature by what the training set shows of it.
struct Standardiser {
  at::Tensor mean, scale;

  static Standardiser fit(const at::Tensor& rows) {
    if (rows.size(0) < 2) return {at::zeros({rows.size(1)}), at::ones({rows.size(1)})};
    const auto deviation = rows.std(0);
    // A feature that hardly ever moves must not be blown up to the size of the others.
    const auto floor = deviation.mean() * 0.1 + 1e-6;
    return {rows.mean(0), 1 / at::maximum(deviation, floor)};
  }
  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const { return (x - mean) * scale; }
};

// Means over batches, each weighted by the rows it speaks of.
class Mean {
 public:
  void add(double value, double weight) { sum_ += value * weight, weight_ += weight; }
  [[nodiscard]] bool any() const { return weight_ > 0; }
  [[nodiscard]] double value() const { return any() ? sum_ / weight_ : 0; }

 private:
  double sum_ = 0, weight_ = 0;
};

struct MetricSums {
  Mean loss, contrastive, supervised, attribute, recall, precision;
  std::vector<Mean> accuracy;

  [[nodiscard]] HeadMetrics metrics() const {
    HeadMetrics out{.loss = loss.value(),
                    .contrastive = contrastive.value(),
                    .supervised = supervised.value(),
                    .attribute = attribute.value(),
                    .text_to_image_recall_1 = recall.value(),
                    .same_label_precision_1 = precision.value(),
                    .attribute_accuracy = {}};
    for (const auto& facet : accuracy) out.attribute_accuracy.push_back(facet.any() ? facet.value() : -1);
    return out;
  }
};

struct BatchOutput {
  at::Tensor images, texts;            // unit rows; texts undefined without pairs
  std::vector<at::Tensor> attributes;  // logits
  at::Tensor contrastive, supervised, attribute, loss;
};

// Of each text's nearest image in the batch, and of each labelled image's nearest labelled other: is it
// right?
void add_nearest(const HeadBatch& batch, const BatchOutput& output, MetricSums& sums) {
  if (output.texts.defined()) {
    const auto nearest =
        at::mm(output.texts, output.images.index_select(0, batch.paired).t()).argmax(1, true);
    const auto hit = batch.image_text.positive.t().gather(1, nearest).to(at::kFloat);
    sums.recall.add(hit.mean().item<double>(), static_cast<double>(hit.numel()));
  }
  const auto known = batch.labels.ge(0).nonzero().squeeze(1);
  if (known.numel() < 2) return;
  const auto images = output.images.index_select(0, known);
  const auto labels = batch.labels.index_select(0, known);
  const auto nearest = at::mm(images, images.t()).fill_diagonal_(-2).argmax(1);
  const auto hit = labels.index_select(0, nearest).eq(labels).to(at::kFloat);
  sums.precision.add(hit.mean().item<double>(), static_cast<double>(hit.numel()));
}

void add_metrics(const HeadBatch& batch, const BatchOutput& output, MetricSums& sums) {
  const auto rows = static_cast<double>(batch.labels.size(0));
  sums.loss.add(output.loss.item<double>(), rows);
  sums.contrastive.add(output.contrastive.item<double>(), rows);
  sums.supervised.add(output.supervised.item<double>(), rows);
  sums.attribute.add(output.attribute.item<double>(), rows);
  add_nearest(batch, output, sums);
  sums.accuracy.resize(batch.attributes.size());
  for (size_t i = 0; i < batch.attributes.size(); ++i) {
    const auto& labels = batch.attributes[i];
    const auto known = labels.ge(0);
    const auto count = known.sum().item<double>();
    if (count == 0) continue;
    const auto right = output.attributes[i].argmax(1).eq(labels).logical_and(known).sum().item<double>();
    sums.accuracy[i].add(right / count, count);
  }
}

}  // namespace

struct HeadTrainer::State {
  HeadTrainerOptions options;
  HeadNetwork network;
  Standardiser image_scale, text_scale;
  at::Tensor log_temperature;
  HeadBatches batches;
  std::optional<HeadDataset> validation;
  std::unique_ptr<torch::optim::AdamW> optimiser;
  Rng rng;
  at::Generator noise;

  size_t epoch = 0, step = 0, epochs_since_best = 0;
  double best_loss = std::numeric_limits<double>::infinity();
  std::vector<at::Tensor> best;  // parameters(), copied

  State(HeadsInfo info, const HeadDataset& training, std::optional<HeadDataset> held_out,
        const HeadTrainerOptions& trainer_options)
      : options(trainer_options),
        batches(info, training, trainer_options.batch),
        validation(std::move(held_out)),
        rng(trainer_options.seed),
        noise(at::detail::createCPUGenerator(trainer_options.seed)) {
    network.info = std::move(info);
    image_scale = Standardiser::fit(batches.image_features());
    text_scale = Standardiser::fit(batches.text_features());
    std::vector<at::Tensor> matrices, vectors;
    for (const auto& layer : network.layers()) {
      const double bound = std::sqrt(1.0 / static_cast<double>(layer.in));
      layer.linear->weight = at::empty({layer.in, layer.out}).uniform_(-bound, bound, noise).requires_grad_();
      layer.linear->bias = at::zeros({layer.out}).requires_grad_();
      matrices.push_back(layer.linear->weight);
      vectors.push_back(layer.linear->bias);
    }
    log_temperature = at::full({}, std::log(options.temperature_init)).requires_grad_();
    vectors.push_back(log_temperature);
    const auto group = [&](std::vector<at::Tensor> parameters, double decay) {
      return torch::optim::OptimizerParamGroup(
          std::move(parameters), std::make_unique<torch::optim::AdamWOptions>(
                                     torch::optim::AdamWOptions(options.learning_rate).weight_decay(decay)));
    };
    optimiser = std::make_unique<torch::optim::AdamW>(
        std::vector{group(std::move(matrices), options.weight_decay), group(std::move(vectors), 0)},
        torch::optim::AdamWOptions(options.learning_rate));
    best = copy_of_parameters();
  }

  std::vector<at::Tensor> parameters() {
    std::vector<at::Tensor> out;
    for (const auto& layer : network.layers()) {
      out.push_back(layer.linear->weight);
      out.push_back(layer.linear->bias);
    }
    out.push_back(log_temperature);
    return out;
  }

  std::vector<at::Tensor> copy_of_parameters() {
    std::vector<at::Tensor> out;
    for (const auto& parameter : parameters()) out.push_back(parameter.detach().clone());
    return out;
  }

  // Own generator: at::dropout would draw from LibTorch's global one.
  [[nodiscard]] at::Tensor drop(const at::Tensor& x, double share, bool training) {
    if (!training || share == 0) return x;
    return x * at::empty_like(x).bernoulli_(1 - share, noise).div_(1 - share);
  }

  [[nodiscard]] at::Tensor hidden_layer(const HeadTower& tower, const Standardiser& scale,
                                        const at::Tensor& x, bool training) {
    const auto hidden = tower.hidden_layer(drop(scale(x), options.input_dropout, training));
    return drop(hidden, options.dropout, training);
  }

  BatchOutput forward(const HeadBatch& batch, bool training) {
    BatchOutput out;
    const auto hidden = hidden_layer(network.image, image_scale, batch.image_features, training);
    out.images = network.image.unit_vectors(hidden);
    out.contrastive = at::zeros({});
    if (batch.text_features.defined()) {
      out.texts =
          network.text.unit_vectors(hidden_layer(network.text, text_scale, batch.text_features, training));
      out.contrastive = symmetric_info_nce(out.images.index_select(0, batch.paired), out.texts,
                                           log_temperature.exp(), batch.image_text);
    }
    out.supervised =
        info_nce(at::mm(out.images, out.images.t()) / options.supervised_temperature, batch.image_image);
    out.attribute = at::zeros({});
    for (size_t i = 0; i < network.attributes.size(); ++i) {
      out.attributes.push_back(network.attributes[i](hidden));
      out.attribute = out.attribute + known_cross_entropy(out.attributes[i], batch.attributes[i],
                                                          training ? options.label_smoothing : 0.0);
    }
    if (!network.attributes.empty())
      out.attribute = out.attribute / static_cast<double>(network.attributes.size());
    out.loss = options.contrastive_weight * out.contrastive + options.supervised_weight * out.supervised +
               options.attribute_weight * out.attribute;
    return out;
  }

  // Linear warm-up, then half a cosine down to 0.
  [[nodiscard]] double learning_rate() const {
    const auto steps = static_cast<double>(options.epochs_max * batches.count());
    const double warm_up = std::max(1.0, kWarmUpShare * steps), now = static_cast<double>(step) + 1;
    if (now < warm_up) return options.learning_rate * now / warm_up;
    const double progress = std::min(1.0, (now - warm_up) / std::max(1.0, steps - warm_up));
    return options.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * progress));
  }

  void train_on(const HeadBatch& batch, MetricSums& sums) {
    for (auto& group : optimiser->param_groups()) group.options().set_lr(learning_rate());
    const auto output = forward(batch, true);
    add_metrics(batch, output, sums);
    ++step;
    if (!output.loss.requires_grad()) return;  // nothing known of any row
    optimiser->zero_grad();
    output.loss.backward();
    torch::nn::utils::clip_grad_norm_(parameters(), kGradientNormMax);
    optimiser->step();
    const at::NoGradGuard no_grad;
    log_temperature.clamp_(std::log(kTemperatureMin), std::log(kTemperatureMax));
  }

  HeadMetrics evaluate(HeadBatches& of) {
    const at::NoGradGuard no_grad;
    Rng fixed(options.seed);
    of.shuffle(fixed);
    MetricSums sums;
    for (size_t i = 0; i < of.count(); ++i) {
      const auto batch = of.batch(i);
      add_metrics(batch, forward(batch, false), sums);
    }
    return sums.metrics();
  }

  void keep_if_best(HeadEpoch& report) {
    const double loss = report.validation ? report.validation->loss : report.training.loss;
    report.best = loss < best_loss;
    epochs_since_best = report.best ? 0 : epochs_since_best + 1;
    if (report.best) {
      best_loss = loss;
      best = copy_of_parameters();
    }
    report.stop = epochs_since_best >= options.patience || epoch >= options.epochs_max;
  }
};

HeadTrainer::HeadTrainer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HeadTrainer::HeadTrainer(HeadTrainer&&) noexcept = default;
HeadTrainer& HeadTrainer::operator=(HeadTrainer&&) noexcept = default;
HeadTrainer::~HeadTrainer() = default;

Result<HeadTrainer> HeadTrainer::create(HeadsInfo info, HeadDataset training,
                                        std::optional<HeadDataset> validation, HeadTrainerOptions options) {
  TRY(check_options(options));
  info.temperature = options.temperature_init;
  TRY(check_heads_info(info));
  TRY(check_dataset(info, training));
  if (validation) TRY(check_dataset(info, *validation));
  return HeadTrainer(std::make_unique<State>(std::move(info), training, std::move(validation), options));
}

HeadEpoch HeadTrainer::run_epoch() {
  auto& state = *state_;
  state.batches.shuffle(state.rng);
  MetricSums sums;
  for (size_t i = 0; i < state.batches.count(); ++i) state.train_on(state.batches.batch(i), sums);
  HeadEpoch report{.epoch = ++state.epoch,
                   .learning_rate = static_cast<float>(state.learning_rate()),
                   .temperature = state.log_temperature.exp().item<float>(),
                   .training = sums.metrics(),
                   .validation = std::nullopt,
                   .best = false,
                   .stop = false};
  if (state.validation) report.validation = evaluate(*state.validation);
  state.keep_if_best(report);
  return report;
}

HeadMetrics HeadTrainer::evaluate(const HeadDataset& dataset) const {
  CHECK(check_dataset(state_->network.info, dataset).ok());
  HeadBatches batches(state_->network.info, dataset, state_->options.batch);
  return state_->evaluate(batches);
}

ProjectionHeads HeadTrainer::heads() const {
  const at::NoGradGuard no_grad;
  auto network = std::make_unique<ProjectionHeads::Network>();
  network->info = state_->network.info;
  network->info.temperature = state_->best.back().exp().item<float>();
  auto parameter = state_->best.begin();
  for (const auto& layer : network->layers()) {
    auto weight = *parameter++, bias = *parameter++;
    // The standardiser goes into the first layers: (x - mean) * scale * W + b.
    const auto* scale = layer.linear == &network->image.hidden  ? &state_->image_scale
                        : layer.linear == &network->text.hidden ? &state_->text_scale
                                                                : nullptr;
    if (scale != nullptr) {
      weight = weight * scale->scale.unsqueeze(1);
      bias = bias - at::matmul(scale->mean, weight);
    }
    // What is measured is what a file will hold.
    *layer.linear = {weight.to(at::kHalf).to(at::kFloat), bias};
  }
  return ProjectionHeads(std::move(network));
}

}  // namespace modiste
