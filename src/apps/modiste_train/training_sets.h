// The sets of photos that training and evaluation read.
#pragma once

#include <string>
#include <vector>

#include "embedding/towers.h"
#include "learning/training/train_encoder.h"

namespace modiste {

struct TrainingSetArguments {
  std::string clothing_cc0, fashion_mnist, cache;
  std::string looked_at;  // CSV of doubts that people looked at (learning/training/conflict_precision.h)
  std::vector<std::string> catalogs;
};

// Reads the catalogs; the photos are read later.
Result<TrainEncoderOptions> training_options(const TrainingSetArguments& given);

Result<Towers> open_towers(int threads);

}  // namespace modiste
