// Private to head_training: includes LibTorch. The heads during training: layers with
// gradients, behind standardised features.
#pragma once

#include <cstdint>
#include <vector>

#include "head_training/head_batch.h"
#include "head_training/head_tensors.h"
#include "head_training/head_trainer.h"
#include "head_training/torch.h"

namespace modiste {

// Centres and scales each feature by its mean and deviation in the training set.
struct Standardiser {
  at::Tensor mean, scale;

  static Standardiser fit(const at::Tensor& rows);
  [[nodiscard]] at::Tensor operator()(const at::Tensor& x) const { return (x - mean) * scale; }
  // The layer that gives for raw features the output that `layer` gives for standardised ones.
  [[nodiscard]] Linear fold_into(const Linear& layer) const;
};

// The main directions of rows (principal components), at their own length. Dividing them by the root of their
// deviation cost two of a hundred neighbours on people's own photos and won none on a shop's.
[[nodiscard]] Linear fit_kept(const at::Tensor& rows, int64_t directions);

struct HeadOutput {
  at::Tensor images, texts;                             // unit rows; texts undefined without pairs
  std::vector<at::Tensor> attributes;                   // logits
  at::Tensor contrastive, supervised, attribute, loss;  // loss is the weighted sum
};

class HeadModel {
 public:
  static constexpr float kTemperatureMin = 0.01F, kTemperatureMax = 0.5F;

  // Random weights from the options' seed; the standardisers are fitted on all rows.
  HeadModel(HeadsInfo info, const HeadTrainerOptions& options, const HeadBatches& training);

  [[nodiscard]] const HeadsInfo& info() const { return network_.info; }
  [[nodiscard]] HeadOutput forward(const HeadBatch& batch, bool training);
  [[nodiscard]] float temperature() const { return log_temperature_.exp().item<float>(); }
  void clamp_temperature();

  [[nodiscard]] std::vector<at::Tensor> matrices();
  [[nodiscard]] std::vector<at::Tensor> vectors();  // with the temperature
  // Copies of all parameters; deployed() turns such a copy into what ProjectionHeads serves.
  [[nodiscard]] std::vector<at::Tensor> snapshot();
  [[nodiscard]] TrainedNetwork deployed(const std::vector<at::Tensor>& snapshot) const;

 private:
  [[nodiscard]] at::Tensor drop(const at::Tensor& x, double share, bool training);
  [[nodiscard]] at::Tensor hidden_of(const TrainedNetwork::Tower& tower, const Standardiser& scale,
                                     const at::Tensor& x, bool training);

  HeadTrainerOptions options_;
  TrainedNetwork network_;
  Standardiser image_scale_, text_scale_;
  at::Tensor log_temperature_;
  at::Generator traffic_filter_;
};

}  // namespace modiste
