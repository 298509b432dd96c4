// Described photos as the rows that HeadTrainer reads.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "learning/training/head_fitting.h"

namespace modiste {

// Numbers for garments and classes, the same for training and validation rows.
class HeadRowLabels {
 public:
  HeadRowLabels(std::span<const PhotoExample* const> examples, bool label_garments);
  [[nodiscard]] int32_t garment(const PhotoExample& example) const;  // -1: alone
  [[nodiscard]] int32_t label(const PhotoExample& example) const;    // -1: unknown

 private:
  [[nodiscard]] std::string class_of(const PhotoExample& example) const;
  bool label_garments_;
  std::map<std::string, int32_t> garments_, classes_;
};

// Owns what dataset() borrows; stays in place while a trainer uses it.
class HeadRows {
 public:
  // kInvalid: features of a wrong size, or a text that the table lacks.
  static Result<HeadRows> make(std::span<const PhotoExample* const> examples, const TextFeatureTable& texts,
                               const HeadsInfo& info, const HeadRowLabels& labels);

  [[nodiscard]] HeadDataset dataset() const;
  [[nodiscard]] size_t size() const { return labels_.size(); }
  [[nodiscard]] std::span<const float> features() const { return image_features_; }
  // Term index of a row in one of info.attributes; -1 unknown.
  [[nodiscard]] int32_t attribute(size_t facet, size_t row) const { return attributes_[facet][row]; }

 private:
  Result<Done> add_texts(const PhotoExample& example, uint32_t row, const TextFeatureTable& texts,
                         std::map<std::string, uint32_t>& text_rows);

  std::vector<float> image_features_, text_features_;
  std::vector<std::pair<uint32_t, uint32_t>> pairs_;
  std::vector<int32_t> garments_, labels_;
  std::vector<std::vector<int32_t>> attributes_;
};

}  // namespace modiste
