// A piece of cloth with its light: base, print, weave, rounding at the edges, folds.
#pragma once

#include <span>
#include <vector>

#include "drawn_shop/drawing/cloth.h"

namespace modiste::drawn_shop::drawing {

// A crease: shadow along from -> to with a lit ridge beside it. Tapered at both ends, or open at `to` (a
// flute of a skirt). bend moves its middle sideways; depth 0 to 1.
struct Fold {
  Point from, to;
  double bend = 0;
  double width = 10;
  double depth = 0.5;
  bool open = false;
};

struct Panel {
  Path outline;
  Grain grain{};
  std::vector<Fold> folds{};
  double volume = 1;       // of the rounding, relative to the cloth's own
  double lift = 0;         // units above what is under it: throws a small shadow there
  bool in_shadow = false;  // part of the silhouette's shadow on the backdrop
};

void draw_panel(Canvas& canvas, const Cloth& cloth, const Panel& panel);
// Pieces of one cloth that lie apart, or side by side: sleeves, legs. Their light is blurred in one pass,
// which is what costs time when the picture is rasterised (about 4 ms a pass at 480 x 600).
void draw_panels(Canvas& canvas, const Cloth& cloth, std::span<const Panel> panels);

// Mirrors a fold with its outline.
[[nodiscard]] Fold mirror(const Fold& fold);

// Blurred marks over what is drawn, clipped to the outline.
void draw_folds(Canvas& canvas, const Cloth& cloth, const Path& outline, const std::vector<Fold>& folds);

}  // namespace modiste::drawn_shop::drawing
