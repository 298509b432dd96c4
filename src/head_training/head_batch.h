// Private to head_training: includes LibTorch. Batches of a HeadDataset and the relations between their rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/rng.h"
#include "head_training/head_losses.h"
#include "head_training/head_trainer.h"
#include "head_training/torch.h"

namespace modiste {

// kInvalid names the span that does not fit the heads or the other spans.
[[nodiscard]] Result<Done> check_dataset(const HeadsInfo& info, const HeadDataset& dataset);

struct HeadBatch {
  at::Tensor image_features;           // rows x image_features
  at::Tensor text_features;            // paired rows x text_features; undefined when no row is paired
  at::Tensor paired;                   // indices of the rows that have a text
  Relations image_text;                // paired x paired
  Relations image_image;               // rows x rows, the diagonal left out
  at::Tensor labels;                   // rows, -1 unknown
  std::vector<at::Tensor> attributes;  // per facet: rows, -1 unknown
};

// Cuts a dataset into batches of about equal size, in a new random order for each pass.
class HeadBatches {
 public:
  // Borrows the dataset's spans.
  HeadBatches(const HeadsInfo& info, const HeadDataset& dataset, size_t batch);

  [[nodiscard]] size_t count() const { return count_; }
  // Draws the order of the rows and one text for each row.
  void shuffle(Rng& rng);
  [[nodiscard]] HeadBatch batch(size_t index) const;

  [[nodiscard]] const at::Tensor& image_features() const { return image_features_; }
  [[nodiscard]] const at::Tensor& text_features() const { return text_features_; }

 private:
  HeadDataset dataset_;
  at::Tensor image_features_, text_features_;
  std::vector<std::vector<uint32_t>> texts_of_image_;
  std::vector<uint32_t> order_;
  std::vector<int64_t> drawn_text_;  // by image; -1 none
  size_t count_ = 0;
};

}  // namespace modiste
