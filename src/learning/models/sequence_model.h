// Networks over the order of choices (nn/sequence_network.h) as models of the next item. Their scores are
// shares of all items that add up to 1.
#pragma once

#include <memory>
#include <string>

#include "head_training/sequence_trainer.h"
#include "learning/models/item_spectrum.h"
#include "learning/models/next_item_models.h"

namespace modiste {

struct SequenceModelOptions {
  SequenceShape shape;  // its items are those of the histories
  SequenceTrainerOptions training;
  SpectrumOptions spectrum = {};  // its width is the shape's
  double held_out = 0.03;  // share of the rows by which the best epoch is chosen: of sessions the latest, of
                           // shoppers the last choices of some that are drawn
  size_t held_out_max = 2'000;
  std::shared_ptr<const SequenceWeights> before =
      {};  // SequenceDataset::before; null: begins with the spectrum
};

// "spectral-bag": long histories of a shopper, who changes little. The figures of both were chosen on splits
// of the rows before the ones that `modiste evaluate scoreboard` holds out.
[[nodiscard]] SequenceModelOptions spectral_bag_options();
// "transformer": sessions, where the latest matter most.
[[nodiscard]] SequenceModelOptions sequence_transformer_options();

class SequenceModel final : public NextItemModel {
 public:
  SequenceModel(std::string name, HistoryKind kind, SequenceModelOptions options)
      : name_(std::move(name)), kind_(kind), options_(options) {}
  [[nodiscard]] std::string_view name() const override { return name_; }
  // Of too few rows nothing is learned (kSequenceRowsMin): all scores are 0.
  void fit(const Histories& histories, const FitProgress& progress = {}) override;
  // From all rows, as many epochs as were best in the fit before: what a shop sold last is not held out.
  // Without a fit before: fit().
  void fit_again(const Histories& histories, const FitProgress& progress = {});
  void score(std::span<const ItemNumber> history, std::span<float> scores) const override;
  [[nodiscard]] size_t bytes() const override { return network_.bytes(); }
  [[nodiscard]] const SequenceNetwork& network() const {
    return network_;
  }  // of no items: nothing was learned

 private:
  void train(const Histories& histories, const SequenceModelOptions& options, const FitProgress& progress);

  std::string name_;
  HistoryKind kind_;
  SequenceModelOptions options_;
  SequenceNetwork network_;
  size_t best_epoch_ = 0;  // of the latest fit; 0: none
};

}  // namespace modiste
