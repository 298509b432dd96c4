// What vectors alone find: rows of a contact sheet for queries in words and in photos.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/vector_math.h"
#include "learning/evaluation/contact_sheet.h"

namespace modiste {

// A garment in one colour as search sees it.
struct SheetGarment {
  std::string garment_id;
  std::string caption;
  RgbImage image;
  Vector vector;  // unit
};

struct SheetQuery {
  std::string title;
  Vector vector;   // unit
  RgbImage photo;  // stands first in its row; 0 x 0: a query in words
};

// The nearest garments of each query, best first, each garment in its best colour only.
[[nodiscard]] std::vector<SheetRow> search_rows(std::span<const SheetQuery> queries,
                                                std::span<const SheetGarment> garments, size_t count);

// A page that shows the sheet's picture, found beside it under `picture`.
[[nodiscard]] std::string sheet_html(const std::vector<SheetRow>& rows, std::string_view title,
                                     std::string_view picture);

}  // namespace modiste
