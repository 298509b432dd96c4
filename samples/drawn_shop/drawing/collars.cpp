#include "drawn_shop/drawing/collars.h"

namespace modiste::drawn_shop::drawing {

void draw_neck_band(Sheet& sheet, const Torso& torso, const Path& neck, double width, bool ribbed) {
  const Path inset = neck.moved({0, width * 0.1});
  if (ribbed)
    draw_rib_band(sheet.canvas, sheet.cloth.plain(), inset, width);
  else
    draw_band(sheet.canvas, sheet.cloth.ground, inset, width);
  static_cast<void>(torso);
}

void draw_tube_neck(Sheet& sheet, const Torso& torso, bool folded) {
  Canvas& canvas = sheet.canvas;
  const Cloth cloth = sheet.cloth.plain().knitted(Knit::kRib);
  const double n = torso.neck, height = folded ? 46 : 30, top = n - 6;
  const Path rim = ellipse({0, -height + 2}, top, 7);
  // The inside of the far edge, then the near wall down to the neck seam.
  canvas.fill(rim, cloth.ground.shade(0.42).hex());
  Path wall({-top, -height + 2});
  wall.curve({-top + 4, -height + 11}, {top - 4, -height + 11}, {top, -height + 2});
  wall.curve({n - 5, -height * 0.5}, {n - 2, -8}, {n + 3, 4}).curve({n * 0.75, 24}, {n * 0.4, 30}, {0, 30});
  wall.curve({-n * 0.4, 30}, {-n * 0.75, 24}, {-n - 3, 4})
      .curve({-n + 2, -8}, {-n + 5, -height * 0.5}, {-top, -height + 2});
  wall.close();
  draw_panel(canvas, cloth, {.outline = wall, .volume = 1, .in_shadow = true});
  if (!folded) return;
  Path cuff({-top - 2, -height + 1});
  cuff.curve({-top + 4, -height + 11}, {top - 4, -height + 11}, {top + 2, -height + 1});
  cuff.curve({n + 2, -height * 0.4}, {n + 2, -14}, {n + 1, -8})
      .curve({n * 0.6, 7}, {-n * 0.6, 7}, {-n - 1, -8});
  cuff.curve({-n - 2, -14}, {-n - 2, -height * 0.4}, {-top - 2, -height + 1}).close();
  draw_panel(canvas, cloth, {.outline = cuff, .volume = 0.9, .lift = 2.5, .in_shadow = true});
}

void draw_collar_back(Sheet& sheet, const Torso& torso, const Cloth& cloth) {
  const double n = torso.neck;
  Path back({-n - 2, 4});
  back.curve({-n - 1, -12}, {-n * 0.7, -25}, {0, -26}).curve({n * 0.7, -25}, {n + 1, -12}, {n + 2, 4});
  back.curve({n * 0.6, 16}, {-n * 0.6, 16}, {-n - 2, 4}).close();
  const std::string id = sheet.canvas.define(back);
  sheet.canvas.silhouette(back, id);
  const Ink inside = cloth.ground;
  sheet.canvas.use(id, "fill='" +
                           sheet.canvas.linear(
                               {0, 0}, {0, 1},
                               {{0, inside.shade(0.06)}, {0.5, inside.shade(0.2)}, {1, inside.shade(0.34)}}) +
                           "'");
  draw_seam(sheet.canvas, cloth, Path({-n + 2, 0}).curve({-n * 0.6, -8}, {n * 0.6, -8}, {n - 2, 0}), 0.7);
}

void draw_collar_leaves(Sheet& sheet, const Torso& torso, const Cloth& cloth, double spread, double size) {
  const double n = torso.neck;
  for (const bool left : {true, false}) {
    Path leaf({n + 1, -4});
    leaf.curve({n + 8, 2}, {n + 13, 10}, {n + 14 * spread, 18 * size});
    leaf.curve({n + 8 * spread, 30 * size}, {n * 0.95 * spread, 44 * size}, {n * 0.72 * spread, 56 * size});
    leaf.curve({n * 0.5, 48 * size}, {n * 0.2, 40}, {2, 31})
        .curve({n * 0.35, 24}, {n * 0.8, 8}, {n - 6, -12});
    leaf.curve({n - 3, -12}, {n - 1, -8}, {n + 1, -4}).close();
    if (left) leaf = leaf.mirrored();
    draw_panel(sheet.canvas, cloth,
               {.outline = leaf,
                .grain = {{0, 0}, left ? -38.0 : 38.0},
                .volume = 0.55,
                .lift = 2.2,
                .in_shadow = true});
    Path edge({n + 11 * spread, 19 * size});
    edge.curve({n + 5 * spread, 30 * size}, {n * 0.9 * spread, 42 * size}, {n * 0.7 * spread, 51.5 * size})
        .line({n * 0.2, 34});
    draw_stitching(sheet.canvas, cloth, left ? edge.mirrored() : edge);
  }
}

void draw_hood_back(Sheet& sheet, const Torso& torso) {
  Canvas& canvas = sheet.canvas;
  const double n = torso.neck;
  Path half({0, -84});
  half.curve({n * 0.8, -84}, {n + 26, -58}, {n + 25, -16})
      .curve({n + 25, 4}, {n + 18, 16}, {n + 8, 24})
      .line({0, 30});
  draw_panel(canvas, sheet.cloth,
             {.outline = symmetric(half),
              .folds = {{{n + 10, -50}, {n - 6, 6}, -4, 9, 0.4}, {{-n - 10, -50}, {-n + 6, 6}, 4, 9, 0.4}},
              .in_shadow = true});
  // The opening: lining in shadow.
  Path inner({0, -66});
  inner.curve({n * 0.62, -66}, {n + 2, -44}, {n + 1, -10}).curve({n - 2, 14}, {n * 0.4, 34}, {0, 44});
  const Ink lining = sheet.cloth.ground.shade(0.12);
  canvas.fill(symmetric(inner),
              canvas.linear({0.2, 0}, {0.6, 1},
                            {{0, lining.shade(0.5)}, {0.5, lining.shade(0.3)}, {1, lining.shade(0.12)}}));
  draw_seam(canvas, sheet.cloth, Path({0, -66}).line({0, 8}), 0.7);
}

void draw_hood_front(Sheet& sheet, const Torso& torso, bool zipped) {
  const double n = torso.neck;
  const double cross = zipped ? 0 : 7;
  for (const bool left : {false, true}) {
    Path edge({n + 1, -30});
    edge.curve({n + 6, -10}, {n + 16, 4}, {n + 19, 14}).curve({n * 0.8, 40}, {n * 0.3, 52}, {-cross, 58});
    edge.curve({-cross - 1, 50}, {-cross, 44}, {-cross + 2, 40})
        .curve({n * 0.55, 26}, {n - 6, 2}, {n + 1, -30})
        .close();
    draw_panel(sheet.canvas, sheet.cloth,
               {.outline = left ? edge.mirrored() : edge, .volume = 0.6, .lift = 2});
    Path line({n + 5, -18});
    line.curve({n + 8, 6}, {n * 0.5, 40}, {-cross + 2, 50});
    draw_stitching(sheet.canvas, sheet.cloth, left ? line.mirrored() : line);
  }
}

void draw_drawstrings(Sheet& sheet, const Ink& ink, double top, double length) {
  for (const double side : {-1.0, 1.0}) {
    const double end = top + sheet.vary(length, 0.1), x = side * 16;
    const Path cord = Path({x, top}).curve({x + side * 3, top + 30}, {x - side * 6, end - 40},
                                           {x + side * sheet.rng.uniform(-2, 5), end});
    sheet.canvas.stroke(cord.moved({1.2, 2}), {"#000", 4, 0.16});
    sheet.canvas.stroke(cord, {ink.shade(0.3).hex(), 4.2});
    sheet.canvas.stroke(cord, {ink.hex(), 3});
    sheet.canvas.stroke(cord, {ink.shade(0.3).hex(), 3, 0.4, "1 2.4"});
    sheet.canvas.stroke(Path(cord.at(0.94)).line(cord.end()), {ink.shade(0.5).hex(), 3.6});
    draw_button(sheet.canvas, {x, top}, 2.5, sheet.colours.hardware);
  }
}

}  // namespace modiste::drawn_shop::drawing
