#include "drawn_shop/drawing/torso.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace modiste::drawn_shop::drawing {
namespace {

void apply_fit(Torso& t, Fit fit) {
  switch (fit) {
    case Fit::kSlim:
      t.chest -= 7, t.waist -= 13, t.hem -= 6, t.shoulder -= 2;
      break;
    case Fit::kRegular:
      break;
    case Fit::kRelaxed:
      t.chest += 9, t.waist += 14, t.hem += 11, t.shoulder += 6, t.armhole += 8;
      break;
    case Fit::kOversized:
      t.chest += 24, t.waist += 32, t.hem += 26, t.shoulder += 23, t.armhole += 22, t.fall += 7,
          t.armhole_cut = 1;
      break;
  }
}

void apply_length(Torso& t, Length length) {
  if (length == Length::kCropped)
    t.length = std::max(t.waist_y + 26, t.length * 0.72), t.hem = std::min(t.hem, t.waist + 6);
  if (length == Length::kLong) t.length *= 1.22, t.hem += 6;
}

void apply_sleeve(Torso& t, Sleeve sleeve) {
  if (sleeve == Sleeve::kSleeveless) t.shoulder -= 15, t.armhole += 4, t.armhole_cut = 17, t.fall -= 5;
  if (sleeve == Sleeve::kStrap) t.shoulder = t.neck + 32, t.armhole += 10, t.armhole_cut = 20, t.fall = 6;
  if (sleeve == Sleeve::kCap) t.shoulder += 9, t.fall += 5, t.armhole_cut = 9;
}

}  // namespace

Torso torso_of(Sheet& sheet) {
  const Design& d = sheet.design;
  Torso t;
  if (d.mens) t = {43, 113, 27, 117, 124, 8, 112, 225, 115, 395, 6, 0, 0};
  apply_fit(t, d.fit);
  apply_sleeve(t, d.sleeve);
  t.chest = sheet.vary(t.chest, 0.02), t.waist = sheet.vary(t.waist, 0.02), t.hem = sheet.vary(t.hem, 0.025);
  t.length = sheet.vary(t.length), t.neck = sheet.vary(t.neck, 0.04);
  if (d.neckline == Neckline::kBoat) t.neck += 24;
  if (d.neckline == Neckline::kScoop || d.neckline == Neckline::kSquare) t.neck += 14;
  if (d.neckline == Neckline::kVNeck || d.neckline == Neckline::kWrap) t.neck += 4;
  if (d.neckline == Neckline::kOffShoulder) t.neck = t.shoulder + 8;
  apply_length(t, d.length);
  return t;
}

Path front_neck(const Torso& t, Neckline neckline) {
  const double n = t.neck;
  const Point left{-n, 0}, right{n, 0};
  const auto bowl = [&](double depth, double roundness) {
    return Path(left)
        .curve({-n * 0.98, depth * roundness}, {-n * 0.55, depth}, {0, depth})
        .curve({n * 0.55, depth}, {n * 0.98, depth * roundness}, right);
  };
  switch (neckline) {
    case Neckline::kVNeck:
      return Path(left)
          .curve({-n * 0.86, 30}, {-n * 0.4, 66}, {0, 92})
          .curve({n * 0.4, 66}, {n * 0.86, 30}, right);
    case Neckline::kWrap:
      return Path(left)
          .curve({-n * 0.8, 40}, {-n * 0.3, 88}, {4, 112})
          .curve({n * 0.3, 92}, {n * 0.84, 40}, right);
    case Neckline::kScoop:
      return bowl(78, 0.72);
    case Neckline::kBoat:
      return bowl(17, 0.6);
    case Neckline::kSquare:
      return Path(left)
          .curve({-n, 20}, {-n * 0.97, 40}, {-n * 0.93, 58})
          .quad({0, 63}, {n * 0.93, 58})
          .curve({n * 0.97, 40}, {n, 20}, right);
    case Neckline::kSweetheart:
      return Path(left)
          .curve({-n, 30}, {-n * 0.96, 44}, {-n * 0.92, 58})
          .curve({-n * 0.6, 44}, {-n * 0.2, 50}, {0, 74})
          .curve({n * 0.2, 50}, {n * 0.6, 44}, {n * 0.92, 58})
          .curve({n * 0.96, 44}, {n, 30}, right);
    case Neckline::kTurtleneck:
    case Neckline::kMock:
    case Neckline::kHood:
      return bowl(24, 0.6);
    case Neckline::kCowl:
      return bowl(48, 0.6);
    case Neckline::kHalter:
      return bowl(30, 0.5);
    default:
      return bowl(37, 0.62);
  }
}

Path back_neck(const Torso& t) {
  return Path({-t.neck, 0})
      .curve({-t.neck * 0.6, 9}, {-t.neck * 0.3, 11}, {0, 11})
      .curve({t.neck * 0.3, 11}, {t.neck * 0.6, 9}, {t.neck, 0});
}

Path side_of(const Torso& t, Point from) {
  const Point s = t.shoulder_point(), u = t.underarm();
  const double cut = t.armhole_cut;
  Path path(from);
  path.curve(mix(from, s, 0.35) + Point{0, -1}, mix(from, s, 0.75) + Point{0, -2}, s);
  if (cut > 12)  // sleeveless: down the edge of the shoulder, then round under the arm
    path.curve({s.x - cut * 0.25, s.y + (u.y - s.y) * 0.6}, {mix(s, u, 0.25).x, u.y - 6}, u);
  else
    path.curve({s.x - cut * 0.6, s.y + (u.y - s.y) * 0.35}, {std::min(s.x, u.x) - cut * 1.5, u.y - 24}, u);
  const double hem_y = t.length - t.hem_rise;
  if (t.hip > 0) {
    path.through({{t.waist, t.waist_y}, {t.hip, t.waist_y + 85}, {t.hem, hem_y}});
  } else if (t.length > t.waist_y + 20) {
    path.through({{t.waist, t.waist_y}, {t.hem, hem_y}});
  } else {
    path.through({{(t.chest + t.hem) / 2, (t.armhole + hem_y) / 2}, {t.hem, hem_y}});
  }
  return path;
}

Path torso_outline(const Torso& t, const Path& neck) {
  const Path side = side_of(t, neck.end());
  Path outline = neck;
  outline.join(side);
  if (t.hem_rise > 0)
    outline.curve({t.hem - 6, t.length - t.hem_rise * 0.3}, {t.hem * 0.62, t.length}, {0, t.length})
        .curve({-t.hem * 0.62, t.length}, {-t.hem + 6, t.length - t.hem_rise * 0.3},
               {-t.hem, t.length - t.hem_rise});
  else
    outline.curve({t.hem * 0.6, t.length + t.hem_curve}, {-t.hem * 0.6, t.length + t.hem_curve},
                  {-t.hem, t.length});
  Path left = side_of(t, mirror(neck.start())).mirrored().reversed();
  return outline.join(left).close();
}

std::vector<Fold> torso_folds(Sheet& sheet, const Torso& t) {
  Rng& rng = sheet.rng;
  std::vector<Fold> folds;
  const double loose = sheet.design.fit == Fit::kSlim ? 0.75 : 1;
  for (const double side : {-1.0, 1.0}) {
    // From the armpit towards the bust and down the flank; then drag lines at the waist and flutes above the
    // hem.
    const Point pit{side * (t.chest - 6), t.armhole - 2};
    folds.push_back({pit,
                     {side * rng.uniform(38, 62), t.armhole + rng.uniform(8, 34)},
                     side * rng.uniform(4, 10),
                     rng.uniform(7, 11),
                     0.38 * loose});
    folds.push_back({pit + Point{-side * 3, 14},
                     {side * rng.uniform(60, 78), t.armhole + rng.uniform(70, 110)},
                     side * rng.uniform(-12, -4),
                     rng.uniform(8, 13),
                     0.42 * loose});
    folds.push_back({{side * (t.shoulder - 8), t.fall + 12},
                     {side * (t.chest - 22), t.armhole - 16},
                     -side * 6,
                     9,
                     0.25});
    if (t.length > t.waist_y + 40) {
      const double y = t.waist_y + rng.uniform(-16, 22);
      folds.push_back({{side * (t.waist - 2), y},
                       {side * rng.uniform(26, 50), y + rng.uniform(16, 40)},
                       side * rng.uniform(6, 12),
                       rng.uniform(7, 12),
                       0.36});
      folds.push_back({{side * (t.waist - 4), y + 30},
                       {side * rng.uniform(52, 70), y + rng.uniform(72, 96)},
                       side * rng.uniform(-10, 8),
                       rng.uniform(8, 13),
                       0.3});
    }
    const double x = side * rng.uniform(0.3, 0.62) * t.hem;
    folds.push_back({{x * 0.92, t.length - rng.uniform(80, 130)},
                     {x, t.length + 4},
                     rng.uniform(-7, 7),
                     rng.uniform(16, 26),
                     0.26,
                     true});
  }
  return folds;
}

SleeveCut sleeve_of(Sheet& sheet, const Torso& t) {
  const bool mens = sheet.design.mens;
  const double loose = sheet.design.fit == Fit::kOversized ? 20 : (sheet.design.fit == Fit::kRelaxed ? 9 : 0);
  SleeveCut cut{mens ? 372.0 : 345.0, 7, (mens ? 68.0 : 58.0) + loose, (mens ? 46.0 : 40.0) + loose * 0.5};
  switch (sheet.design.sleeve) {
    case Sleeve::kShort:
      cut = {(mens ? 138.0 : 118.0) + loose, 20, (mens ? 74.0 : 64.0) + loose, (mens ? 76.0 : 64.0) + loose};
      break;
    case Sleeve::kElbow:
      cut = {190 + loose, 17, 64 + loose, 62 + loose};
      break;
    case Sleeve::kThreeQuarter:
      cut = {270, 12, 58 + loose, 50 + loose};
      break;
    case Sleeve::kPuff:
      cut = {128, 22, 84, 62, 15, 16};
      break;
    case Sleeve::kBell:
      cut = {300, 10, 56, 60, 0, 0, 46};
      break;
    case Sleeve::kBalloon:
      cut = {335, 9, 66, 40, 8, 34};
      break;
    default:
      break;
  }
  cut.length = sheet.vary(cut.length - std::max(0.0, t.shoulder - 113) * 0.8, 0.025);
  cut.degrees = cut.degrees + sheet.rng.uniform(-2, 2);
  return cut;
}

SleeveShape sleeve_shape(Sheet& sheet, const Torso& t, const SleeveCut& cut) {
  const double angle = cut.degrees * std::numbers::pi / 180;
  const Point d{std::sin(angle), std::cos(angle)}, n{std::cos(angle), -std::sin(angle)};
  const Point s = t.shoulder_point(), u = t.underarm(), su = u - s;
  const double tu = su.x * d.x + su.y * d.y, nu = su.x * n.x + su.y * n.y;
  const double outer = nu + cut.bicep, centre = nu + cut.bicep / 2;
  const auto at = [&](double along, double out) { return s + d * along + n * out; };
  const double low = std::max(cut.length, tu + 18), arm = low - tu;
  const double half = cut.cuff / 2;
  // The arm is a little bent: the sleeve's middle swings out at the elbow and in at the wrist.
  const double swing = arm > 150 ? 5 : 0;

  Path outline(s);
  if (cut.head > 0)
    outline.through({at(-cut.head * 0.5, cut.head * 1.1), at(tu * 0.35, outer * 0.8 + cut.head),
                     at(tu, outer + cut.head * 0.6)});
  else
    outline.through({at(tu * 0.34, outer * 0.58), at(tu, outer)});
  const double belly = cut.belly;
  std::vector<Point> down{
      at(tu + arm * 0.38, mix({outer, 0}, {centre + half, 0}, 0.34).x + swing + belly * 0.55)};
  down.push_back(at(tu + arm * 0.78, centre + half + (outer - centre - half) * 0.15 + swing * 0.6 + belly));
  down.push_back(at(low, centre + half - swing + cut.flare * 0.6));
  outline.through(std::span<const Point>(down));
  const Point cuff_in = at(low, centre - half - swing - cut.flare * 0.4);
  const Path cuff = Path(outline.end()).quad(at(low + 5 + cut.flare * 0.25, centre - swing), cuff_in);
  outline.join(cuff);
  outline.through(
      {at(tu + arm * 0.72, centre - half - (cut.bicep / 2 - half) * 0.25 - swing * 0.2 - belly * 0.55),
       at(tu + arm * 0.3, centre - cut.bicep * 0.44 + swing * 0.6 - belly * 0.2), u});
  outline.line({u.x - 34, u.y - 30}).line({s.x - 22, s.y + 6}).close();

  SleeveShape shape{outline, cuff, d, {at(tu * 0.5, centre), -cut.degrees}, low, {}};
  Rng& rng = sheet.rng;
  // Creases from the armpit across the sleeve, at the elbow, and pushed up at the cuff.
  shape.folds.push_back({u + Point{4, 6}, at(tu * 0.55, outer * 0.55), 8, 11, 0.4});
  shape.folds.push_back({at(tu + 4, nu + 8), at(tu + std::min(46.0, arm * 0.8), outer - 14), -6, 10, 0.4});
  if (arm > 120) {
    for (const double f : {0.34, 0.46}) {
      const double y = tu + arm * (f + rng.uniform(-0.03, 0.03));
      const double across = rng.uniform(0, half), along = rng.uniform(14, 34);
      shape.folds.push_back({at(y, centre - half * 1.05), at(y + along, centre + across), -5, 9, 0.42});
    }
    const double y = tu + arm * rng.uniform(0.6, 0.7);
    shape.folds.push_back({at(y, centre + half), at(y + 22, centre - half * 0.4), 5, 9, 0.32});
    shape.folds.push_back({at(low - 34, centre - half), at(low - 22, centre + half * 0.5), -4, 7, 0.34});
    shape.folds.push_back({at(tu + arm * 0.12, outer - 10), at(low - 40, centre + half * 0.2), 4, 9, 0.22});
  }
  if (belly > 0 || cut.flare > 0 || cut.head > 0)
    for (const double f : {-0.5, -0.1, 0.35})
      shape.folds.push_back({at(low - (belly > 0 ? 2 : 0), centre + half * f * 1.5),
                             at(low - arm * rng.uniform(0.35, 0.6), centre + half * f * 1.8),
                             rng.uniform(-6, 6), 9, 0.4});
  if (cut.head > 0)
    for (const double f : {0.1, 0.4, 0.7})
      shape.folds.push_back({at(2 + tu * 0.25 * f, outer * f * 0.6 + cut.head * 0.3),
                             at(tu * 0.7, outer * (0.2 + f * 0.8)), 3, 8, 0.4});
  return shape;
}

SleeveShape mirror(const SleeveShape& s) {
  SleeveShape m{s.outline.mirrored(),
                s.cuff.mirrored(),
                mirror(s.along),
                {mirror(s.grain.origin), -s.grain.degrees},
                s.length,
                {}};
  for (const Fold& fold : s.folds) m.folds.push_back(mirror(fold));
  return m;
}

SleeveShape draw_sleeves(Sheet& sheet, const Torso& torso, const SleeveCut& cut) {
  const SleeveShape right = sleeve_shape(sheet, torso, cut), left = mirror(right);
  std::vector<Panel> panels;
  for (const SleeveShape* s : {&left, &right})
    panels.push_back({.outline = s->outline, .grain = s->grain, .folds = s->folds, .in_shadow = true});
  draw_panels(sheet.canvas, sheet.cloth, panels);
  return right;
}

void draw_inside(Sheet& sheet, const Torso& torso, const Path& neck, const Ink& lining) {
  Path inside = back_neck(torso);
  inside.join(neck.reversed()).close();
  const std::string id = sheet.canvas.define(inside);
  sheet.canvas.silhouette(inside, id, false);
  sheet.canvas.use(
      id, "fill='" +
              sheet.canvas.linear({0, 0}, {0.3, 1}, {{0, lining.shade(0.34)}, {1, lining.shade(0.16)}}) +
              "'");
  draw_label(sheet.canvas, {0, 14}, lining);
}

void draw_hem_stitch(Sheet& sheet, const Torso& t, double above) {
  const double y = t.length - above, x = t.hem - 0.5;
  draw_stitching(sheet.canvas, sheet.cloth,
                 Path({-x, y}).curve({-x * 0.6, y + t.hem_curve}, {x * 0.6, y + t.hem_curve}, {x, y}));
}

}  // namespace modiste::drawn_shop::drawing
