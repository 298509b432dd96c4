// Skirts, dresses, jumpsuits.
#include "drawn_shop/drawing/collars.h"
#include "drawn_shop/drawing/legs.h"
#include "drawn_shop/drawing/skirts.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

bool has_sleeves(const Sheet& sheet) {
  const Sleeve s = sheet.design.sleeve;
  return s != Sleeve::kSleeveless && s != Sleeve::kStrap && s != Sleeve::kCap && s != Sleeve::kNone;
}

// Thin straps over a low neckline: what slips hang from.
void draw_straps(Sheet& sheet, const Torso& t, double top) {
  for (const double side : {-1.0, 1.0}) {
    const Path strap = Path({side * (t.chest * 0.56), top + 2})
                           .curve({side * (t.chest * 0.54), top * 0.5}, {side * 42, 14}, {side * 40, -14});
    sheet.canvas.silhouette(strap, "", false);
    sheet.canvas.stroke(strap.moved({1, 1.6}), {"#000", 4, 0.16});
    draw_band(sheet.canvas, sheet.cloth.ground, strap, 3.6);
  }
}

// The upper edge of a bodice held by straps: straight, V or sweetheart.
Path low_neck(Sheet& sheet, const Torso& t, double top) {
  const double x = t.chest * 0.6;
  Path neck({-x, top});
  switch (sheet.design.neckline) {
    case Neckline::kVNeck:
    case Neckline::kWrap:
      return neck.quad({-x * 0.4, top + 12}, {0, top + 46}).quad({x * 0.4, top + 12}, {x, top});
    case Neckline::kSweetheart:
      return neck.curve({-x * 0.6, top - 16}, {-x * 0.12, top - 6}, {0, top + 20})
          .curve({x * 0.12, top - 6}, {x * 0.6, top - 16}, {x, top});
    case Neckline::kCowl:
      return neck.curve({-x * 0.6, top + 26}, {x * 0.6, top + 26}, {x, top});
    default:
      return neck.quad({0, top + 6}, {x, top});
  }
}

Path strapped_bodice(const Torso& t, const Path& neck, double low, double low_half) {
  Path bodice = neck;
  const Point u = t.underarm();
  bodice.curve({neck.end().x + 8, neck.end().y + 18}, {u.x - 10, u.y - 10}, {u.x - 2, u.y + 4});
  bodice.through({{(t.chest + low_half) / 2, (u.y + low) / 2 + 6}, {low_half, low}});
  bodice.quad({0, low + 9}, {-low_half, low});
  bodice.through({{-(t.chest + low_half) / 2, (u.y + low) / 2 + 6}, {-u.x + 2, u.y + 4}});
  bodice.curve({-u.x + 10, u.y - 10}, {-neck.end().x - 8, neck.end().y + 18}, neck.start());
  return bodice.close();
}

std::vector<Fold> bodice_folds(Sheet& sheet, const Torso& t, double low) {
  std::vector<Fold> folds;
  for (const double side : {-1.0, 1.0}) {
    folds.push_back(
        {{side * (t.chest - 4), t.armhole + 6}, {side * t.chest * 0.5, t.armhole + 26}, side * 6, 9, 0.4});
    folds.push_back(
        {{side * t.waist * 0.55, low + 2}, {side * t.chest * 0.5, t.armhole + 34}, side * 4, 8, 0.34});
    folds.push_back({{side * (t.waist - 4), low - 6},
                     {side * t.waist * sheet.rng.uniform(0.3, 0.5), low - sheet.rng.uniform(30, 60)},
                     -side * 7,
                     8,
                     0.32});
  }
  return folds;
}

struct Bodice {
  Torso torso;
  double low = 215;
  Path neck, outline;
  SleeveShape sleeve;
  bool strapped = false;
};

Bodice make_bodice(Sheet& sheet) {
  Bodice b;
  b.torso = torso_of(sheet);
  Torso& t = b.torso;
  t.chest -= 3, t.waist = sheet.design.fit == Fit::kRelaxed ? 92 : 80;
  b.low = sheet.design.silhouette == Silhouette::kEmpire ? t.armhole + 52 : t.waist_y - 6;
  if (sheet.design.silhouette == Silhouette::kEmpire) t.waist = t.chest - 8;
  b.strapped = sheet.design.sleeve == Sleeve::kStrap || sheet.design.neckline == Neckline::kOffShoulder;
  t.length = b.low, t.hem = t.waist, t.hem_curve = 7, t.waist_y = b.low - 1;
  if (b.strapped) {
    b.neck = low_neck(sheet, t, 62);
    b.outline = strapped_bodice(t, b.neck, b.low, t.waist);
  } else {
    b.neck = front_neck(t, sheet.design.neckline);
    b.outline = torso_outline(t, b.neck);
  }
  return b;
}

void draw_bodice_back(Sheet& sheet, Bodice& b) {
  Canvas& canvas = sheet.canvas;
  if (b.strapped) {
    Path inside({-b.torso.chest * 0.6, 64});
    inside.quad({0, 92}, {b.torso.chest * 0.6, 64}).join(b.neck.reversed()).close();
    canvas.fill(Path({-b.torso.chest * 0.62, 68})
                    .quad({0, 78}, {b.torso.chest * 0.62, 68})
                    .line({{60, 130}, {-60, 130}})
                    .close(),
                sheet.cloth.ground.shade(0.35).hex());
    if (sheet.design.neckline != Neckline::kOffShoulder) draw_straps(sheet, b.torso, 62);
    return;
  }
  const bool collar = sheet.design.neckline == Neckline::kCollar;
  if (collar) draw_collar_back(sheet, b.torso, sheet.cloth.plain());
  draw_inside(sheet, b.torso, b.neck, sheet.cloth.ground);
  if (has_sleeves(sheet)) b.sleeve = draw_sleeves(sheet, b.torso, sleeve_of(sheet, b.torso));
}

// Sleeves of an off-the-shoulder neckline: a soft flounce round both arms.
void draw_flounce(Sheet& sheet, const Torso& t) {
  const double x = t.chest + 24;
  Path flounce({-x, 74});
  flounce.curve({-x * 0.5, 58}, {x * 0.5, 58}, {x, 74}).curve({x + 8, 96}, {x + 6, 112}, {x - 2, 124});
  flounce.through(
      {{x * 0.62, 136}, {x * 0.3, 130}, {0, 138}, {-x * 0.3, 130}, {-x * 0.62, 136}, {-x + 2, 124}});
  flounce.curve({-x - 6, 112}, {-x - 8, 96}, {-x, 74}).close();
  std::vector<Fold> folds;
  for (double f = -0.9; f < 0.95; f += 0.2)
    folds.push_back({{f * x, 66 + 8 * f * f}, {f * x * 1.02, 136}, 3, 14, 0.36, true});
  draw_panel(sheet.canvas, sheet.cloth, {.outline = flounce, .folds = folds, .lift = 2.5, .in_shadow = true});
}

void draw_neck_finish(Sheet& sheet, const Bodice& b) {
  const Neckline n = sheet.design.neckline;
  if (n == Neckline::kCollar) {
    draw_collar_leaves(sheet, b.torso, sheet.cloth, 1, 0.9);
  } else if (n == Neckline::kTurtleneck || n == Neckline::kMock) {
    draw_tube_neck(sheet, b.torso, n == Neckline::kTurtleneck);
  } else if (n == Neckline::kWrap ||
             (n == Neckline::kVNeck && sheet.design.silhouette == Silhouette::kWrap)) {
    draw_seam(
        sheet.canvas, sheet.cloth,
        Path({-b.neck.end().x, b.neck.end().y}).curve({-20, 80}, {10, 130}, {b.torso.waist - 4, b.low - 4}),
        1.4);
  }
  if (n != Neckline::kCollar && n != Neckline::kTurtleneck && n != Neckline::kMock)
    draw_band(sheet.canvas, sheet.cloth.ground, b.neck, 2.8);
}

// What marks the waist: a seam, a belt or a sash.
void draw_waist(Sheet& sheet, const Bodice& b) {
  const double w = b.torso.waist;
  const Path line = Path({-w, b.low}).quad({0, b.low + 12}, {w, b.low});
  const bool tie = sheet.design.silhouette == Silhouette::kWrap;
  const bool belt = sheet.design.variant % 4 == 1 && sheet.design.silhouette != Silhouette::kEmpire;
  if (!tie && !belt) return draw_seam(sheet.canvas, sheet.cloth, line, 1.2);
  const Cloth sash = belt && !tie ? sheet.cloth.dyed(sheet.cloth.accent) : sheet.cloth.plain();
  draw_band(sheet.canvas, sash.ground, line, belt && !tie ? 12 : 15);
  if (!tie) {
    const Point at{0, b.low + 6};
    sheet.canvas.stroke(rectangle(at + Point{-8, -7.5}, at + Point{8, 7.5}, 2),
                        {sheet.colours.hardware.shade(0.15).hex(), 2.4});
    return;
  }
  const Point knot{w * 0.62, b.low + 4};
  for (const double k : {0.0, 1.0}) {
    Path tail(knot + Point{-3, 3});
    tail.curve(knot + Point{4 + k * 8, 40}, knot + Point{-4 + k * 14, 80},
               knot + Point{2 + k * 20, 118 - k * 22})
        .line(knot + Point{14 + k * 18, 114 - k * 24});
    tail.curve(knot + Point{10 + k * 14, 70}, knot + Point{16 + k * 8, 40}, knot + Point{6, 2}).close();
    draw_panel(sheet.canvas, sash, {.outline = tail, .volume = 0.8, .lift = 2});
  }
  draw_panel(sheet.canvas, sash, {.outline = ellipse(knot + Point{1, 2}, 7, 8.5), .lift = 1.5});
}

void finish_sleeves(Sheet& sheet, const Bodice& b) {
  if (!has_sleeves(sheet) || b.strapped) return;
  for (const SleeveShape& s : {b.sleeve, mirror(b.sleeve)}) {
    if (sheet.design.sleeve == Sleeve::kPuff || sheet.design.sleeve == Sleeve::kBalloon)
      draw_band(sheet.canvas, sheet.cloth.ground, s.cuff.moved(s.along * -4), 8);
    else
      draw_stitching(sheet.canvas, sheet.cloth, s.cuff.moved(s.along * -7));
  }
}

// Dresses without a waist seam: one panel from neck to hem.
void draw_column(Sheet& sheet, Bodice& b) {
  const Silhouette cut = sheet.design.silhouette;
  SkirtCut skirt = skirt_of(sheet, b.torso.waist, b.low);
  Torso& t = b.torso;
  const bool loose = cut == Silhouette::kShift || cut == Silhouette::kStraight || cut == Silhouette::kBoxy ||
                     cut == Silhouette::kNone;
  t.waist = loose ? t.chest - 2 : (cut == Silhouette::kSlip ? 86 : 80);
  t.waist_y = b.low, t.hip = loose ? t.chest + 6 : skirt.hip, t.hem = loose ? t.chest + 14 : skirt.hem,
  t.length = skirt.low, t.hem_curve = 12;
  std::vector<Fold> folds = torso_folds(sheet, t);
  for (const double f : {-0.5, 0.05, 0.55})
    folds.push_back({{f * t.hip, b.low + 100}, {f * t.hem, t.length + 14}, 5, 24, 0.26, true});
  Path outline = torso_outline(t, b.neck);
  if (b.strapped) {
    outline = b.neck;
    const Point u = t.underarm();
    const auto right = [&] {
      Path side(b.neck.end());
      return side.curve({b.neck.end().x + 8, b.neck.end().y + 18}, {u.x - 10, u.y - 10}, {u.x - 2, u.y + 4})
          .through({{t.waist, t.waist_y}, {t.hip, t.waist_y + 85}, {t.hem, t.length}});
    }();
    outline.join(right)
        .curve({t.hem * 0.6, t.length + 12}, {-t.hem * 0.6, t.length + 12}, {-t.hem, t.length})
        .join(right.mirrored().reversed())
        .close();
  }
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = outline, .folds = folds, .volume = 0.9, .in_shadow = true});
  if (cut == Silhouette::kSheath || cut == Silhouette::kPencil)
    for (const double side : {-1.0, 1.0})
      draw_seam(
          sheet.canvas, sheet.cloth,
          Path({side * t.chest * 0.52, t.armhole + 30})
              .curve({side * 44, t.waist_y - 20}, {side * 44, t.waist_y + 10}, {side * 52, t.waist_y + 70}),
          0.7);
  if (!loose && cut != Silhouette::kSlip && sheet.design.variant % 4 == 1) draw_waist(sheet, b);
  draw_hem_stitch(sheet, t, 8);
}

bool seamed(Silhouette s) {
  return s == Silhouette::kALine || s == Silhouette::kFitAndFlare || s == Silhouette::kWrap ||
         s == Silhouette::kPleated || s == Silhouette::kTiered || s == Silhouette::kEmpire ||
         s == Silhouette::kFlared;
}

}  // namespace

Frame draw_skirt(Sheet& sheet) {
  const double waist = sheet.vary(66, 0.03);
  const SkirtCut cut = skirt_of(sheet, waist, 0);
  const Path inside = Path({-waist, 0}).quad({0, -11}, {waist, 0}).quad({0, 10}, {-waist, 0}).close();
  sheet.canvas.silhouette(inside, sheet.canvas.define(inside));
  sheet.canvas.fill(
      inside, sheet.canvas.linear({0, 0}, {0, 1},
                                  {{0, sheet.cloth.ground.shade(0.25)}, {1, sheet.cloth.ground.shade(0.5)}}));
  draw_skirt_panel(sheet, cut);
  const bool denim = sheet.design.material == Material::kDenim;
  Legs band;
  band.waist = waist, band.hip = cut.hip, band.band = sheet.vary(16, 0.2);
  draw_waistband(sheet, band, sheet.cloth.plain(), sheet.design.knit != Knit::kNone);
  if (denim || sheet.design.variant % 5 == 2) {
    draw_seam(sheet.canvas, sheet.cloth, Path({0, band.band + 6}).line({0, cut.low + 12}));
    draw_buttons(sheet.canvas, {0, 14}, {0, cut.low - 16}, 6, 4, sheet.colours.hardware);
  }
  return {.width_max = 360, .height_max = 470, .scale_max = 1.3};
}

Frame draw_dress(Sheet& sheet) {
  Bodice b = make_bodice(sheet);
  const bool off_shoulder = sheet.design.neckline == Neckline::kOffShoulder;
  draw_bodice_back(sheet, b);
  if (seamed(sheet.design.silhouette)) {
    draw_skirt_panel(sheet, skirt_of(sheet, b.torso.waist, b.low));
    draw_panel(sheet.canvas, sheet.cloth,
               {.outline = b.outline, .folds = bodice_folds(sheet, b.torso, b.low), .in_shadow = true});
    draw_waist(sheet, b);
  } else {
    draw_column(sheet, b);
  }
  if (sheet.design.neckline == Neckline::kCollar) {
    draw_seam(sheet.canvas, sheet.cloth, Path({8, 36}).line({8, b.low}));
    draw_buttons(sheet.canvas, {0, 44}, {0, b.low - 14}, 5, 3.4, sheet.colours.hardware);
  }
  if (off_shoulder)
    draw_flounce(sheet, b.torso);
  else
    draw_neck_finish(sheet, b);
  finish_sleeves(sheet, b);
  return {.width_max = 380, .height_max = 520, .scale_max = 1.2};
}

Frame draw_jumpsuit(Sheet& sheet) {
  Bodice b = make_bodice(sheet);
  draw_bodice_back(sheet, b);
  Legs l = legs_of(sheet);
  l.waist = b.torso.waist, l.hip = b.torso.waist + 20;
  const std::vector<Fold> folds = leg_folds(sheet, l, false);
  const auto drop = [&](Fold f) {
    f.from.y += b.low - 4, f.to.y += b.low - 4;
    return f;
  };
  std::vector<Fold> right, left;
  for (const Fold& f : folds) right.push_back(drop(f)), left.push_back(mirror(drop(f)));
  const Path leg = leg_outline(l).moved({0, b.low - 4});
  draw_panel(sheet.canvas, sheet.cloth, {.outline = leg.mirrored(), .folds = left, .in_shadow = true});
  draw_panel(sheet.canvas, sheet.cloth, {.outline = leg, .folds = right, .in_shadow = true});
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = b.outline, .folds = bodice_folds(sheet, b.torso, b.low), .in_shadow = true});
  draw_waist(sheet, b);
  draw_neck_finish(sheet, b);
  if (sheet.design.neckline == Neckline::kOffShoulder) draw_flounce(sheet, b.torso);
  finish_sleeves(sheet, b);
  return {.height_max = 530, .scale_max = 1.2};
}

}  // namespace modiste::drawn_shop::drawing
