// The surface of cloth seen close: stitches, wales, twill, slubs, flecks.
#pragma once

#include "drawn_shop/drawing/cloth.h"

namespace modiste::drawn_shop::drawing {

// Id of the tile that draws the surface; empty where cloth is smooth.
[[nodiscard]] std::string weave_of(Canvas& canvas, const Cloth& cloth);

// A pattern element of the given size with marks inside; "{id}" stays for Canvas::define.
[[nodiscard]] std::string tile_element(double width, double height, std::string_view marks);

// Rows of chevrons as path data: knits and herringbone.
[[nodiscard]] std::string zigzags(double first, double step, double half, double drop, Point size);

}  // namespace modiste::drawn_shop::drawing
