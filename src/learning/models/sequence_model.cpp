#include "learning/models/sequence_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/rng.h"

namespace modiste {

SequenceModelOptions spectral_bag_options() {
  SequenceModelOptions options;
  options.shape.reader = SequenceReader::kBag;
  options.shape.width = 128;
  options.shape.latest_max = 50;
  options.training.epochs_max = 10;
  options.training.learning_rate = 2e-3F;
  options.training.dropout = 0.5F;
  options.training.negatives = 2'048;
  options.training.first_length = 1.6F;
  options.training.first_evenness = 0.5F;
  options.spectrum.distance_power = 1;
  options.spectrum.window = 5;
  return options;
}

SequenceModelOptions sequence_transformer_options() {
  SequenceModelOptions options;
  options.shape.reader = SequenceReader::kAttention;
  options.training.epochs_max = 6;
  options.training.learning_rate = 1e-3F;
  options.training.dropout = 0.3F;
  return options;
}

namespace {

struct SequenceSlices {
  Histories train;
  std::vector<History> held_out;
};

SequenceSlices slice_for_network(const Histories& histories, HistoryKind kind,
                                 const SequenceModelOptions& options) {
  SequenceSlices slices{histories, {}};
  auto& rows = slices.train.rows;
  std::vector<size_t> order(rows.size());
  std::iota(order.begin(), order.end(), size_t{0});
  Rng rng(options.training.seed);
  if (kind == HistoryKind::kShoppers) rng.shuffle(order);
  const auto share = static_cast<size_t>(options.held_out * static_cast<double>(rows.size()));
  for (size_t i = rows.size() - std::min(share, options.held_out_max); i < rows.size(); ++i) {
    History& row = rows[order[i]];
    if (row.size() < 2) continue;
    slices.held_out.push_back(row);
    // A session that is held out has not happened; a shopper's earlier choices have.
    if (kind == HistoryKind::kShoppers)
      row.pop_back();
    else
      row.clear();
  }
  return slices;
}

}  // namespace

void SequenceModel::fit(const Histories& histories, const FitProgress& progress) {
  best_epoch_ = 0;
  train(histories, options_, progress);
}

void SequenceModel::fit_again(const Histories& histories, const FitProgress& progress) {
  if (best_epoch_ == 0) return fit(histories, progress);
  SequenceModelOptions options = options_;
  options.held_out = 0;
  options.training.stop_after = best_epoch_;
  train(histories, options, progress);
}

void SequenceModel::train(const Histories& histories, const SequenceModelOptions& options,
                          const FitProgress& progress) {
  network_ = {};
  const SequenceSlices slices = slice_for_network(histories, kind_, options);
  SequenceDataset dataset;
  dataset.shape = options.shape;
  dataset.shape.items = histories.items;
  dataset.rows = slices.train.rows;
  dataset.held_out = slices.held_out;
  dataset.again = kind_ == HistoryKind::kSessions;
  SpectrumOptions spectrum = options.spectrum;
  spectrum.width = options.shape.width;
  const std::vector<float> first =
      options.before == nullptr ? item_spectrum(slices.train, spectrum) : std::vector<float>{};
  dataset.first = first;
  dataset.before = options.before.get();
  auto trained = train_sequences(dataset, options.training, [&](const SequenceEpoch& epoch) {
    if (epoch.best) best_epoch_ = epoch.epoch;
    if (progress) progress(epoch.epoch, options.training.epochs_max);
  });
  if (trained.ok()) network_ = std::move(trained).value();
}

void SequenceModel::score(std::span<const ItemNumber> history, std::span<float> scores) const {
  const std::vector<float> values = network_.scores(history);
  if (values.empty()) return;
  const float most = *std::max_element(values.begin(), values.end());
  double sum = 0;
  for (const float value : values) sum += std::exp(value - most);
  for (size_t i = 0; i < values.size(); ++i)
    scores[i] += static_cast<float>(std::exp(values[i] - most) / sum);
}

}  // namespace modiste
