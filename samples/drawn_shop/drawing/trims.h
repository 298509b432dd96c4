// What is sewn onto cloth: seams, stitching, ribs, buttons, zips, pockets, labels.
#pragma once

#include "drawn_shop/drawing/panel.h"

namespace modiste::drawn_shop::drawing {

// A sewn seam: a furrow with a lit edge.
void draw_seam(Canvas& canvas, const Cloth& cloth, const Path& path, double strength = 1);
// Top stitching; a contrast thread on denim, tone in tone elsewhere.
void draw_stitching(Canvas& canvas, const Cloth& cloth, const Path& path);
void draw_stitching(Canvas& canvas, const Ink& thread, const Path& path, double opacity = 0.8);
// A ribbed band centred on the path (necks, cuffs, hems of knits).
void draw_rib_band(Canvas& canvas, const Cloth& cloth, const Path& path, double width);
// A smooth band centred on the path (binding, waistband).
void draw_band(Canvas& canvas, const Ink& ink, const Path& path, double width);

void draw_button(Canvas& canvas, Point at, double radius, const Ink& ink);
void draw_buttons(Canvas& canvas, Point from, Point to, int count, double radius, const Ink& ink);
void draw_rivet(Canvas& canvas, Point at, const Ink& metal);
void draw_zip(Canvas& canvas, const Cloth& cloth, const Path& path, const Ink& metal, double width = 4);
void draw_zip_pull(Canvas& canvas, Point at, const Ink& metal, double size = 1);

// Pockets by their top left and bottom right corner.
void draw_patch_pocket(Canvas& canvas, const Cloth& cloth, Point low, Point high, bool pointed);
void draw_flap_pocket(Canvas& canvas, const Cloth& cloth, Point low, Point high);
void draw_welt(Canvas& canvas, const Cloth& cloth, Point from, Point to, double width);

// A woven label inside the back neck.
void draw_label(Canvas& canvas, Point at, const Ink& ink);

}  // namespace modiste::drawn_shop::drawing
