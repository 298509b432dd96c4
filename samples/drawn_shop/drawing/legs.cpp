#include "drawn_shop/drawing/legs.h"

#include <algorithm>

namespace modiste::drawn_shop::drawing {
namespace {

void apply_silhouette(Legs& l, Silhouette silhouette) {
  switch (silhouette) {
    case Silhouette::kWideLeg:
      l.knee = 56, l.hem = 66, l.knee_x = 58, l.hem_x = 68, l.hip += 3;
      break;
    case Silhouette::kFlared:
      l.knee = 33, l.hem = 58, l.hem_x = 64, l.hip -= 3;
      break;
    case Silhouette::kBootcut:
      l.knee = 33, l.hem = 42, l.hem_x = 58, l.hip -= 2;
      break;
    case Silhouette::kTapered:
      l.knee = 40, l.hem = 25, l.hem_x = 47, l.hip += 3;
      break;
    case Silhouette::kSkinny:
      l.knee = 29, l.hem = 20, l.knee_x = 46, l.hem_x = 45, l.hip -= 5;
      break;
    default:
      break;
  }
}

}  // namespace

Legs legs_of(Sheet& sheet) {
  const Design& d = sheet.design;
  Legs l;
  if (d.mens) l.waist = 76, l.hip = 94, l.knee = 39, l.hem = 35, l.rise = 132;
  apply_silhouette(l, d.silhouette);
  if (d.fit == Fit::kRelaxed) l.hip += 5, l.knee += 4, l.hem += 3;
  if (d.fit == Fit::kOversized) l.hip += 9, l.knee += 8, l.hem += 6;
  if (d.fit == Fit::kSlim) l.hip -= 3, l.knee -= 2, l.hem -= 2;
  switch (d.length) {
    case Length::kAnkle:
      l.length = 436;
      break;
    case Length::kCropped:
      l.length = 396;
      break;
    case Length::kShort:
    case Length::kMini:
      l.length = 206;
      break;
    case Length::kKnee:
      l.length = 282;
      break;
    default:
      break;
  }
  if (l.length < 300) {  // shorts end on the thigh
    const double f = l.length / 300;
    l.hem = std::max(l.hem,
                     (d.mens ? 56.0 : 52.0) + (1 - f) * 14 + (d.silhouette == Silhouette::kWideLeg ? 10 : 0));
    l.hem_x = 60, l.knee = l.hem, l.knee_x = 60;
  }
  l.length = sheet.vary(l.length, 0.015), l.hem = sheet.vary(l.hem), l.knee = sheet.vary(l.knee),
  l.waist = sheet.vary(l.waist, 0.02);
  return l;
}

Path leg_outline(const Legs& l) {
  const double knee_y = l.rise + (l.length - l.rise) * 0.47;
  Path leg({0, 5});
  leg.quad({l.waist * 0.55, 5}, {l.waist, 0});
  if (l.length > 300)
    leg.through({{l.hip, l.hip_y},
                 {mix({l.hip, 0}, {l.knee_x + l.knee, 0}, 0.5).x + 1, (l.rise + knee_y) / 2},
                 {l.knee_x + l.knee, knee_y},
                 {l.hem_x + l.hem, l.length}});
  else
    leg.through({{l.hip, l.hip_y}, {l.hem_x + l.hem, l.length}});
  leg.quad({l.hem_x, l.length + 5}, {l.hem_x - l.hem, l.length + 1});
  if (l.length > 300)
    leg.through({{l.knee_x - l.knee, knee_y},
                 {mix({1, 0}, {l.knee_x - l.knee, 0}, 0.5).x + 1, (l.rise + knee_y) * 0.47},
                 {1, l.rise}});
  else
    leg.through({{3, l.rise}});
  return leg.close();
}

Path leg_hem(const Legs& l) {
  return Path({l.hem_x - l.hem, l.length + 1}).quad({l.hem_x, l.length + 5}, {l.hem_x + l.hem, l.length});
}

std::vector<Fold> leg_folds(Sheet& sheet, const Legs& l, bool creased) {
  Rng& rng = sheet.rng;
  std::vector<Fold> folds;
  // Whiskers from the crotch towards the hip; then knee and break.
  for (const double f : {0.0, 0.4, 0.8})
    folds.push_back({{4, l.rise - 8 + f * 16},
                     {l.hip * rng.uniform(0.5, 0.75), l.rise - 44 + f * 62},
                     -6 + f * 10,
                     8,
                     0.4 - f * 0.1});
  folds.push_back(
      {{6, l.rise + 8}, {l.knee_x - l.knee * 0.3, l.rise + (l.length - l.rise) * 0.24}, 8, 10, 0.32});
  if (l.length > 300) {
    const double knee_y = l.rise + (l.length - l.rise) * 0.47;
    for (const double side : {-1.0, 1.0}) {
      const double y = knee_y + rng.uniform(-20, 20);
      folds.push_back({{l.knee_x + side * l.knee, y},
                       {l.knee_x + side * l.knee * rng.uniform(-0.1, 0.2), y + rng.uniform(10, 26)},
                       side * 4,
                       9,
                       0.3});
      folds.push_back({{l.hem_x + side * l.hem, l.length - rng.uniform(26, 44)},
                       {l.hem_x - side * l.hem * 0.2, l.length - rng.uniform(12, 24)},
                       side * 3,
                       8,
                       0.3});
    }
  }
  if (creased)
    folds.push_back({{l.waist * 0.58, 30}, {l.hem_x + 2, l.length}, -5, 7, 0.38});
  else if (l.hem > 50)
    for (const double f : {-0.45, 0.2, 0.6})
      folds.push_back({{l.knee_x * 0.8 + f * 30, l.rise + 30},
                       {l.hem_x + f * l.hem, l.length + 5},
                       rng.uniform(-6, 6),
                       24,
                       0.32,
                       true});
  return folds;
}

void draw_legs(Sheet& sheet, const Legs& l, bool creased) {
  Canvas& canvas = sheet.canvas;
  const Ink& ink = sheet.cloth.ground;
  // The inside of the back waist, above the front's dip.
  const Path inside = Path({-l.waist, 0}).quad({0, -13}, {l.waist, 0}).quad({0, 12}, {-l.waist, 0}).close();
  canvas.silhouette(inside, canvas.define(inside));
  canvas.fill(inside, canvas.linear({0, 0}, {0, 1}, {{0, ink.shade(0.25)}, {1, ink.shade(0.5)}}));
  draw_label(canvas, {0, -6}, ink);
  const Path right = leg_outline(l);
  const std::vector<Fold> folds = leg_folds(sheet, l, creased);
  std::vector<Fold> mirrored;
  for (const Fold& f : folds) mirrored.push_back(mirror(f));
  const double turn = -(l.hem_x - l.waist * 0.4) / l.length * 57;
  const std::vector<Panel> legs{
      {.outline = right.mirrored(), .grain = {{}, -turn}, .folds = mirrored, .in_shadow = true},
      {.outline = right, .grain = {{}, turn}, .folds = folds, .in_shadow = true}};
  draw_panels(canvas, sheet.cloth, legs);
}

void draw_waistband(Sheet& sheet, const Legs& l, const Cloth& cloth, bool ribbed) {
  const double widen = (l.hip - l.waist) * 0.16 * l.band / 20;
  Path band({-l.waist - 0.5, 0});
  band.quad({0, 11}, {l.waist + 0.5, 0})
      .line({l.waist + widen, l.band})
      .quad({0, l.band + 11}, {-l.waist - widen, l.band})
      .close();
  draw_panel(sheet.canvas, ribbed ? cloth.knitted(Knit::kRib) : cloth,
             {.outline = band, .volume = 0.7, .lift = 1});
  if (ribbed) return;
  const Path low =
      Path({-l.waist - widen, l.band - 2.5}).quad({0, l.band + 8.5}, {l.waist + widen, l.band - 2.5});
  draw_stitching(sheet.canvas, cloth, low);
  draw_stitching(sheet.canvas, cloth, Path({-l.waist, 2.5}).quad({0, 13.5}, {l.waist, 2.5}));
}

void draw_belt_loops(Sheet& sheet, const Legs& l) {
  for (const double f : {-0.78, -0.4, 0.4, 0.78}) {
    const double x = f * l.waist, y = 5.5 * (1 - f * f) - 2;
    draw_panel(
        sheet.canvas, sheet.cloth.plain(),
        {.outline = rectangle({x - 3.4, y}, {x + 3.4, y + l.band + 5}, 1), .volume = 0.4, .lift = 1.2});
  }
}

void draw_fly(Sheet& sheet, const Legs& l) {
  const double top = l.band + 5.5;
  draw_seam(sheet.canvas, sheet.cloth, Path({0, top}).line({0, l.rise}), 1.1);
  draw_stitching(sheet.canvas, sheet.cloth,
                 Path({15, top})
                     .line({15, l.rise * 0.62})
                     .curve({15, l.rise * 0.76}, {8, l.rise * 0.82}, {0, l.rise * 0.84}));
  draw_button(sheet.canvas, {0, l.band * 0.5 + 5.5}, 4.2, sheet.colours.hardware);
}

void draw_slant_pockets(Sheet& sheet, const Legs& l) {
  for (const bool left : {false, true}) {
    Path slit({l.waist * 0.62, l.band + 3});
    slit.quad({l.waist * 0.8, l.band + 30}, {l.hip - 1, l.hip_y});
    if (left) slit = slit.mirrored();
    draw_seam(sheet.canvas, sheet.cloth, slit, 1.2);
    draw_stitching(sheet.canvas, sheet.cloth, slit.moved({left ? 3.0 : -3.0, 1}));
  }
}

}  // namespace modiste::drawn_shop::drawing
