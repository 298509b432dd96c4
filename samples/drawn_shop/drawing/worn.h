// Where a garment sits on a figure. All kinds share one frame, so that the pictures of an outfit's pieces,
// laid over each other, are a dressed figure: the feet stand at kGround, the shoulders are at 0, as in the
// bodice block (torso.h).
#pragma once

#include "drawn_shop/drawing/design.h"
#include "drawn_shop/drawing/geometry.h"

namespace modiste::drawn_shop::drawing {

// The frame of the figure, 640 x 930. web/src/ui/figure.tsx draws the figure that fits.
inline constexpr Box kFigure{{-320, -160}, {320, 770}};

// What is cut for the body is drawn in the body's units and only moved down; anything else is fitted into a
// box around its middle.
struct WornPlace {
  Point at{};                    // of the drawing's origin, or of its middle
  double width = 0, height = 0;  // of the box; 0: cut for the body
};
[[nodiscard]] WornPlace worn_place(Kind kind);

// Figure = drawing x scale + moved.
struct OnFigure {
  Point moved{};
  double scale = 1;
};
[[nodiscard]] OnFigure on_figure(const WornPlace& place, const Box& drawing);

}  // namespace modiste::drawn_shop::drawing
