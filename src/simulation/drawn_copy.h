// Titles and descriptions in the voice of each brand.
#pragma once

#include "simulation/drawn_brands.h"
#include "simulation/drawn_item.h"

namespace modiste {

struct DrawnCopy {
  std::string title, description;
};
[[nodiscard]] DrawnCopy write_copy(const DrawnItem& item, const DrawnBrand& brand, Rng& rng);

}  // namespace modiste
