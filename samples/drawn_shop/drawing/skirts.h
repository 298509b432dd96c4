// Skirts, alone or below a bodice: fluted, pleated, gathered, straight.
#pragma once

#include "drawn_shop/drawing/torso.h"

namespace modiste::drawn_shop::drawing {

// Half widths, and heights in the units of the whole garment.
struct SkirtCut {
  double waist = 66, top = 0;
  double hip = 92, hip_y = 84;
  double hem = 110, low = 300;
  int flutes = 4;      // soft folds that end in waves of the hem; 0: a straight hem
  double wave = 7;     // their depth at the hem
  int pleats = 0;      // pressed ones
  int tiers = 0;       // gathered tiers
  double gathers = 0;  // strength of the gathering at the top
  bool slit = false;
  bool wrap = false;
};

[[nodiscard]] SkirtCut skirt_of(Sheet& sheet, double waist, double top);
void draw_skirt_panel(Sheet& sheet, const SkirtCut& cut);
[[nodiscard]] Path skirt_outline(Sheet& sheet, const SkirtCut& cut);

}  // namespace modiste::drawn_shop::drawing
