// Casual outerwear: puffers, bombers, denim and leather jackets, parkas.
#include <fmt/format.h>

#include "drawn_shop/drawing/collars.h"
#include "drawn_shop/drawing/fronts.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

Torso jacket(Sheet& sheet, double length) {
  Torso t = torso_of(sheet);
  t.chest += 6, t.waist = t.chest - 4, t.hem = t.chest - 2, t.shoulder += 4, t.armhole += 6;
  t.length = sheet.vary(length, 0.03);
  return t;
}

SleeveCut roomy(Sheet& sheet, const Torso& t, double extra) {
  SleeveCut cut = sleeve_of(sheet, t);
  cut.bicep += extra, cut.cuff += extra * 0.7, cut.belly = 4;
  return cut;
}

void draw_zip_front(Sheet& sheet, double top, double low, double width) {
  draw_zip(sheet.canvas, sheet.cloth, Path({0, top}).line({0, low}), sheet.colours.hardware, width);
  draw_zip_pull(sheet.canvas, {0, top + 6}, sheet.colours.hardware, 1.1);
}

// A stand collar seen from the front: the far side inside, two near wings.
void draw_stand_collar(Sheet& sheet, const Torso& t, const Cloth& cloth, double height) {
  const double n = t.neck;
  for (const bool left : {true, false}) {
    Path wing({0, 40});
    wing.curve({n * 0.4, 36}, {n * 0.85, 20}, {n + 6, -2})
        .curve({n + 6, -height * 0.5}, {n + 2, -height * 0.8}, {n - 2, -height});
    wing.curve({n * 0.7, -height * 0.3}, {n * 0.3, 40 - height * 1.1}, {0, 42 - height}).close();
    draw_panel(sheet.canvas, cloth,
               {.outline = left ? wing.mirrored() : wing, .volume = 0.9, .lift = 1, .in_shadow = true});
  }
}

void draw_collar_inside(Sheet& sheet, const Torso& t, double height) {
  const double n = t.neck;
  const Path inside = Path({-n - 4, 0})
                          .curve({-n, -height}, {-n * 0.6, -height - 6}, {0, -height - 6})
                          .curve({n * 0.6, -height - 6}, {n, -height}, {n + 4, 0})
                          .quad({0, 60}, {-n - 4, 0})
                          .close();
  sheet.canvas.silhouette(inside, sheet.canvas.define(inside));
  const Ink ink = sheet.cloth.ground;
  sheet.canvas.fill(inside, sheet.canvas.linear({0, 0}, {0, 1}, {{0, ink.shade(0.12)}, {1, ink.shade(0.5)}}));
  draw_label(sheet.canvas, {0, 6}, ink);
}

// The puffed channels between level (or sloping) lines of quilting.
void draw_quilting(Sheet& sheet, const Path& outline, const Grain& grain, double step) {
  Canvas& canvas = sheet.canvas;
  const Ink& ink = sheet.cloth.ground;
  const Box box = grain.local_box(outline);
  const double x0 = box.low.x - 4, x1 = box.high.x + 4, xm = (x0 + x1) / 2;
  std::string seams, shadows, lights, puckers;
  for (double y = box.low.y + step * 0.7; y < box.high.y + step; y += step) {
    const auto line = [&](double dy) {
      return path_data(Path(grain(x0, y + dy - 3)).quad(grain(xm, y + dy + 5), grain(x1, y + dy - 3)),
                       canvas.warp());
    };
    seams += line(0), shadows += line(-step * 0.12), lights += line(-step * 0.62);
    for (double x = x0 + sheet.rng.uniform(4, 16); x < x1; x += sheet.rng.uniform(22, 46)) {
      const double reach = sheet.rng.uniform(0.2, 0.5) * step;
      puckers +=
          path_data(Path(grain(x, y)).line(grain(x + sheet.rng.uniform(-4, 4), y + reach)), canvas.warp());
      puckers += path_data(Path(grain(x + 7, y)).line(grain(x + 7 + sheet.rng.uniform(-4, 4), y - reach)),
                           canvas.warp());
    }
  }
  const auto draw = [&](const std::string& data, const Ink& colour, double width, double opacity) {
    canvas.raw(fmt::format("<path d='{}' fill='none' stroke='{}' stroke-width='{:.3g}' stroke-opacity='{}'/>",
                           data, colour.hex(), width, opacity));
  };
  const bool dark = ink.dark();
  canvas.begin_clip(outline);
  canvas.begin_blur(step * 0.1);
  draw(shadows, ink.shade(dark ? 0.5 : 0.26), step * 0.3, 0.42);
  draw(lights, ink.tint(dark ? 0.2 : 0.4), step * 0.4, 0.4);
  draw(puckers, ink.shade(0.45), 2.6, 0.34);
  canvas.end();
  draw(seams, ink.shade(0.55), 1.3, 0.75);
  canvas.end();
}

void draw_ribbed_ends(Sheet& sheet, const Torso& t, const SleeveShape& sleeve, const Cloth& rib) {
  const double x = t.hem - 1, y = t.length - 9;
  draw_rib_band(sheet.canvas, rib,
                Path({-x, y}).curve({-x * 0.6, y + t.hem_curve}, {x * 0.6, y + t.hem_curve}, {x, y}), 25);
  for (const SleeveShape& s : {sleeve, mirror(sleeve)})
    draw_rib_band(sheet.canvas, rib, s.cuff.moved(s.along * -8), 22);
}

void draw_slash_pockets(Sheet& sheet, double x, double y, bool zipped) {
  for (const double side : {-1.0, 1.0}) {
    const Point from{side * x, y + 52}, to{side * (x + 16), y};
    if (zipped) {
      draw_zip(sheet.canvas, sheet.cloth, Path(from).line(to), sheet.colours.hardware, 3);
      draw_zip_pull(sheet.canvas, to + Point{0, 3}, sheet.colours.hardware, 0.7);
    } else {
      draw_welt(sheet.canvas, sheet.cloth, from, to, side * 9);
    }
  }
}

void draw_panel_seams(Sheet& sheet, const Torso& t) {
  for (const double side : {-1.0, 1.0}) {
    const Path seam = Path({side * 62, 112}).line({side * 38, t.length - 26});
    for (const double dx : {0.0, 3.0}) draw_stitching(sheet.canvas, sheet.cloth, seam.moved({dx * side, 0}));
    draw_seam(sheet.canvas, sheet.cloth, seam, 0.8);
  }
}

}  // namespace

Frame draw_puffer(Sheet& sheet) {
  const bool gilet = sheet.design.sleeve == Sleeve::kSleeveless,
             long_cut = sheet.design.length == Length::kLong || sheet.design.length == Length::kMidi;
  Torso t = jacket(sheet, long_cut ? 520 : 370);
  t.chest += 8, t.hem = t.chest + 2, t.waist = t.chest + 4, t.hem_curve = 9;
  const double step = sheet.vary(sheet.design.variant % 3 == 0 ? 30 : 44, 0.06);
  const bool hooded = sheet.design.variant % 3 == 1;
  SleeveShape sleeve;
  if (!gilet) {
    sleeve = draw_sleeves(sheet, t, roomy(sheet, t, 18));
    for (const SleeveShape& s : {sleeve, mirror(sleeve)})
      draw_quilting(sheet, s.outline, s.grain, step * 0.92);
  }
  if (hooded)
    draw_hood_back(sheet, t);
  else
    draw_collar_inside(sheet, t, 30);
  const Path outline = torso_outline(t, front_neck(t, Neckline::kCrew));
  draw_panel(sheet.canvas, sheet.cloth, {.outline = outline, .volume = 1.2, .in_shadow = true});
  draw_quilting(sheet, outline, {}, step);
  draw_slash_pockets(sheet, 58, t.waist_y + 10, true);
  draw_zip_front(sheet, hooded ? 50 : 8, t.length + 7, 5);
  if (hooded) draw_hood_front(sheet, t, true);
  if (!hooded) draw_stand_collar(sheet, t, sheet.cloth, 28);
  if (!hooded) draw_zip(sheet.canvas, sheet.cloth, Path({0, 14}).line({0, 44}), sheet.colours.hardware, 5);
  if (!gilet)
    for (const SleeveShape& s : {sleeve, mirror(sleeve)})
      draw_band(sheet.canvas, sheet.cloth.ground, s.cuff.moved(s.along * -5), 10);
  return {};
}

Frame draw_bomber(Sheet& sheet) {
  const Torso t = jacket(sheet, 352);
  const Cloth rib =
      sheet.design.variant % 3 == 1 ? sheet.cloth.dyed(sheet.cloth.figure) : sheet.cloth.plain();
  const SleeveShape sleeve = draw_sleeves(sheet, t, roomy(sheet, t, 14));
  draw_collar_inside(sheet, t, 12);
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = torso_outline(t, front_neck(t, Neckline::kCrew)),
              .folds = torso_folds(sheet, t),
              .volume = 1.1,
              .in_shadow = true});
  draw_slash_pockets(sheet, 54, t.waist_y - 20, sheet.design.variant % 2 == 0);
  draw_ribbed_ends(sheet, t, sleeve, rib);
  draw_rib_band(sheet.canvas, rib, front_neck(t, Neckline::kCrew).moved({0, -5}), 19);
  draw_zip_front(sheet, 24, t.length + 9, 5);
  return {};
}

Frame draw_denim_jacket(Sheet& sheet) {
  const Torso t = jacket(sheet, 335);
  const Path neck = front_neck(t, Neckline::kCrew);
  draw_collar_back(sheet, t, sheet.cloth);
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  const SleeveShape sleeve = draw_sleeves(sheet, t, roomy(sheet, t, 8));
  const Path outline = torso_outline(t, neck);
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = outline, .folds = torso_folds(sheet, t), .in_shadow = true});
  sheet.canvas.begin_clip(outline);
  sheet.canvas.begin_blur(12);
  for (const double x : {-60.0, 60.0})
    sheet.canvas.fill(ellipse({x, 210}, 26, 80), sheet.cloth.ground.tint(0.5).hex(), 0.35);
  sheet.canvas.end();
  sheet.canvas.end();
  draw_panel_seams(sheet, t);
  const Path yoke = Path({-t.chest + 14, 104}).quad({0, 110}, {t.chest - 14, 104});
  draw_seam(sheet.canvas, sheet.cloth, yoke);
  draw_stitching(sheet.canvas, sheet.cloth, yoke.moved({0, 3}));
  draw_stitching(sheet.canvas, sheet.cloth, yoke.moved({0, -3}));
  for (const double x : {-76.0, 34.0}) {
    draw_patch_pocket(sheet.canvas, sheet.cloth, {x, 106}, {x + 42, 148}, true);
    draw_flap_pocket(sheet.canvas, sheet.cloth, {x - 2, 104}, {x + 44, 121});
    draw_button(sheet.canvas, {x + 21, 116}, 3, sheet.colours.hardware);
  }
  const double y = t.length - 10;
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = Path({-t.hem, y - 14})
                             .quad({0, y - 5}, {t.hem, y - 14})
                             .line({t.hem - 1, t.length + 1})
                             .quad({0, t.length + 10}, {-t.hem + 1, t.length + 1})
                             .close(),
              .volume = 0.6,
              .lift = 1,
              .in_shadow = true});
  draw_seam(sheet.canvas, sheet.cloth, Path({10, 34}).line({10, t.length + 4}));
  draw_stitching(sheet.canvas, sheet.cloth, Path({7, 34}).line({7, t.length}));
  draw_stitching(sheet.canvas, sheet.cloth, Path({-9, 34}).line({-9, t.length}));
  draw_buttons(sheet.canvas, {0, 54}, {0, t.length - 3}, 6, 4.4, sheet.colours.hardware);
  for (const SleeveShape& s : {sleeve, mirror(sleeve)}) {
    draw_band(sheet.canvas, sheet.cloth.ground, s.cuff.moved(s.along * -9), 18);
    for (const double up : {-3.0, -16.0})
      draw_stitching(sheet.canvas, sheet.cloth, s.cuff.moved(s.along * up));
  }
  draw_collar_leaves(sheet, t, sheet.cloth, 1.12, 1.02);
  return {};
}

Frame draw_leather_jacket(Sheet& sheet) {
  const Torso t = jacket(sheet, 345);
  const bool biker = sheet.design.variant % 3 != 2;
  const FrontCut cut{.overlap = biker ? 30.0 : 5.0, .close_y = biker ? 150.0 : 60.0};
  draw_open_back(sheet, t, sheet.cloth.ground);
  const SleeveShape sleeve = draw_sleeves(sheet, t, roomy(sheet, t, 4));
  draw_lapel_back(sheet, t, sheet.cloth);
  std::vector<Fold> folds = torso_folds(sheet, t);
  for (const double side : {-1.0, 1.0})
    folds.push_back({{side * 66, 60}, {side * 58, 150}, side * 8, 16, 0.3});
  draw_fronts(sheet, t, cut, folds);
  if (biker) {
    draw_lapels(sheet, t, cut, {.width = 64, .gorge_y = 50, .collar = 34}, sheet.cloth);
    const double side = sheet.design.mens ? -1 : 1;
    draw_zip(sheet.canvas, sheet.cloth, Path({side * -4, 152}).line({side * 26, t.length + 2}),
             sheet.colours.hardware, 4.4);
    draw_zip_pull(sheet.canvas, {side * -3, 158}, sheet.colours.hardware, 1.1);
    for (const double x : {-20.0, 22.0})
      draw_button(sheet.canvas, {x + side * 34, 92}, 2.6, sheet.colours.hardware);
    const double y = t.length - 12;
    draw_band(sheet.canvas, sheet.cloth.ground, Path({-t.hem, y}).quad({0, y + 9}, {t.hem, y}), 18);
    sheet.canvas.stroke(rectangle({-50, y - 6}, {-32, y + 14}, 2), {sheet.colours.hardware.hex(), 3});
  } else {
    draw_stand_collar(sheet, t, sheet.cloth, 22);
    draw_zip_front(sheet, 22, t.length + 3, 4.4);
  }
  draw_slash_pockets(sheet, 58, t.waist_y - 8, true);
  for (const SleeveShape& s : {sleeve, mirror(sleeve)}) {
    const Point out = unit(s.cuff.start() - s.cuff.end()), at = s.cuff.start() - out * 12;
    draw_zip(sheet.canvas, sheet.cloth, Path(at - s.along * 2).line(at - s.along * 58),
             sheet.colours.hardware, 2.6);
    draw_seam(sheet.canvas, sheet.cloth, s.cuff.moved(s.along * -8));
  }
  return {};
}

Frame draw_parka(Sheet& sheet) {
  Torso t = jacket(sheet, sheet.design.length == Length::kShort ? 400 : 475);
  t.waist -= 5, t.hip = t.chest + 3, t.hem = t.chest + 6;
  const SleeveShape sleeve = draw_sleeves(sheet, t, roomy(sheet, t, 12));
  draw_hood_back(sheet, t);
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = torso_outline(t, front_neck(t, Neckline::kCrew)),
              .folds = torso_folds(sheet, t),
              .in_shadow = true});
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = rectangle({-15, 44}, {15, t.length + 4}, 2), .volume = 0.35, .lift = 1.5});
  for (const double x : {-11.0, 11.0})
    draw_stitching(sheet.canvas, sheet.cloth, Path({x, 46}).line({x, t.length}));
  draw_buttons(sheet.canvas, {0, 72}, {0, t.length - 30}, 6, 4.6, sheet.colours.hardware);
  const Path waist = Path({-t.waist, t.waist_y}).quad({0, t.waist_y + 10}, {t.waist, t.waist_y});
  std::vector<Fold> gathers;
  for (double f = -0.9; f < 0.95; f += 0.16)
    gathers.push_back({{f * t.waist, t.waist_y - 14}, {f * t.waist * 1.02, t.waist_y + 26}, 2, 7, 0.36});
  draw_folds(sheet.canvas, sheet.cloth, torso_outline(t, front_neck(t, Neckline::kCrew)), gathers);
  draw_seam(sheet.canvas, sheet.cloth, waist, 1.1);
  for (const double x : {-92.0, 34.0}) {
    const double y = t.waist_y + 46;
    draw_patch_pocket(sheet.canvas, sheet.cloth, {x, y}, {x + 58, y + 66}, false);
    draw_flap_pocket(sheet.canvas, sheet.cloth, {x - 2, y - 4}, {x + 60, y + 20});
    draw_button(sheet.canvas, {x + 29, y + 14}, 3.2, sheet.colours.hardware);
  }
  for (const SleeveShape& s : {sleeve, mirror(sleeve)})
    draw_stitching(sheet.canvas, sheet.cloth, s.cuff.moved(s.along * -18));
  draw_hood_front(sheet, t, true);
  draw_drawstrings(sheet, sheet.cloth.accent, 48, 60);
  return {.height_max = 515};
}

}  // namespace modiste::drawn_shop::drawing
