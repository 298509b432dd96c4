// Knitwear: sweaters and cardigans.
#include "drawn_shop/drawing/collars.h"
#include "drawn_shop/drawing/fronts.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

Torso knit_torso(Sheet& sheet) {
  Torso t = torso_of(sheet);
  t.hem -= 3, t.hem_curve = 4;
  const bool thick = sheet.design.knit == Knit::kCable || sheet.design.knit == Knit::kChunky;
  if (thick) t.chest += 6, t.waist += 10, t.hem += 6;
  return t;
}

void draw_knit_ribs(Sheet& sheet, const Torso& t, const SleeveShape& sleeve, double width) {
  const Cloth rib = hem_cloth(sheet.cloth);
  const double y = t.length - width * 0.45, x = t.hem - 0.5;
  draw_rib_band(sheet.canvas, rib,
                Path({-x, y}).curve({-x * 0.6, y + t.hem_curve}, {x * 0.6, y + t.hem_curve}, {x, y}), width);
  for (const SleeveShape& s : {sleeve, mirror(sleeve)})
    draw_rib_band(sheet.canvas, rib, s.cuff.moved(s.along * (-width * 0.42)), width);
}

SleeveShape draw_knit_sleeves(Sheet& sheet, const Torso& t) {
  SleeveCut cut = sleeve_of(sheet, t);
  if (sheet.design.sleeve == Sleeve::kLong) cut.belly += 4;
  return draw_sleeves(sheet, t, cut);
}

}  // namespace

Frame draw_sweater(Sheet& sheet) {
  const Torso t = knit_torso(sheet);
  const Neckline neckline = sheet.design.neckline;
  const bool tube = neckline == Neckline::kTurtleneck || neckline == Neckline::kMock;
  const Path neck = front_neck(t, neckline);
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  const SleeveShape sleeve = draw_knit_sleeves(sheet, t);
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = torso_outline(t, neck), .folds = torso_folds(sheet, t), .in_shadow = true});
  draw_knit_ribs(sheet, t, sleeve, sheet.design.knit == Knit::kFine ? 16 : 24);
  if (tube)
    draw_tube_neck(sheet, t, neckline == Neckline::kTurtleneck);
  else
    draw_neck_band(sheet, t, neck, sheet.design.knit == Knit::kFine ? 9 : 13, true);
  return {};
}

Frame draw_cardigan(Sheet& sheet) {
  Torso t = knit_torso(sheet);
  Sheet& s = sheet;
  draw_open_back(s, t, s.cloth.ground);
  const SleeveShape sleeve = draw_knit_sleeves(s, t);
  const FrontCut cut{.overlap = 7, .close_y = sheet.vary(108, 0.1)};
  draw_fronts(s, t, cut, torso_folds(s, t));
  draw_knit_ribs(s, t, sleeve, 20);
  const Cloth rib = s.cloth.plain();
  for (const bool left : {true, false}) {
    Path edge({t.neck, -1});
    edge.curve({t.neck * 0.8, 44}, {t.neck * 0.3, cut.close_y - 26}, {left ? 2.0 : -2.0, cut.close_y + 6})
        .line({left ? 2.0 : -2.0, t.length + 2});
    draw_rib_band(s.canvas, rib, left ? edge.mirrored() : edge, 15);
  }
  draw_rib_band(s.canvas, rib, back_neck(t).moved({0, -3}), 9);
  draw_buttons(s.canvas, {-2, cut.close_y + 10}, {-2, t.length - 14}, 5, 4.4, s.colours.hardware);
  if (s.design.variant % 2 == 0)
    for (const double x : {-84.0, 36.0})
      draw_patch_pocket(s.canvas, s.cloth, {x, t.length - 104}, {x + 48, t.length - 42}, false);
  return {};
}

}  // namespace modiste::drawn_shop::drawing
