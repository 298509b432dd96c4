#include "drawn_shop/drawing/skirts.h"

#include <algorithm>
#include <cmath>

namespace modiste::drawn_shop::drawing {
namespace {

double reach_of(Length length) {
  switch (length) {
    case Length::kMini:
    case Length::kShort:
      return 200;
    case Length::kKnee:
      return 275;
    case Length::kMaxi:
    case Length::kFull:
      return 450;
    default:
      return 365;
  }
}

double side_at(const SkirtCut& c, double y) {
  if (y <= c.hip_y) return c.waist + (c.hip - c.waist) * (y - c.top) / (c.hip_y - c.top);
  return c.hip + (c.hem - c.hip) * (y - c.hip_y) / (c.low - c.hip_y);
}

// The hem from right to left, lower in the middle, in waves.
Path hem_path(Rng& rng, const SkirtCut& c) {
  const double sag = 8 + c.hem * 0.06;
  Path hem({c.hem, c.low});
  if (c.flutes == 0)
    return hem.curve({c.hem * 0.6, c.low + sag}, {-c.hem * 0.6, c.low + sag}, {-c.hem, c.low});
  const int waves = c.flutes * 2;
  std::vector<Point> points;
  for (int i = 1; i < waves; ++i) {
    const double f = 1 - 2.0 * i / waves + rng.uniform(-0.05, 0.05);
    points.push_back({c.hem * f, c.low + sag * (1 - f * f) +
                                     (i % 2 == 1 ? c.wave : -c.wave) * 0.5 * rng.uniform(0.7, 1.3)});
  }
  points.push_back({-c.hem, c.low});
  return hem.through(std::span<const Point>(points));
}

std::vector<Fold> skirt_folds(Sheet& sheet, const SkirtCut& c) {
  Rng& rng = sheet.rng;
  std::vector<Fold> folds;
  const double height = c.low - c.top, sag = 8 + c.hem * 0.06;
  for (int i = 0; i < c.flutes; ++i) {
    const double f = -1 + (2.0 * i + 1) / c.flutes + rng.uniform(-0.08, 0.08);
    const double start = c.top + height * (c.gathers > 0 ? rng.uniform(0.02, 0.12) : rng.uniform(0.22, 0.45));
    folds.push_back({{f * side_at(c, start) * 0.86, start},
                     {f * c.hem, c.low + sag + 8},
                     f * -10 + rng.uniform(-4, 4),
                     c.hem / c.flutes * rng.uniform(0.5, 0.75),
                     0.42,
                     true});
  }
  if (c.gathers > 0)
    for (double f = -0.92; f < 0.95; f += rng.uniform(0.11, 0.2))
      folds.push_back(
          {{f * c.waist, c.top + 2},
           {f * side_at(c, c.top + height * 0.3) * 1.02, c.top + rng.uniform(34, 0.34 * height + 20)},
           f * -4,
           6,
           0.4 * c.gathers});
  if (c.flutes == 0)
    for (const double side : {-1.0, 1.0}) {
      folds.push_back({{side * (c.hip - 4), c.hip_y - 10},
                       {side * c.hip * 0.35, c.hip_y + rng.uniform(4, 22)},
                       side * 5,
                       8,
                       0.3});
      folds.push_back({{side * (c.hip - 8), c.hip_y + 26},
                       {side * c.hip * 0.3, c.hip_y + rng.uniform(36, 60)},
                       -side * 5,
                       9,
                       0.24});
      folds.push_back(
          {{side * c.hip * 0.5, c.hip_y + 30}, {side * c.hem * 0.55, c.low + 8}, side * 3, 20, 0.2, true});
    }
  return folds;
}

void draw_pleats(Sheet& sheet, const SkirtCut& c, const Path& outline) {
  const Ink& ink = sheet.cloth.ground;
  const double sag = 8 + c.hem * 0.06;
  sheet.canvas.begin_clip(outline);
  for (int i = 0; i < c.pleats; ++i) {
    const auto x_at = [&](double y, double k) { return (-1 + 2.0 * (i + k) / c.pleats) * side_at(c, y); };
    const auto line = [&](double k) {
      return Path({x_at(c.top, k), c.top})
          .through({{x_at(c.hip_y, k), c.hip_y}, {x_at(c.low, k), c.low + sag + 6}});
    };
    Path under = line(0);
    under.join(line(0.42).reversed()).close();
    sheet.canvas.fill(under, ink.shade(ink.dark() ? 0.6 : 0.42).hex(), 0.36);
    Path light = line(0.62);
    light.join(line(0.98).reversed()).close();
    sheet.canvas.fill(light, ink.tint(0.5).hex(), ink.dark() ? 0.12 : 0.22);
    sheet.canvas.stroke(line(0), {ink.shade(0.6).hex(), 1.1, 0.55});
  }
  sheet.canvas.end();
}

// Gathered tiers: a seam and new gathers below it.
void draw_tiers(Sheet& sheet, const SkirtCut& c, const Path& outline) {
  std::vector<Fold> folds;
  for (int tier = 1; tier < c.tiers; ++tier) {
    const double y = c.top + (c.low - c.top) * tier / c.tiers, x = side_at(c, y), sag = 6 + x * 0.05;
    for (double f = -0.95; f < 0.96; f += sheet.rng.uniform(0.07, 0.14)) {
      const double at = y + sag * (1 - f * f);
      folds.push_back({{f * x, at + 1}, {f * (x + 8), at + sheet.rng.uniform(28, 64)}, 0, 6, 0.3});
    }
  }
  draw_folds(sheet.canvas, sheet.cloth, outline, folds);
  for (int tier = 1; tier < c.tiers; ++tier) {
    const double y = c.top + (c.low - c.top) * tier / c.tiers, x = side_at(c, y), sag = 6 + x * 0.05;
    draw_seam(sheet.canvas, sheet.cloth, Path({-x, y}).quad({0, y + 2 * sag}, {x, y}), 1.3);
  }
}

}  // namespace

SkirtCut skirt_of(Sheet& sheet, double waist, double top) {
  SkirtCut c;
  const double reach = sheet.vary(reach_of(sheet.design.length), 0.03);
  c.waist = waist, c.top = top, c.low = top + reach, c.hip = waist + 27, c.hip_y = top + 84;
  const double k = reach / 300;
  switch (sheet.design.silhouette) {
    case Silhouette::kALine:
      c.hem = c.hip + 34 * k, c.flutes = 3, c.wave = 6;
      break;
    case Silhouette::kFitAndFlare:
      c.hem = c.hip + 66 * k, c.hip += 10, c.flutes = 5, c.wave = 11, c.gathers = 0.6;
      break;
    case Silhouette::kFlared:
      c.hem = c.hip + 62 * k, c.flutes = 5, c.wave = 11;
      break;
    case Silhouette::kPleated:
      c.hem = c.hip + 36 * k, c.flutes = 0, c.pleats = 13, c.wave = 0;
      break;
    case Silhouette::kTiered:
      c.hem = c.hip + 52 * k, c.hip += 8, c.flutes = 4, c.tiers = reach > 260 ? 3 : 2, c.gathers = 1;
      break;
    case Silhouette::kWrap:
      c.hem = c.hip + 22 * k, c.flutes = 3, c.wave = 8, c.wrap = true;
      break;
    case Silhouette::kEmpire:
      c.hem = c.hip + 34 * k, c.flutes = 4, c.gathers = 0.8;
      break;
    case Silhouette::kSlip:
      c.hem = c.hip + 20 * k, c.flutes = 3, c.wave = 5;
      break;
    case Silhouette::kPencil:
    case Silhouette::kSheath:
      c.hem = c.hip - 8 * k, c.flutes = 0, c.slit = true;
      break;
    default:
      c.hem = c.hip + 9 * k, c.flutes = 0;
      break;
  }
  c.hem = sheet.vary(c.hem, 0.03), c.wave *= std::min(1.0, k);
  return c;
}

Path skirt_outline(Sheet& sheet, const SkirtCut& c) {
  Path outline({-c.waist, c.top});
  outline.quad({0, c.top + 9}, {c.waist, c.top});
  const double bell = c.gathers > 0 ? 9 : 0;
  outline.through({{c.hip + bell, c.hip_y},
                   {side_at(c, (c.hip_y + c.low) / 2) + bell * 0.4, (c.hip_y + c.low) / 2},
                   {c.hem, c.low}});
  outline.join(hem_path(sheet.rng, c));
  outline.through({{-side_at(c, (c.hip_y + c.low) / 2) - bell * 0.4, (c.hip_y + c.low) / 2},
                   {-c.hip - bell, c.hip_y},
                   {-c.waist, c.top}});
  return outline.close();
}

void draw_skirt_panel(Sheet& sheet, const SkirtCut& c) {
  Canvas& canvas = sheet.canvas;
  if (c.flutes > 0) {  // the inside of the back hem, where a wave lifts
    const double sag = 8 + c.hem * 0.06;
    const Path back = Path({-c.hem + 3, c.low - 8})
                          .quad({0, c.low + sag * 1.4 - 2}, {c.hem - 3, c.low - 8})
                          .line({{c.hem * 0.8, c.low - 40}, {-c.hem * 0.8, c.low - 40}})
                          .close();
    canvas.fill(back, sheet.cloth.ground.shade(0.4).hex());
  }
  const Path outline = skirt_outline(sheet, c);
  draw_panel(canvas, sheet.cloth,
             {.outline = outline, .folds = skirt_folds(sheet, c), .volume = 0.9, .in_shadow = true});
  if (c.pleats > 0) draw_pleats(sheet, c, outline);
  if (c.tiers > 1) draw_tiers(sheet, c, outline);
  if (c.wrap) {
    Path edge({c.waist * 0.55, c.top + 6});
    edge.curve({c.waist * 0.7, c.hip_y + 30}, {c.hem * 0.4, c.low - 60}, {c.hem * 0.18, c.low + 13});
    canvas.stroke(edge.moved({3, 1}), {sheet.cloth.ground.shade(0.6).hex(), 5, 0.2});
    draw_seam(canvas, sheet.cloth, edge, 1.3);
  }
  if (c.slit) {
    const double x = c.hem * 0.5;
    canvas.fill(Path({x, c.low - 74}).line({{x + 7, c.low + 7}, {x - 5, c.low + 8}}).close(),
                sheet.cloth.ground.shade(0.5).hex());
  }
  if (c.pleats == 0) {
    const double sag = 8 + c.hem * 0.06, y = c.low - 7, x = c.hem - 1;
    if (c.flutes == 0)
      draw_stitching(canvas, sheet.cloth,
                     Path({-x, y}).curve({-x * 0.6, y + sag}, {x * 0.6, y + sag}, {x, y}));
  }
}

}  // namespace modiste::drawn_shop::drawing
