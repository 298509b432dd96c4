// Trains a SequenceNetwork to name the next item at every place of every row.
//
// Loss: softmax over the item that came next and a batch's shared negatives, half drawn evenly and half by
// share^.75. A negative counts 1 / (expected draws), so that the sum estimates that over all items (logQ:
// Bengio, Senecal 2008; Yi et al. 2019). A negative that is the answer of a place does not count there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "nn/sequence_network.h"

namespace modiste {

// Borrowed for the call.
struct SequenceDataset {
  SequenceShape shape;
  std::span<const std::vector<uint32_t>> rows;  // earliest choice first; of fewer than two items: passed over
  std::span<const std::vector<uint32_t>> held_out;  // rows by whose last items the best epoch is chosen
  std::span<const float> first;                     // items x width that the tables begin with; empty: drawn
  // Tensors that the training goes on from, in place of `first`: items, read, bias and decay of a bag. NaN in
  // a row: as without. Borrowed; null: none.
  const SequenceWeights* before = nullptr;
  bool again = true;  // an item may come again; false: a place whose item came before is not learned from
};

struct SequenceTrainerOptions {
  size_t epochs_max = 8;
  size_t patience = 2;       // epochs without a better rank of what is held out until it stops
  size_t stop_after = 0;     // epochs; 0: as patience says. The learning rate falls as if all were made
  size_t batch = 256;        // rows
  size_t negatives = 1'024;  // a batch
  float learning_rate =
      1e-3F;  // AdamW's peak: linear warm-up over the first 5% of steps, then cosine to a tenth
  float weight_decay = 0.01F;  // on tables and matrices only
  float dropout = 0.3F;        // of what is read
  float first_length = 1;      // of the rows of `first` that are not 0, the root of the mean square
  float first_evenness = 1;  // 1: all to this length; 0: their lengths keep their shares; between: its power
  uint64_t seed = 1;
};

struct SequenceEpoch {
  size_t epoch = 0;     // from 1
  double loss = 0;      // of training, the mean
  double held_out = 0;  // NDCG at 50 of the last items of the rows held out, among all items
  bool best = false;
};

// The weights of the best epoch; without rows held out, of the last. Deterministic for a seed: works on the
// calling thread only. kInvalid: fewer than kSequenceRowsMin rows of two items or more, an item that is not
// below shape.items, or `first` of another size.
inline constexpr size_t kSequenceRowsMin = 500;
Result<SequenceNetwork> train_sequences(const SequenceDataset& dataset, const SequenceTrainerOptions& options,
                                        const std::function<void(const SequenceEpoch&)>& progress = {});

}  // namespace modiste
