// Trousers, jeans, joggers, leggings, shorts.
#include "drawn_shop/drawing/legs.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

constexpr Frame kTall{.height_max = 520, .scale_max = 1.25};

void draw_hems(Sheet& sheet, const Legs& l, double above) {
  for (const bool left : {false, true}) {
    const Path hem = leg_hem(l).moved({0, -above});
    draw_stitching(sheet.canvas, sheet.cloth, left ? hem.mirrored() : hem);
  }
}

void draw_turn_ups(Sheet& sheet, const Legs& l, double height, const Cloth& cloth) {
  for (const bool left : {false, true}) {
    const Path hem = leg_hem(l);
    Path cuff = hem;
    cuff.line(hem.end() + Point{1, -height})
        .quad({l.hem_x, l.length + 4 - height}, hem.start() + Point{-1, -height})
        .close();
    draw_panel(sheet.canvas, cloth,
               {.outline = left ? cuff.mirrored() : cuff, .volume = 0.8, .lift = 1.2, .in_shadow = true});
  }
}

// Light from wear on the thighs and knees.
void draw_wash(Sheet& sheet, const Legs& l, double strength) {
  const Path leg = leg_outline(l);
  const std::vector<std::string> legs{sheet.canvas.define(leg), sheet.canvas.define(leg.mirrored())};
  const std::string light = sheet.cloth.ground.tint(0.55).hex();
  const double knee_y = l.rise + (l.length - l.rise) * 0.47;
  sheet.canvas.begin_clip(legs);
  sheet.canvas.begin_blur(11);
  for (const double x : {-l.knee_x - 2, l.knee_x + 2}) {
    sheet.canvas.fill(ellipse({x, (l.rise + knee_y) / 2 - 6}, l.knee * 0.5, (knee_y - l.rise) * 0.5), light,
                      0.42 * strength);
    if (l.length > 300)
      sheet.canvas.fill(ellipse({x, knee_y + 14}, l.knee * 0.45, 34), light, 0.3 * strength);
  }
  sheet.canvas.end();
  sheet.canvas.end();
}

void draw_five_pockets(Sheet& sheet, const Legs& l) {
  for (const bool left : {false, true}) {
    Path pocket({l.waist * 0.42, l.band + 6});
    pocket.curve({l.waist * 0.44, l.band + 34}, {l.waist * 0.8, l.band + 40}, {l.hip - 5, l.band + 30});
    if (left) pocket = pocket.mirrored();
    draw_seam(sheet.canvas, sheet.cloth, pocket, 1.2);
    draw_stitching(sheet.canvas, sheet.cloth, pocket.moved({0, 3}));
    draw_stitching(sheet.canvas, sheet.cloth, pocket.moved({0, 6}));
    const double side = left ? -1 : 1;
    draw_rivet(sheet.canvas, {side * (l.waist * 0.42), l.band + 9}, Ink("#b37a4c"));
    draw_rivet(sheet.canvas, {side * (l.hip - 8), l.band + 33}, Ink("#b37a4c"));
  }
  draw_stitching(sheet.canvas, sheet.cloth,
                 Path({l.waist * 0.56, l.band + 23}).line({l.waist * 0.82, l.band + 25}));
}

void draw_rips(Sheet& sheet, const Legs& l) {
  const double knee_y = l.rise + (l.length - l.rise) * 0.45;
  const Point at{-l.knee_x, knee_y};
  sheet.canvas.fill(Path(at + Point{-17, 0})
                        .through({at + Point{0, -6}, at + Point{17, 1}, at + Point{0, 9}, at + Point{-17, 0}})
                        .close(),
                    sheet.cloth.ground.tint(0.62).hex());
  for (const double y : {-3.0, 0.0, 3.0, 6.0})
    sheet.canvas.stroke(Path(at + Point{-14, y}).quad(at + Point{0, y + 2}, at + Point{14, y}),
                        {"#f4f2ee", 1.2, 0.9});
}

void draw_elastic(Sheet& sheet, const Legs& l, bool cord) {
  draw_waistband(sheet, l, sheet.cloth.plain(), true);
  if (!cord) return;
  const Ink ink = sheet.cloth.ground.dark() ? Ink("#d9d6cf") : sheet.cloth.ground.tint(0.6);
  for (const double side : {-1.0, 1.0}) {
    const Path tie = Path({side * 7, l.band * 0.5 + 6})
                         .curve({side * 14, l.band + 20}, {side * 6, l.band + 40},
                                {side * sheet.rng.uniform(9, 15), l.band + sheet.rng.uniform(52, 66)});
    sheet.canvas.stroke(tie, {ink.shade(0.4).hex(), 3.6});
    sheet.canvas.stroke(tie, {ink.hex(), 2.6});
  }
}

}  // namespace

Frame draw_trousers(Sheet& sheet) {
  const Legs l = legs_of(sheet);
  const bool creased = sheet.design.variant % 3 != 2;
  draw_legs(sheet, l, creased);
  if (sheet.design.variant % 2 == 0)  // pleats under the band
    for (const double x : {-0.62, -0.4, 0.4, 0.62}) {
      const double y = l.band + 5 * (1 - x * x);
      draw_seam(sheet.canvas, sheet.cloth, Path({x * l.waist, y}).line({x * l.waist * 1.12, y + 44}), 0.9);
    }
  draw_slant_pockets(sheet, l);
  draw_waistband(sheet, l, sheet.cloth.plain(), false);
  draw_fly(sheet, l);
  if (sheet.design.variant % 4 != 3) draw_belt_loops(sheet, l);
  if (sheet.design.variant % 5 == 1 && l.hem < 45) draw_turn_ups(sheet, l, 18, sheet.cloth);
  return kTall;
}

Frame draw_jeans(Sheet& sheet) {
  const Legs l = legs_of(sheet);
  draw_legs(sheet, l, false);
  draw_wash(sheet, l, sheet.design.variant % 3 == 0 ? 0.35 : 1);
  draw_five_pockets(sheet, l);
  draw_waistband(sheet, l, sheet.cloth, false);
  draw_fly(sheet, l);
  draw_belt_loops(sheet, l);
  draw_hems(sheet, l, 7);
  if (sheet.design.variant % 6 == 4) draw_rips(sheet, l);
  if (sheet.design.variant % 6 == 5)
    draw_turn_ups(sheet, l, 22, sheet.cloth.dyed(sheet.cloth.ground.tint(0.4)));
  return kTall;
}

Frame draw_joggers(Sheet& sheet) {
  Legs l = legs_of(sheet);
  l.band = 26;
  draw_legs(sheet, l, false);
  draw_slant_pockets(sheet, l);
  draw_elastic(sheet, l, true);
  if (sheet.design.variant % 3 == 1)  // a racing stripe
    for (const bool left : {false, true}) {
      Path side({l.hip - 7, l.hip_y});
      side.through({{l.knee_x + l.knee - 6, l.rise + (l.length - l.rise) * 0.47},
                    {l.hem_x + l.hem - 6, l.length - 8}});
      sheet.canvas.stroke(left ? side.mirrored() : side, {sheet.cloth.figure.hex(), 7, 0.95, {}, false});
    }
  for (const bool left : {false, true}) {
    const Path hem = leg_hem(l).moved({0, -10});
    draw_rib_band(sheet.canvas, sheet.cloth.plain(), left ? hem.mirrored() : hem, 21);
  }
  return kTall;
}

Frame draw_leggings(Sheet& sheet) {
  Legs l = legs_of(sheet);
  l.waist -= 5, l.hip = 86, l.knee = 28, l.hem = 18, l.knee_x = 45, l.hem_x = 43, l.band = 42;
  draw_legs(sheet, l, false);
  draw_waistband(sheet, l, sheet.cloth.plain(), false);
  draw_seam(sheet.canvas, sheet.cloth, Path({0, l.band + 6}).line({0, l.rise}));
  if (sheet.design.variant % 2 == 1)
    for (const bool left : {false, true}) {
      Path panel({l.hip - 16, l.hip_y + 20});
      panel.curve({l.knee_x + 20, l.rise + 60}, {l.knee_x - 16, l.rise + 150},
                  {l.knee_x + l.knee - 2, l.rise + 190});
      sheet.canvas.stroke(left ? panel.mirrored() : panel, {sheet.cloth.figure.hex(), 3, 0.8});
    }
  draw_hems(sheet, l, 6);
  return kTall;
}

Frame draw_shorts(Sheet& sheet) {
  const Legs l = legs_of(sheet);
  const bool denim = sheet.design.material == Material::kDenim;
  const bool sporty = sheet.design.material == Material::kNylon ||
                      sheet.design.material == Material::kPolyester ||
                      sheet.design.material == Material::kFleece;
  draw_legs(sheet, l, !denim && !sporty && sheet.design.variant % 2 == 0);
  if (denim) draw_wash(sheet, l, 0.9), draw_five_pockets(sheet, l);
  if (!denim) draw_slant_pockets(sheet, l);
  if (sporty) {
    draw_elastic(sheet, l, true);
  } else {
    draw_waistband(sheet, l, denim ? sheet.cloth : sheet.cloth.plain(), false);
    draw_fly(sheet, l);
    draw_belt_loops(sheet, l);
  }
  if (sheet.design.variant % 4 == 1 && !sporty)
    draw_turn_ups(sheet, l, 17, sheet.cloth);
  else
    draw_hems(sheet, l, 8);
  return {.width_max = 330, .height_max = 400};
}

}  // namespace modiste::drawn_shop::drawing
