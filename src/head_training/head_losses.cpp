#include "head_training/head_losses.h"

#include <limits>

namespace modiste {

at::Tensor info_nce(const at::Tensor& logits, const Relations& relations) {
  const auto considered = relations.positive.logical_or(relations.negative);
  const auto rows = relations.positive.any(1).nonzero().squeeze(1);
  if (rows.numel() == 0) return at::zeros({});
  // Not minus infinity: the product with a zero target would be NaN.
  const auto masked = logits.masked_fill(considered.logical_not(), std::numeric_limits<float>::lowest() / 4);
  const auto log_probability = at::log_softmax(masked.index_select(0, rows), 1);
  const auto positive = relations.positive.index_select(0, rows).to(at::kFloat);
  return -((log_probability * positive).sum(1) / positive.sum(1)).mean();
}

at::Tensor symmetric_info_nce(const at::Tensor& images, const at::Tensor& texts,
                              const at::Tensor& temperature, const Relations& relations) {
  const auto logits = at::mm(images, texts.t()) / temperature;
  const Relations transposed{relations.positive.t(), relations.negative.t()};
  return (info_nce(logits, relations) + info_nce(logits.t(), transposed)) * 0.5;
}

at::Tensor known_cross_entropy(const at::Tensor& logits, const at::Tensor& labels, double smoothing) {
  if (!labels.ge(0).any().item<bool>()) return at::zeros({});
  return at::cross_entropy_loss(logits, labels, {}, at::Reduction::Mean, -1, smoothing);
}

}  // namespace modiste
