// Trains ProjectionHeads over features that frozen towers computed once.
//
// Loss of a batch = contrastive + supervised + attribute, each with its weight:
//   contrastive  InfoNCE image <-> text, both ways, over the cosines / temperature (Radford et al. 2021).
//   supervised   SupCon over images that share a label or a garment (Khosla et al. 2020).
//   attribute    mean cross-entropy of each facet over the rows where its label is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "nn/projection_heads.h"

namespace modiste {

// Rows of an image table and a text table, and what is known of them. Borrowed: must outlive the trainer.
struct HeadDataset {
  std::span<const float> image_features = {};  // images x info.image_features
  std::span<const float> text_features = {};   // texts x info.text_features
  // Texts that describe an image, as (image row, text row). An image may have several: each epoch draws one.
  // Images without any train the other two losses only.
  std::span<const std::pair<uint32_t, uint32_t>> pairs = {};
  // Photos of one garment carry the same garment id: they are positives of each other, never negatives. -1:
  // its own. Empty: all -1.
  std::span<const int32_t> garments = {};
  // Classes for the supervised loss; in the contrastive loss two rows with the same class are neither
  // positives nor negatives. -1: unknown. Empty: all -1.
  std::span<const int32_t> labels = {};
  // One list per info.attributes, each with a term index per image, -1 unknown; or an empty list.
  std::vector<std::span<const int32_t>> attributes = {};
};

struct HeadTrainerOptions {
  size_t epochs_max = 40;
  size_t batch = 256;             // images; contrastive negatives come from the batch
  float learning_rate = 1e-3F;    // AdamW's peak: linear warm-up over the first 5% of steps, then cosine to 0
  float weight_decay = 0.01F;     // on matrices only
  float dropout = 0.2F;           // on the hidden layers
  float input_dropout = 0.1F;     // on the standardised features; the data sets are small
  float label_smoothing = 0.05F;  // attribute heads
  float temperature_init = 0.07F;  // learned for the contrastive loss, kept within [0.01, 0.5]
  float supervised_temperature = 0.1F;
  float contrastive_weight = 1.0F;
  float supervised_weight = 1.0F;
  float attribute_weight = 0.5F;
  size_t patience = 6;  // epochs without a better validation loss until `stop`
  uint64_t seed = 1;
};

struct HeadMetrics {
  double loss = 0;  // the weighted sum
  double contrastive = 0, supervised = 0, attribute = 0;
  double text_to_image_recall_1 = 0;            // within the batch, over rows that have a text
  double same_label_precision_1 = 0;            // nearest image of the batch has the same label, where known
  std::vector<double> attribute_accuracy = {};  // per info.attributes; -1 where nothing is labelled
};

struct HeadEpoch {
  size_t epoch = 0;  // from 1
  float learning_rate = 0;
  float temperature = 0;
  HeadMetrics training;                   // running means, with dropout
  std::optional<HeadMetrics> validation;  // when a validation set was given
  bool best = false;                      // lowest validation (else training) loss so far
  bool stop = false;                      // patience is out or epochs_max reached
};

// Deterministic for a seed: works on the calling thread only. Threads: one owner.
class HeadTrainer {
 public:
  // info.temperature is replaced by what is learned. kInvalid names the span whose size or value does not
  // fit.
  static Result<HeadTrainer> create(HeadsInfo info, HeadDataset training,
                                    std::optional<HeadDataset> validation, HeadTrainerOptions options);

  HeadTrainer(HeadTrainer&&) noexcept;
  HeadTrainer& operator=(HeadTrainer&&) noexcept;
  ~HeadTrainer();

  // One pass over the training images. The caller reports progress, and stops when `stop` is set or earlier.
  HeadEpoch run_epoch();
  // As in run_epoch's validation, on any set.
  [[nodiscard]] HeadMetrics evaluate(const HeadDataset& dataset) const;
  // The weights of the best epoch so far; before the first epoch the initial weights.
  [[nodiscard]] ProjectionHeads heads() const;

 private:
  struct State;
  explicit HeadTrainer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace modiste
