// Turns a classifier's probabilities into terms of the vocabulary.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/garment.h"

namespace modiste {

// How far a facet's probabilities can be trusted, measured on data sources that the heads never saw.
struct FacetCalibration {
  std::string facet;
  double temperature = 1;  // logits are divided by it (temperature scaling, Guo et al. 2017)
  double accuracy = 0;     // of the most probable term; 0 without held-out data
  int examples = 0;        // number of examples measured
};

// Divides the logarithms of the probabilities by the temperature and applies softmax, in place.
void rescale(std::span<float> probabilities, double temperature);

inline constexpr float kTagConfidenceMin = 0.5F;

// The most probable term of a facet if its probability reaches kTagConfidenceMin. An uncertain category backs
// off to its narrowest certain ancestor: "top" when it may be a tee or a tank.
// terms: names, one per probability; names that the vocabulary does not have are skipped.
[[nodiscard]] std::optional<Attribute> tag_of(Facet facet, std::span<const std::string> terms,
                                              std::span<const float> probabilities,
                                              const Vocabulary& vocabulary);

}  // namespace modiste
