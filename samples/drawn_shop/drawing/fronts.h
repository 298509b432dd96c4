// Garments that open down the front: two overlapping fronts over the inside of the back.
#pragma once

#include "drawn_shop/drawing/torso.h"

namespace modiste::drawn_shop::drawing {

struct FrontCut {
  double overlap = 10;   // of each front past the centre line
  double close_y = 110;  // where the fronts meet; above, the neck opens in a V
  double cutaway = 0;    // rounding of the lower front corner
  double gap = 0;        // worn open: half the distance between the fronts at the hem
};

// Back and lining as seen in the neck and between open fronts.
void draw_open_back(Sheet& sheet, const Torso& torso, const Ink& lining);
[[nodiscard]] Path front_outline(const Torso& torso, const FrontCut& cut);  // the right one
// Both fronts; the left side's (on the viewer's right) under the other.
void draw_fronts(Sheet& sheet, const Torso& torso, const FrontCut& cut, const std::vector<Fold>& folds);

struct Lapel {
  double width = 46;    // of the lapel's tip from the break line
  double gorge_y = 52;  // height of the notch
  double collar = 30;   // depth of the collar leaf
  bool peaked = false;
  bool shawl = false;
};
// Collar at the back, before the fronts; lapels and collar leaves, after them.
void draw_lapel_back(Sheet& sheet, const Torso& torso, const Cloth& cloth);
void draw_lapels(Sheet& sheet, const Torso& torso, const FrontCut& cut, const Lapel& lapel,
                 const Cloth& cloth);

}  // namespace modiste::drawn_shop::drawing
