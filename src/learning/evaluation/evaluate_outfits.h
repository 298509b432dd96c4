// How well models know what is worn together: fill-in-the-blank accuracy and the area under the curve of
// outfits against lists of drawn items, each with an interval by the bootstrap over questions and lines;
// all models are judged on the same draws.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "learning/datasets/outfit_task.h"
#include "learning/evaluation/bootstrap.h"
#include "learning/models/outfit_model.h"

namespace modiste {

struct EvaluateOutfitsOptions {
  size_t seeds = 1;  // of drawn models: each is fitted so often, and what is measured is averaged
  size_t resamples = 1'000;
  uint64_t seed = 7;
};

// One set of questions or of lines.
struct OutfitScores {
  std::string set;
  size_t count = 0;
  Interval score;                  // accuracy, or area under the curve; the mean over seeds
  double lowest = 0, highest = 0;  // of a seed
};

struct OutfitModelScores {
  std::string name;
  size_t seeds = 1;
  std::vector<OutfitScores> filled, areas;
  double fit_seconds = 0;  // of all seeds
  double seconds = 0;      // with the scoring
};

struct OutfitSetReport {
  std::string set;
  size_t count = 0, left_out = 0, taught = 0, uncategorised = 0;
};

struct OutfitsReport {
  size_t outfits = 0, items = 0, named = 0, categories = 0;  // of training
  std::vector<OutfitSetReport> questions, lines;
  std::vector<OutfitModelScores> models;
  double seconds = 0;
};

using OutfitsProgress = std::function<void(const std::string& line)>;

[[nodiscard]] OutfitsReport evaluate_outfits(const OutfitTask& task,
                                             std::span<const std::unique_ptr<OutfitModel>> models,
                                             const EvaluateOutfitsOptions& options,
                                             const OutfitsProgress& progress = {});

[[nodiscard]] json::value to_report_json(const OutfitsReport& report);
[[nodiscard]] std::string to_report_text(const OutfitsReport& report);

}  // namespace modiste
