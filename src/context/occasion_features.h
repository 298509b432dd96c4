// Features of the learned occasion model: evidence as a sparse row of named numbers. One definition, for
// learning and for serving. All values are in [-1, 1], so that one L2 strength suits them all.
//
//   bias; year sine and cosine of the first two harmonics; weekday; day part; day part of a weekend; season;
//   warmth of the weather and wetness; recent behaviour, each occasion's share damped when few were seen;
//   category of the requested garment with all its ancestors in the tree. Body and age are not used.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "context/prior_table.h"

namespace modiste {

struct Feature {
  size_t index = 0;
  double value = 0;
};

class OccasionFeatures {
 public:
  explicit OccasionFeatures(const Vocabulary& vocabulary);
  // Names by feature index: "bias", "weekday:monday", "category:gown", ...
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // The features that are not 0, by rising index.
  [[nodiscard]] std::vector<Feature> row(const OccasionClues& clues) const;

 private:
  const Vocabulary& vocabulary_;
  std::vector<std::string> names_;
};

}  // namespace modiste
