// The growth table of bench_scale: one row per size, and what each further garment and shopper costs.
#pragma once

#include <filesystem>
#include <vector>

#include "measure.h"

namespace modiste::bench {

// Writes figures.json into the folder of the size.
Result<Done> write_figures(const std::filesystem::path& folder, const ScaleFigures& figures);
// Of every size that was measured in a folder of this one, smallest first.
Result<std::vector<ScaleFigures>> read_all_figures(const std::filesystem::path& root);
void print_table(const std::vector<ScaleFigures>& sizes);

}  // namespace modiste::bench
