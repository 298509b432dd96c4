// Contact sheets: rows of photos for people to look at, as one HTML page.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace modiste {

struct SheetTile {
  std::string photo;  // path of the file
  std::string caption;
  bool right = true;  // false: captioned in red
};

struct SheetRow {
  std::vector<SheetTile> tiles;  // the first is what was asked for, set apart
  double score = 0;              // what worst rows are chosen by
};

struct Sheet {
  std::string name;   // of the file, without extension
  std::string title;  // what is shown
  std::vector<SheetRow> rows;
};

// A few rows drawn at random, and the worst by score, worst first: `count` of each.
[[nodiscard]] Sheet random_rows(Sheet all, size_t count, uint64_t seed);
[[nodiscard]] Sheet worst_rows(Sheet all, size_t count);

// Writes NAME.html; the page shows the photos where they lie.
Result<Done> write_sheet(const Sheet& sheet, const std::filesystem::path& folder);

}  // namespace modiste
