// Trains a SetTransformer on sets that people put together.
//
// Loss of a batch = category + item + set:
//   category  cross-entropy of the category at a blank that is drawn in each set (Devlin et al. 2019).
//   item      InfoNCE of the blank's item against the items of the batch's other sets; half of it against
//             those of its own category alone. Only where items have words or a vector.
//   set       binary cross-entropy of the sets against as many sets of drawn items, of the same lengths; half
//             of these keep the categories, where items have words or a vector.
// A drawn item is taken from all sets, so as often as it is worn; one that takes the place of an item with
// words or a vector has some too: that something is known of an item must say nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "nn/set_transformer.h"

namespace modiste {

struct SetItem {
  uint32_t category = 0;
  std::vector<uint32_t> words;
  int64_t feature_row = -1;  // of the dataset's features; -1: not known
};

// Borrowed for the call.
struct SetDataset {
  SetInfo info;
  std::span<const SetItem> items;
  std::span<const float> features;          // rows x info.shape.features
  std::vector<std::vector<uint32_t>> sets;  // of items; those of fewer than two are passed over
};

struct SetTrainerOptions {
  size_t epochs_max = 24;
  size_t batch = 128;           // sets
  float learning_rate = 2e-3F;  // AdamW's peak: linear warm-up over the first 5% of steps, then cosine to 0
  float weight_decay = 0.01F;   // on matrices only
  float dropout = 0.1F;
  float word_dropout = 0.3F;     // share of an item's words that are not read
  float content_dropout = 0.1F;  // share of items of which only the category is read
  float category_weight = 1.0F, item_weight = 1.0F, set_weight = 1.0F;
  double held_out = 0.05;  // share of the sets, drawn, by which the best epoch is chosen
  size_t patience = 6;     // epochs without a better loss on them until it stops
  uint64_t seed = 1;
};

struct SetEpoch {
  size_t epoch = 0;                        // from 1
  double loss = 0;                         // of training, the running mean
  double category = 0, item = 0, set = 0;  // on what was held out
  double held_out = 0;                     // their weighted sum
  bool best = false;
};

// The weights of the best epoch. Deterministic for a seed: works on the calling thread only.
// kInvalid: fewer than kSetsMin sets of two items or more, or an item that does not fit the shape.
inline constexpr size_t kSetsMin = 20;
Result<SetTransformer> train_sets(const SetDataset& dataset, const SetTrainerOptions& options,
                                  const std::function<void(const SetEpoch&)>& progress = {});

}  // namespace modiste
