// Sizes, prices and stock: what a shop has on its shelves some weeks into a season.
#pragma once

#include "catalog/garment.h"
#include "drawn_shop/brands.h"
#include "drawn_shop/item.h"

namespace modiste::drawn_shop {

// The size run of an item, as the shop writes it, in order; {""} for one size.
[[nodiscard]] std::vector<std::string> size_run(const DrawnItem& item, Rng& rng);
// Price in the brand's habit of endings.
[[nodiscard]] double choose_price(const DrawnItem& item, const Brand& brand, Rng& rng);
// Every size in every colour. Old stock is likelier reduced and sold out in the middle sizes.
void fill_shelves(Garment& garment, const DrawnItem& item, double age_days, Rng& rng);

}  // namespace modiste::drawn_shop
