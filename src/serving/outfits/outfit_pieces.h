// What outfits and looks of the day have in common: the id that events name them by, and what the impression
// log gets of their pieces.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "outfits/outfit.h"
#include "serving/outfits/outfit_requests.h"

namespace modiste {

[[nodiscard]] std::vector<outfits::OutfitPiece> pieces_of(std::span<const OutfitPieceView> views);

// "o" and a hash of the pieces, in whatever order: an event about an outfit and one about a look of the same
// pieces mean the same.
[[nodiscard]] std::string outfit_id_of(std::span<const outfits::OutfitPiece> pieces);

// Appends what was chosen of an outfit's pieces: its anchors were given. An item that is in the answer
// already stays where it is.
void add_chosen(std::span<const OutfitPieceView> pieces, Answer& chosen);

}  // namespace modiste
