// The flags that name sets of photos, of `modiste train` and `modiste evaluate`.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

#include "apps/modiste_train/training_sets.h"
#include "learning/training/conflict_precision.h"

namespace modiste {

void add_training_sets(CLI::App& command, TrainingSetArguments& into);

// A line about a kind of contradiction between photos and words.
[[nodiscard]] std::string describe(const KindPrecision& row);

}  // namespace modiste
