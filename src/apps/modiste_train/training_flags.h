// The flags that name sets of photos, of `modiste train` and `modiste evaluate`.
#pragma once

#include <CLI/CLI.hpp>

#include "apps/modiste_train/training_sets.h"

namespace modiste {

void add_training_sets(CLI::App& command, TrainingSetArguments& into);

}  // namespace modiste
