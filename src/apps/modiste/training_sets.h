// The sets of photos that training and evaluation read, from flags.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "embedding/towers.h"
#include "learning/training/train_encoder.h"

namespace modiste {

struct TrainingSetArguments {
  std::string clothing_cc0, fashion_mnist, cache;
  std::vector<std::string> catalogs;
};

void add_training_sets(CLI::App& command, TrainingSetArguments& into);

// Reads the catalogs; the photos are read later.
Result<TrainEncoderOptions> training_options(const TrainingSetArguments& given);

Result<Towers> open_towers(int threads);

}  // namespace modiste
