// Private to head_training: includes LibTorch. Accumulates the metrics of an epoch's batches into
// HeadMetrics.
#pragma once

#include <vector>

#include "head_training/head_batch.h"
#include "head_training/head_model.h"
#include "head_training/head_trainer.h"

namespace modiste {

// A mean over batches, each weighted by the number of rows it covers.
class Mean {
 public:
  void add(double value, double weight) { sum_ += value * weight, weight_ += weight; }
  [[nodiscard]] double value_or(double otherwise) const { return weight_ > 0 ? sum_ / weight_ : otherwise; }

 private:
  double sum_ = 0, weight_ = 0;
};

class HeadMetricSums {
 public:
  void add(const HeadBatch& batch, const HeadOutput& output);
  [[nodiscard]] HeadMetrics metrics() const;

 private:
  void add_nearest(const HeadBatch& batch, const HeadOutput& output);
  void add_accuracy(const HeadBatch& batch, const HeadOutput& output);

  Mean loss_, contrastive_, supervised_, attribute_, recall_, precision_;
  std::vector<Mean> accuracy_;
};

}  // namespace modiste
