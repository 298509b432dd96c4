#include "head_training/head_metrics.h"

namespace modiste {

void HeadMetricSums::add(const HeadBatch& batch, const HeadOutput& output) {
  const auto rows = static_cast<double>(batch.labels.size(0));
  loss_.add(output.loss.item<double>(), rows);
  contrastive_.add(output.contrastive.item<double>(), rows);
  supervised_.add(output.supervised.item<double>(), rows);
  attribute_.add(output.attribute.item<double>(), rows);
  add_nearest(batch, output);
  add_accuracy(batch, output);
}

// For each text its nearest image in the batch, and for each labelled image its nearest other labelled image:
// is it right?
void HeadMetricSums::add_nearest(const HeadBatch& batch, const HeadOutput& output) {
  if (output.texts.defined()) {
    const auto nearest =
        at::mm(output.texts, output.images.index_select(0, batch.paired).t()).argmax(1, true);
    const auto hit = batch.image_text.positive.t().gather(1, nearest).to(at::kFloat);
    recall_.add(hit.mean().item<double>(), static_cast<double>(hit.numel()));
  }
  const auto known = batch.labels.ge(0).nonzero().squeeze(1);
  if (known.numel() < 2) return;
  const auto images = output.images.index_select(0, known);
  const auto labels = batch.labels.index_select(0, known);
  const auto nearest = at::mm(images, images.t()).fill_diagonal_(-2).argmax(1);
  const auto hit = labels.index_select(0, nearest).eq(labels).to(at::kFloat);
  precision_.add(hit.mean().item<double>(), static_cast<double>(hit.numel()));
}

void HeadMetricSums::add_accuracy(const HeadBatch& batch, const HeadOutput& output) {
  accuracy_.resize(batch.attributes.size());
  for (size_t i = 0; i < batch.attributes.size(); ++i) {
    const auto& labels = batch.attributes[i];
    const auto known = labels.ge(0);
    const auto count = known.sum().item<double>();
    if (count == 0) continue;
    const auto right = output.attributes[i].argmax(1).eq(labels).logical_and(known).sum().item<double>();
    accuracy_[i].add(right / count, count);
  }
}

HeadMetrics HeadMetricSums::metrics() const {
  HeadMetrics out{.loss = loss_.value_or(0),
                  .contrastive = contrastive_.value_or(0),
                  .supervised = supervised_.value_or(0),
                  .attribute = attribute_.value_or(0),
                  .text_to_image_recall_1 = recall_.value_or(0),
                  .same_label_precision_1 = precision_.value_or(0)};
  for (const auto& facet : accuracy_) out.attribute_accuracy.push_back(facet.value_or(-1));
  return out;
}

}  // namespace modiste
