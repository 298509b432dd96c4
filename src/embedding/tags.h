// From a classifier's probabilities to the vocabulary's words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/garment.h"

namespace modiste {

// How far a facet's probabilities can be trusted, measured on senders the heads never saw.
struct FacetCalibration {
  std::string facet;
  double temperature = 1;  // logits are divided by it (temperature scaling, Guo et al. 2017)
  double accuracy = 0;     // of the likeliest term; 0 where nothing was held out
  int examples = 0;        // that temperature and accuracy were measured on
};

// Softmax of the probabilities' logarithms over the temperature, in place.
void rescale(std::span<float> probabilities, double temperature);

inline constexpr float kTagConfidenceMin = 0.5F;

// The likeliest term of a facet when its probability reaches kTagConfidenceMin. A category that is not
// certain backs off to the narrowest ancestor that is: "some top" when it is a tee or a tank.
// terms: names, as many as probabilities; names that the vocabulary does not know are passed over.
[[nodiscard]] std::optional<Attribute> tag_of(Facet facet, std::span<const std::string> terms,
                                              std::span<const float> probabilities,
                                              const Vocabulary& vocabulary);

template <>
struct Contract<FacetCalibration> {
  static constexpr std::string_view kName = "FacetCalibration";
  static constexpr std::string_view kDoc = "How far a facet's probabilities can be trusted.";
  static constexpr auto kFields =
      std::tuple{field("facet", &FacetCalibration::facet, {.doc = "Vocabulary facet", .required = true}),
                 field("temperature", &FacetCalibration::temperature,
                       {.doc = "Logits are divided by it", .required = true, .min = 0.01, .max = 100}),
                 field("accuracy", &FacetCalibration::accuracy,
                       {.doc = "Of the likeliest term on held-out photos", .min = 0, .max = 1}),
                 field("examples", &FacetCalibration::examples, {.doc = "Held-out photos", .min = 0})};
};

}  // namespace modiste
