// What finishes a neck: bands, collars, hoods, lapels.
#pragma once

#include "drawn_shop/drawing/torso.h"

namespace modiste::drawn_shop::drawing {

// The ribbed or bound edge of a round, V or square neck, with the back's edge behind it.
void draw_neck_band(Sheet& sheet, const Torso& torso, const Path& neck, double width, bool ribbed);
// A stand-up tube: turtleneck (folded over) or mock neck.
void draw_tube_neck(Sheet& sheet, const Torso& torso, bool folded);
// The part of a shirt collar behind the neck; then its leaves in front. spread: of the tips, 1 = classic.
void draw_collar_back(Sheet& sheet, const Torso& torso, const Cloth& cloth);
void draw_collar_leaves(Sheet& sheet, const Torso& torso, const Cloth& cloth, double spread, double size);
// A hood lying behind the neck, drawn before the body, and its front edges, drawn after.
void draw_hood_back(Sheet& sheet, const Torso& torso);
void draw_hood_front(Sheet& sheet, const Torso& torso, bool zipped);
void draw_drawstrings(Sheet& sheet, const Ink& ink, double top, double length);

}  // namespace modiste::drawn_shop::drawing
