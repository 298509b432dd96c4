// Rent the Runway's fit reports (Misra, Wan & McAuley 2018) as rows for the size model.
#pragma once

#include <filesystem>
#include <vector>

#include "learning/training/fit_training.h"

namespace modiste {

struct FitRows {
  std::vector<FitRow> rows;  // in the file's order: by date
  size_t refused = 0;        // lines without shopper, item, size or fit
};

// CSV with a header, plain or gzip; columns by name: user_id, item_id, fit, category, size, and age,
// body_type, bust_size_num, bust_size_letter, height_in, weight_lbs where known. size counts half US sizes,
// as the set does (8 is US 4). kNotFound, or kInvalid when a column is missing.
Result<FitRows> read_fit_rows(const std::filesystem::path& file);

}  // namespace modiste
