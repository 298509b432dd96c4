// Are the trained heads worth having? clothing_cc0 by sender-wise folds, beside raw ResNet-50 features.
//
// Each fold's heads are fitted without any photo of the senders they are tested on (their own early stop uses
// other senders again). Photos of the other data sets help to train in every fold. A query never finds photos
// of its own sender.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "learning/evaluation/neighbour_metrics.h"
#include "learning/training/head_fitting.h"

namespace modiste {

struct EvaluateEmbeddingOptions {
  size_t folds = 4;
  size_t k = 10;
  uint64_t seed = 7;                    // of the assignment of senders to folds
  std::string source = "clothing_cc0";  // the set that is tested on
  HeadFittingOptions fitting;
};

// One way of finding neighbours, summed over the folds.
struct RetrievalScores {
  std::string encoder;  // "modiste", "resnet50"
  std::string gallery;  // "training senders": all other folds; "held-out senders": the others of the fold
  ScoreByLabel precision;
};

struct FoldSummary {
  size_t senders = 0, photos_tested = 0, photos_trained = 0, epochs = 0;
  double precision_modiste = 0, precision_resnet = 0, zero_shot = 0;  // micro; gallery: training senders
};

// Tags of one confidence band against what was true.
struct ConfidenceBand {
  double low = 0, high = 0;
  size_t tags = 0;
  double confidence = 0, accuracy = 0;  // means
};

struct EmbeddingReport {
  size_t photos = 0, senders = 0, labels = 0, k = 0;
  std::vector<FoldSummary> folds;
  std::vector<RetrievalScores> retrieval;
  ScoreByLabel zero_shot;
  std::vector<ConfidenceBand> category_tags;
  double calibration_error = 0;  // expected, over the bands (Naeini et al. 2015)
  double seconds = 0;            // set by the caller, who has a clock
};

// Prompts of every label: training asks for their text features together with the examples' texts.
[[nodiscard]] std::vector<std::string> label_prompts(const std::vector<PhotoExample>& examples,
                                                     const std::string& source, const Vocabulary& vocabulary);

// texts must hold the examples' texts and the label prompts. kInvalid when there are fewer senders than
// folds.
Result<EmbeddingReport> evaluate_embedding(const std::vector<PhotoExample>& examples,
                                           const TextFeatureTable& texts, const Vocabulary& vocabulary,
                                           const EvaluateEmbeddingOptions& options,
                                           const std::function<void(const FoldSummary&)>& progress = {});

}  // namespace modiste
