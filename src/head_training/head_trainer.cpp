#include "head_training/head_trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>

#include "base/rng.h"
#include "head_training/head_batch.h"
#include "head_training/head_metrics.h"
#include "head_training/head_model.h"
#include "head_training/head_tensors.h"
#include "head_training/on_this_thread.h"

namespace modiste {
namespace {

constexpr double kWarmUpShare = 0.05;
constexpr double kGradientNormMax = 5.0;

Result<Done> check_options(const HeadTrainerOptions& options) {
  const auto invalid = [](std::string_view where, std::string expected) {
    return Error{Code::kInvalid, "option is out of its range", std::string(where), std::move(expected)};
  };
  if (options.epochs_max < 1) return invalid("epochs_max", "at least 1");
  if (options.batch < 2 || options.batch > 16'384) return invalid("batch", "2 to 16384");
  if (!(options.learning_rate > 0)) return invalid("learning_rate", "above 0");
  for (const auto& [name, share] : {std::pair{"dropout", options.dropout},
                                    {"input_dropout", options.input_dropout},
                                    {"label_smoothing", options.label_smoothing}})
    if (!(share >= 0 && share < 1)) return invalid(name, "at least 0, below 1");
  constexpr float kLow = HeadModel::kTemperatureMin, kHigh = HeadModel::kTemperatureMax;
  for (const auto& [name, value] : {std::pair{"temperature_init", options.temperature_init},
                                    {"supervised_temperature", options.supervised_temperature}})
    if (!(value >= kLow && value <= kHigh)) return invalid(name, fmt::format("{} to {}", kLow, kHigh));
  for (const auto& [name, weight] : {std::pair{"contrastive_weight", options.contrastive_weight},
                                     {"supervised_weight", options.supervised_weight},
                                     {"attribute_weight", options.attribute_weight},
                                     {"weight_decay", options.weight_decay}})
    if (!(weight >= 0)) return invalid(name, "at least 0");
  return kOk;
}

torch::optim::AdamW make_optimiser(HeadModel& model, const HeadTrainerOptions& options) {
  const torch::optim::AdamWOptions defaults(options.learning_rate);
  const auto group = [&](std::vector<at::Tensor> parameters, double decay) {
    auto of_group = std::make_unique<torch::optim::AdamWOptions>(defaults);
    of_group->weight_decay(decay);
    return torch::optim::OptimizerParamGroup(std::move(parameters), std::move(of_group));
  };
  return torch::optim::AdamW(
      std::vector{group(model.matrices(), options.weight_decay), group(model.vectors(), 0)}, defaults);
}

}  // namespace

struct HeadTrainer::State {
  HeadTrainerOptions options;
  HeadBatches batches;
  std::optional<HeadDataset> validation;
  HeadModel model;
  torch::optim::AdamW optimiser;
  Rng rng;

  size_t epoch = 0, step = 0, epochs_since_best = 0;
  double best_loss = std::numeric_limits<double>::infinity();
  std::vector<at::Tensor> best;  // the model's snapshot

  State(HeadsInfo info, const HeadDataset& training, std::optional<HeadDataset> held_out,
        const HeadTrainerOptions& of)
      : options(of),
        batches(info, training, of.batch),
        validation(std::move(held_out)),
        model(std::move(info), of, batches),
        optimiser(make_optimiser(model, of)),
        rng(of.seed),
        best(model.snapshot()) {}

  // Linear warm-up, then half a cosine down to 0.
  [[nodiscard]] double learning_rate() const {
    const auto steps = static_cast<double>(options.epochs_max * batches.count());
    const double warm_up = std::max(1.0, kWarmUpShare * steps), now = static_cast<double>(step) + 1;
    if (now < warm_up) return options.learning_rate * now / warm_up;
    const double progress = std::min(1.0, (now - warm_up) / std::max(1.0, steps - warm_up));
    return options.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * progress));
  }

  void train_on(const HeadBatch& batch, HeadMetricSums& sums) {
    for (auto& group : optimiser.param_groups()) group.options().set_lr(learning_rate());
    const auto output = model.forward(batch, true);
    sums.add(batch, output);
    ++step;
    if (!output.loss.requires_grad()) return;  // no row has a label or a pair
    optimiser.zero_grad();
    output.loss.backward();
    auto parameters = model.matrices();
    for (const auto& vector : model.vectors()) parameters.push_back(vector);
    torch::nn::utils::clip_grad_norm_(parameters, kGradientNormMax);
    optimiser.step();
    model.clamp_temperature();
  }

  HeadMetrics evaluate(const HeadDataset& dataset) {
    const at::NoGradGuard no_grad;
    HeadBatches of(model.info(), dataset, options.batch);
    Rng fixed(options.seed);  // the same order each time, so that epochs compare
    of.shuffle(fixed);
    HeadMetricSums sums;
    for (size_t i = 0; i < of.count(); ++i) {
      const auto batch = of.batch(i);
      sums.add(batch, model.forward(batch, false));
    }
    return sums.metrics();
  }

  void keep_if_best(HeadEpoch& report) {
    const double loss = report.validation ? report.validation->loss : report.training.loss;
    report.best = loss < best_loss;
    epochs_since_best = report.best ? 0 : epochs_since_best + 1;
    if (report.best) {
      best_loss = loss;
      best = model.snapshot();
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
  const OnThisThread alone;
  TRY(check_options(options));
  info.temperature = options.temperature_init;
  TRY(check_heads_info(info));
  TRY(check_dataset(info, training));
  if (validation) TRY(check_dataset(info, *validation));
  return HeadTrainer(std::make_unique<State>(std::move(info), training, std::move(validation), options));
}

HeadEpoch HeadTrainer::run_epoch() {
  const OnThisThread alone;
  auto& state = *state_;
  state.batches.shuffle(state.rng);
  HeadMetricSums sums;
  for (size_t i = 0; i < state.batches.count(); ++i) state.train_on(state.batches.batch(i), sums);
  HeadEpoch report{.epoch = ++state.epoch,
                   .learning_rate = static_cast<float>(state.learning_rate()),
                   .temperature = state.model.temperature(),
                   .training = sums.metrics(),
                   .validation = std::nullopt,
                   .best = false,
                   .stop = false};
  if (state.validation) report.validation = state.evaluate(*state.validation);
  state.keep_if_best(report);
  return report;
}

HeadMetrics HeadTrainer::evaluate(const HeadDataset& dataset) const {
  const OnThisThread alone;
  CHECK(check_dataset(state_->model.info(), dataset).ok());
  return state_->evaluate(dataset);
}

ProjectionHeads HeadTrainer::heads() const { return to_heads(state_->model.deployed(state_->best)); }

}  // namespace modiste
