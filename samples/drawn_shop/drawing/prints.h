// Marks of each print, drawn as cloth carries them: lines sag with the body, motifs repeat by a tile.
#pragma once

#include "drawn_shop/drawing/cloth.h"

namespace modiste::drawn_shop::drawing {

// Prints made of lines along and across the grain: stripes, checks, tartan, gingham.
void draw_lines(Canvas& canvas, const Cloth& cloth, const Grain& grain, const Box& local);
// Every other print as a repeating tile, and checks on cloth that hangs straight. Answers the id.
[[nodiscard]] std::string tile_of(Canvas& canvas, const Cloth& cloth);
// Dip and tie dye: soft rings about a point of the garment.
void draw_tie_dye(Canvas& canvas, const Cloth& cloth, const Box& box);

}  // namespace modiste::drawn_shop::drawing
