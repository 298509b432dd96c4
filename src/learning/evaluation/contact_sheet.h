// Pictures side by side, to look at what a search found. The only file of evaluation that draws by libvips.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "embedding/encoder.h"

namespace modiste {

struct SheetCell {
  RgbImage image;  // drawn whole on white
  std::string caption;
};

// A query and what it found.
struct SheetRow {
  std::string title;             // the words, or what the photo is
  std::vector<SheetCell> cells;  // a photo query comes first
};

inline constexpr size_t kSheetColumnsMax = 12;
inline constexpr size_t kSheetRowsMax = 40;

// JPEG. Rows are drawn one under the other; longer ones are cut at kSheetColumnsMax. kInvalid: nothing to
// draw, or too many rows.
Result<std::vector<std::byte>> draw_contact_sheet(const std::vector<SheetRow>& rows);

}  // namespace modiste
