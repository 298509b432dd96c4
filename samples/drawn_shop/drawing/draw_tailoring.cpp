// Tailored outerwear: blazers, coats, trench coats.
#include "drawn_shop/drawing/collars.h"
#include "drawn_shop/drawing/fronts.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

Torso tailored(Sheet& sheet, double length) {
  Torso t = torso_of(sheet);
  t.shoulder += 4, t.chest += 5, t.neck += 3, t.armhole += 6;
  t.waist = sheet.design.fit == Fit::kOversized ? t.chest - 2 : t.chest - (sheet.design.mens ? 8 : 17);
  t.length = sheet.vary(length, 0.02), t.hip = t.chest + 3, t.hem = t.hip + (length - 400) * 0.06;
  return t;
}

SleeveCut tailored_sleeve(Sheet& sheet, const Torso& t) {
  SleeveCut cut = sleeve_of(sheet, t);
  cut.bicep += 5, cut.cuff += 12, cut.head = 2;
  return cut;
}

void draw_front_buttons(Sheet& sheet, double top, double low, int rows, bool doubled, double radius) {
  const Ink& ink = sheet.colours.hardware;
  if (!doubled) return draw_buttons(sheet.canvas, {0, top}, {0, low}, rows, radius, ink);
  for (const double x : {-24.0, 24.0}) draw_buttons(sheet.canvas, {x, top}, {x, low}, rows, radius, ink);
}

void draw_cuff_buttons(Sheet& sheet, const SleeveShape& right) {
  for (const SleeveShape& s : {right, mirror(right)}) {
    const Point out = unit(s.cuff.start() - s.cuff.end());
    const Point at = s.cuff.start() - out * 9 - s.along * 12;
    draw_buttons(sheet.canvas, at, at - s.along * 22, 3, 2.6, sheet.colours.hardware);
  }
}

void draw_darts(Sheet& sheet, const Torso& t, double low) {
  for (const double side : {-1.0, 1.0})
    draw_seam(sheet.canvas, sheet.cloth,
              Path({side * t.chest * 0.55, t.armhole + 36})
                  .curve({side * t.waist * 0.56, t.waist_y - 30}, {side * t.waist * 0.56, t.waist_y},
                         {side * t.chest * 0.58, low}),
              0.55);
}

void draw_chest_welt(Sheet& sheet) { draw_welt(sheet.canvas, sheet.cloth, {34, 122}, {66, 117}, 8); }

void draw_belt_tie(Sheet& sheet, const Torso& t, bool buckle) {
  const double y = t.waist_y, w = t.waist + 3;
  const Path line = Path({-w, y}).quad({0, y + 12}, {w, y});
  sheet.canvas.stroke(line.moved({1.5, 4}), {"#000", 17, 0.14, {}, false});
  draw_band(sheet.canvas, sheet.cloth.ground, line, 17);
  draw_stitching(sheet.canvas, sheet.cloth, line.moved({0, -6}));
  draw_stitching(sheet.canvas, sheet.cloth, line.moved({0, 6}));
  const Point knot{8, y + 6};
  for (const double k : {0.0, 1.0}) {
    Path tail(knot);
    tail.curve(knot + Point{6 + k * 10, 40}, knot + Point{-4 + k * 22, 70},
               knot + Point{2 + k * 26, 112 - k * 14})
        .line(knot + Point{18 + k * 24, 106 - k * 14});
    tail.curve(knot + Point{14 + k * 16, 66}, knot + Point{20 + k * 8, 40}, knot + Point{12, -2}).close();
    if (!buckle || k > 0)
      draw_panel(sheet.canvas, sheet.cloth.plain(), {.outline = tail, .volume = 0.8, .lift = 2});
  }
  if (buckle)
    sheet.canvas.stroke(rectangle({-11, y - 6}, {11, y + 18}, 3), {sheet.cloth.ground.shade(0.5).hex(), 4});
  else
    draw_panel(sheet.canvas, sheet.cloth.plain(),
               {.outline = rectangle(knot + Point{-6, -10}, knot + Point{11, 11}, 6), .lift = 2});
}

std::vector<Fold> coat_folds(Sheet& sheet, const Torso& t) {
  std::vector<Fold> folds = torso_folds(sheet, t);
  for (const double side : {-1.0, 1.0})
    for (const double f : {0.3, 0.72})
      folds.push_back({{side * t.waist * f, t.waist_y + 40},
                       {side * t.hem * (f + 0.06), t.length + 8},
                       side * 4,
                       26,
                       0.26,
                       true});
  return folds;
}

}  // namespace

Frame draw_blazer(Sheet& sheet) {
  const Torso t = tailored(sheet, sheet.design.mens ? 408 : 385);
  const bool doubled = sheet.design.variant % 3 == 1;
  const FrontCut cut{.overlap = doubled ? 34.0 : 11.0,
                     .close_y = sheet.vary(doubled ? 188 : 200, 0.06),
                     .cutaway = doubled ? 0.0 : 34.0};
  draw_open_back(sheet, t, sheet.cloth.accent.mixed(sheet.cloth.ground, 0.6));
  const SleeveShape sleeve = draw_sleeves(sheet, t, tailored_sleeve(sheet, t));
  draw_lapel_back(sheet, t, sheet.cloth);
  draw_fronts(sheet, t, cut, torso_folds(sheet, t));
  draw_darts(sheet, t, t.waist_y + 66);
  const Cloth facing =
      sheet.design.variant % 7 == 3
          ? Cloth{Material::kSatin, Knit::kNone, Print::kPlain, sheet.cloth.ground.shade(0.25), {}, {}, 1, 0}
          : sheet.cloth;
  draw_lapels(sheet, t, cut,
              {.width = sheet.vary(50, 0.1), .peaked = doubled, .shawl = sheet.design.variant % 7 == 3},
              facing);
  for (const double x : {-84.0, 36.0})
    draw_flap_pocket(sheet.canvas, sheet.cloth, {x, t.waist_y + 62}, {x + 48, t.waist_y + 80});
  draw_chest_welt(sheet);
  draw_front_buttons(sheet, cut.close_y + 14, cut.close_y + (doubled ? 62.0 : 58.0), 2, doubled, 5);
  draw_cuff_buttons(sheet, sleeve);
  return {};
}

Frame draw_coat(Sheet& sheet) {
  const Torso t = tailored(sheet, sheet.design.length == Length::kMaxi
                                      ? 590
                                      : (sheet.design.length == Length::kShort ? 420 : 520));
  const bool doubled = sheet.design.variant % 2 == 1, belted = sheet.design.variant % 5 == 2;
  const FrontCut cut{.overlap = doubled ? 36.0 : 14.0, .close_y = sheet.vary(doubled ? 150 : 170, 0.06)};
  draw_open_back(sheet, t, sheet.cloth.accent.mixed(sheet.cloth.ground, 0.6));
  const SleeveShape sleeve = draw_sleeves(sheet, t, tailored_sleeve(sheet, t));
  draw_lapel_back(sheet, t, sheet.cloth);
  draw_fronts(sheet, t, cut, coat_folds(sheet, t));
  draw_lapels(sheet, t, cut,
              {.width = sheet.vary(58, 0.1),
               .gorge_y = 58,
               .collar = 34,
               .peaked = doubled && sheet.design.variant % 3 == 0,
               .shawl = belted},
              sheet.cloth);
  const double y = t.waist_y + 62;
  if (sheet.design.variant % 3 == 0)
    for (const double x : {-92.0, 38.0})
      draw_patch_pocket(sheet.canvas, sheet.cloth, {x, y}, {x + 54, y + 66}, false);
  else
    for (const double side : {-1.0, 1.0})
      draw_welt(sheet.canvas, sheet.cloth, {side * 62, y + 52}, {side * 78, y}, side * 11);
  if (belted)
    draw_belt_tie(sheet, t, false);
  else
    draw_front_buttons(sheet, cut.close_y + 16, cut.close_y + (doubled ? 150.0 : 190.0), doubled ? 3 : 4,
                       doubled, 6.2);
  draw_cuff_buttons(sheet, sleeve);
  return {.height_max = 515};
}

Frame draw_trench(Sheet& sheet) {
  const Torso t = tailored(sheet, sheet.design.length == Length::kShort ? 430 : 530);
  const FrontCut cut{.overlap = 38, .close_y = sheet.vary(128, 0.06)};
  draw_open_back(sheet, t, sheet.cloth.accent.mixed(sheet.cloth.ground, 0.5));
  const SleeveShape sleeve = draw_sleeves(sheet, t, tailored_sleeve(sheet, t));
  draw_lapel_back(sheet, t, sheet.cloth);
  draw_fronts(sheet, t, cut, coat_folds(sheet, t));
  // Storm flap on one shoulder, epaulettes on both.
  const double side = sheet.design.mens ? -1 : 1;
  Path flap({side * (t.neck + 14), 26});
  flap.line({side * (t.shoulder - 10), t.fall + 8})
      .quad({side * (t.chest - 12), 90}, {side * (t.chest - 16), 132})
      .quad({side * 70, 150}, {side * 44, 138})
      .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = flap, .volume = 0.4, .lift = 1.5});
  draw_button(sheet.canvas, {side * 56, 134}, 3.4, sheet.colours.hardware);
  draw_lapels(sheet, t, cut, {.width = 58, .gorge_y = 46, .collar = 38, .peaked = true}, sheet.cloth);
  for (const double s : {-1.0, 1.0}) {
    const Path strap = Path({s * (t.shoulder - 2), t.fall - 1})
                           .line({{s * (t.neck + 30), 8},
                                  {s * (t.neck + 26), 14},
                                  {s * (t.neck + 30), 20},
                                  {s * (t.shoulder - 6), t.fall + 13}})
                           .close();
    draw_panel(sheet.canvas, sheet.cloth, {.outline = strap, .volume = 0.4, .lift = 1.2});
    draw_button(sheet.canvas, {s * (t.neck + 34), 15}, 2.6, sheet.colours.hardware);
    draw_welt(sheet.canvas, sheet.cloth, {s * 66, t.waist_y + 104}, {s * 80, t.waist_y + 52}, s * 12);
  }
  draw_front_buttons(sheet, cut.close_y + 26, t.waist_y - 28, 2, true, 5.6);
  draw_front_buttons(sheet, t.waist_y + 44, t.waist_y + 96, 2, true, 5.6);
  draw_belt_tie(sheet, t, sheet.design.variant % 2 == 0);
  for (const SleeveShape& s : {sleeve, mirror(sleeve)}) {
    const Path strap = s.cuff.moved(s.along * -30);
    draw_band(sheet.canvas, sheet.cloth.ground, strap, 10);
    draw_button(sheet.canvas, mix(strap.start(), strap.end(), 0.3), 2.6, sheet.colours.hardware);
  }
  return {.height_max = 515};
}

}  // namespace modiste::drawn_shop::drawing
