// Do the heads help on a shop that they never saw? Each set of photos in turn is left out of training as a
// whole and then tested, beside what needs no training: the tower's own features and the colour shares.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "learning/training/tag_precision.h"

namespace modiste {

struct EvaluateUnseenOptions {
  size_t k = 10;
  size_t recall_at = 50;
  HeadFittingOptions fitting;
};

// Shares of the k nearest photos of other garments that agree with the query; means over the queries.
struct UnseenNeighbours {
  std::string vectors;  // "modiste", "resnet50", "colours"; "photo search": ranked as the shop answers
  double type = 0;
  double colour = 0, both = 0;  // over the photos whose colour the shop says; 0 without any
};

struct UnseenSet {
  std::string source;
  size_t photos = 0, coloured = 0;
  std::vector<UnseenNeighbours> neighbours;
  size_t texts = 0;        // texts of garments that were searched for
  double text_recall = 0;  // share of them with a photo of their garment among the first recall_at photos
  ColourScores colours_named;
  std::vector<FacetPrecision> tags;
};

// kInvalid when no set can be left out. texts must hold the examples' texts.
Result<std::vector<UnseenSet>> evaluate_unseen(const std::vector<PhotoExample>& examples,
                                               const TextFeatureTable& texts, const Vocabulary& vocabulary,
                                               const EvaluateUnseenOptions& options,
                                               const std::function<void(const UnseenSet&)>& progress = {});

}  // namespace modiste
