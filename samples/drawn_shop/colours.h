// Which colours a garment comes in, and what goes with each: print, lining, buttons, backdrop.
#pragma once

#include "drawn_shop/brands.h"
#include "drawn_shop/item.h"

namespace modiste::drawn_shop {

// One to four colours, the brand's own or the cloth's (denim washes, leathers).
[[nodiscard]] std::vector<ItemColour> choose_colours(const drawing::Design& design, const Brand& brand,
                                                     Rng& rng);

}  // namespace modiste::drawn_shop
