// Which colours a garment comes in, and what goes with each: print, lining, buttons, backdrop.
#pragma once

#include "simulation/drawn_brands.h"
#include "simulation/drawn_item.h"

namespace modiste {

// One to four colours, the brand's own or the cloth's (denim washes, leathers).
[[nodiscard]] std::vector<DrawnColour> choose_colours(const drawing::Design& design, const DrawnBrand& brand,
                                                      Rng& rng);

}  // namespace modiste
