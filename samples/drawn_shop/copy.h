// Titles and descriptions in the voice of each brand.
#pragma once

#include "drawn_shop/brands.h"
#include "drawn_shop/item.h"

namespace modiste::drawn_shop {

struct Copy {
  std::string title, description;
};
[[nodiscard]] Copy write_copy(const DrawnItem& item, const Brand& brand, Rng& rng);

}  // namespace modiste::drawn_shop
