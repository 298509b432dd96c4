// Trousers and shorts: one block, cut by silhouette and length.
#pragma once

#include "drawn_shop/drawing/torso.h"

namespace modiste::drawn_shop::drawing {

// Half measures of the body and of one leg, heights from the waist.
struct Legs {
  double waist = 70, hip = 95, hip_y = 84, rise = 128;
  double length = 470;
  double knee = 36, hem = 33;      // half widths of a leg
  double knee_x = 52, hem_x = 54;  // middle of a leg from the centre line
  double band = 20;                // height of the waistband
};

[[nodiscard]] Legs legs_of(Sheet& sheet);
[[nodiscard]] Path leg_outline(const Legs& legs);  // the right one
[[nodiscard]] std::vector<Fold> leg_folds(Sheet& sheet, const Legs& legs, bool creased);
// Both legs with the inside of the waist behind them.
void draw_legs(Sheet& sheet, const Legs& legs, bool creased);
void draw_waistband(Sheet& sheet, const Legs& legs, const Cloth& cloth, bool ribbed);
void draw_belt_loops(Sheet& sheet, const Legs& legs);
void draw_fly(Sheet& sheet, const Legs& legs);
void draw_slant_pockets(Sheet& sheet, const Legs& legs);
[[nodiscard]] Path leg_hem(const Legs& legs);  // of the right leg, inner to outer

}  // namespace modiste::drawn_shop::drawing
