// Cloth: how a material takes light, its weave or knit, and the print on it.
#pragma once

#include "drawn_shop/drawing/canvas.h"
#include "drawn_shop/drawing/design.h"

namespace modiste::drawn_shop::drawing {

struct Cloth {
  Material material{};
  Knit knit{};
  Print print{};
  Ink ground, figure, accent;
  double print_scale = 1;
  uint64_t seed = 0;

  [[nodiscard]] Cloth plain() const;               // the same cloth without its print
  [[nodiscard]] Cloth dyed(const Ink& ink) const;  // plain, in another colour
  [[nodiscard]] Cloth knitted(Knit other) const;
};

[[nodiscard]] Cloth cloth_of(const Design& design, const Colourway& colours);

// What hems and cuffs are made of: plain, and of the lower colour where the cloth is colour-blocked.
[[nodiscard]] Cloth hem_cloth(const Cloth& cloth);

// How cloth behaves, by material and knit.
struct Hand {
  double fold_blur = 4;   // softness of its creases
  double fold_depth = 1;  // strength of their shadows
  double shine = 0.3;     // strength of their lights
  double volume = 1;      // thickness at the edges
  double edge = 0.5;      // opacity of the outline
};
[[nodiscard]] Hand hand_of(const Cloth& cloth);

// Where the threads run: u across, v along, turned about an origin. Sleeves and legs have their own.
struct Grain {
  Point origin{};
  double degrees = 0;
  [[nodiscard]] Point operator()(double u, double v) const;
  [[nodiscard]] Box local_box(const Path& outline) const;
};

// Fill of a piece lit from the top left.
[[nodiscard]] std::string base_paint(Canvas& canvas, const Cloth& cloth);
// Both draw over the outline's whole box: the caller clips.
void draw_print(Canvas& canvas, const Cloth& cloth, const Grain& grain, const Path& outline);
void draw_texture(Canvas& canvas, const Cloth& cloth, const Grain& grain, const Path& outline);

}  // namespace modiste::drawn_shop::drawing
