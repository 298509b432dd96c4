// Outfits curated over the drawn shop by the rules of outfits/outfit_rules.h, within one department each.
#pragma once

#include <span>
#include <vector>

#include "base/rng.h"
#include "drawn_shop/item.h"
#include "outfits/outfit.h"
#include "outfits/outfit_rules.h"

namespace modiste::drawn_shop {

// At most `count` outfits; fewer when the shop is too small for the rules.
[[nodiscard]] std::vector<outfits::CuratedOutfit> curate_outfits(std::span<const DrawnItem> items,
                                                                 size_t count, Rng& rng);

// Whether these garments keep the rules by which the shop's own outfits are curated, whoever composed them.
// False where a garment or a colour is not among the items.
[[nodiscard]] bool keeps_rules(std::span<const outfits::OutfitPiece> pieces, const outfits::Setting& setting,
                               std::span<const DrawnItem> items);

}  // namespace modiste::drawn_shop
