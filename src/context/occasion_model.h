// P(occasion | evidence): the prior table, corrected by what logged explicit occasions taught.
//
// The correction is a softmax regression whose offset is the table's log probability. The amount of
// evidence blends the two: without examples the result is the table, each example moves it a little,
// many examples override it.
//
// Threads: immutable, any. File format: docs/formats/context-model.md.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "context/softmax_regression.h"

namespace modiste {

// A stated occasion, with the evidence that was available when it was stated.
struct OccasionExample {
  OccasionClues clues;
  Occasion said{};
  double weight = 1;
};

inline constexpr std::string_view kOccasionModelKind = "modiste-context-model";

class OccasionModel {
 public:
  // The prior table alone.
  explicit OccasionModel(const Vocabulary& vocabulary, PriorOptions prior = {});

  static Result<OccasionModel> fit(std::span<const OccasionExample> examples, const Vocabulary& vocabulary,
                                   const SoftmaxOptions& options = {}, const PriorOptions& prior = {});

  [[nodiscard]] OccasionVector predict(const OccasionClues& clues) const;
  // Sum of the weights of the training examples; 0 for the table alone.
  [[nodiscard]] double evidence() const { return evidence_; }
  [[nodiscard]] const PriorOptions& prior() const { return prior_; }

  // kCorrupt when the file is not a model, has another version, or names an unknown feature or occasion.
  static Result<OccasionModel> parse(std::string_view file, const Vocabulary& vocabulary);
  [[nodiscard]] std::string serialize() const;

 private:
  OccasionFeatures features_;
  PriorOptions prior_;
  SoftmaxWeights weights_;
  double evidence_ = 0;
};

}  // namespace modiste
