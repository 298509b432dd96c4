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

inline constexpr float kTagConfidenceMin = 0.5F;  // where no other bound was measured
inline constexpr float kTagNeverKept = 2;         // bound of a facet that photos are not trusted with

// Terms of one facet with their probabilities. Names that the vocabulary does not have are skipped.
struct FacetGuess {
  Facet facet{};
  std::span<const std::string> terms;
  std::span<const float> probabilities;  // by term
};

// The most probable term if its probability reaches `keep_from`. An uncertain category backs off to its
// narrowest certain ancestor: "top" when it may be a tee or a tank. Otherwise none: unknown.
[[nodiscard]] std::optional<Attribute> tag_of(const FacetGuess& guess, const Vocabulary& vocabulary,
                                              float keep_from = kTagConfidenceMin);

// Removes tags of facets that a garment of the tagged category cannot have.
void drop_impossible_tags(std::vector<Attribute>& tags, const Vocabulary& vocabulary);

// Whether a garment that is `truth` may be called `term`: by the same term, or by a category above or below.
[[nodiscard]] bool may_be_called(Facet facet, std::string_view term, std::string_view truth,
                                 const Vocabulary& vocabulary);

}  // namespace modiste
