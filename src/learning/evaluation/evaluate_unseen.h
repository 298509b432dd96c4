// Do the heads help on a shop that they never saw? Each set of photos in turn is left out of training as a
// whole and then tested, beside what needs no training: the tower's own features and the colour shares.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "learning/evaluation/contact_sheet.h"
#include "learning/training/conflict_precision.h"
#include "learning/training/tag_precision.h"

namespace modiste {

struct EvaluateUnseenOptions {
  size_t k = 10;
  size_t recall_at = 50;
  HeadFittingOptions fitting;
  LookedAt looked_at;
  bool makes_sheets = false;  // of searches by photo, and of photos that contradict their words
};

// Shares of the k nearest photos of other garments that agree with the query; means over the queries.
struct UnseenNeighbours {
  // "modiste", "resnet50", "colours"; "similar": by looks and by colour as a term of its own, without the
  // shop's words; "photo search": ranked as the shop answers
  std::string vectors;
  double type = 0;
  double colour = 0, both = 0;  // over the photos whose colour the shop says; 0 without any
};

// Pairs of photos of garments of one role whose vectors have at least this cosine: shares of one type, with
// colours as like as kLikeColours, and both.
struct AlikeBound {
  float cosine = 0;
  size_t pairs = 0;
  double type = 0, colour = 0, both = 0;
};
inline constexpr float kLikeColours = 0.75F;  // PaletteLikeness

struct UnseenSet {
  std::string source;
  size_t photos = 0, coloured = 0;
  std::vector<UnseenNeighbours> neighbours;
  size_t texts = 0;        // texts of garments that were searched for
  double text_recall = 0;  // share of them with a photo of their garment among the first recall_at photos
  ColourScores colours_named;
  std::vector<FacetPrecision> tags;
  std::vector<KindPrecision> conflicts;  // between the photos and the words
  std::vector<OwnDoubt> doubts;          // about photos with their own words
  std::vector<AlikeBound> alike;         // what "looks like" is worth from each cosine
  std::vector<Sheet> sheets;
};

// kInvalid when no set can be left out. texts must hold the examples' texts.
Result<std::vector<UnseenSet>> evaluate_unseen(const std::vector<PhotoExample>& examples,
                                               const TextFeatureTable& texts, const Vocabulary& vocabulary,
                                               const EvaluateUnseenOptions& options,
                                               const std::function<void(const UnseenSet&)>& progress = {});

}  // namespace modiste
