// Woven tops: shirts and blouses.
#include "drawn_shop/drawing/collars.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

void draw_cuffs(Sheet& sheet, const SleeveShape& right, double width) {
  for (const bool left : {false, true}) {
    const SleeveShape s = left ? mirror(right) : right;
    const Point up = s.along * -width;
    Path cuff = s.cuff.moved(s.along * 0.5);
    cuff.line(s.cuff.end() + up)
        .quad(mix(s.cuff.start(), s.cuff.end(), 0.5) + up + s.along * 4, s.cuff.start() + up)
        .close();
    draw_panel(sheet.canvas, sheet.cloth.plain(), {.outline = cuff, .volume = 0.6, .lift = 1});
    draw_stitching(sheet.canvas, sheet.cloth, s.cuff.moved(s.along * -2.5));
    draw_button(sheet.canvas, mix(s.cuff.start(), s.cuff.end(), 0.72) + up * 0.5, 2.9,
                sheet.colours.hardware);
  }
}

void draw_placket(Sheet& sheet, double top, double low, int buttons, bool hidden) {
  const double half = 9;
  Canvas& canvas = sheet.canvas;
  const Path edge = Path({half, top}).line({half, low});
  canvas.stroke(edge.moved({1.4, 0}), {sheet.cloth.ground.shade(0.6).hex(), 2.4, 0.22});
  draw_seam(canvas, sheet.cloth, edge);
  draw_stitching(canvas, sheet.cloth, edge.moved({-2.5, 0}));
  draw_stitching(canvas, sheet.cloth, Path({-half + 1, top}).line({-half + 1, low}));
  if (!hidden) draw_buttons(canvas, {0, top + 20}, {0, low - 42}, buttons, 3.4, sheet.colours.hardware);
}

void draw_shoulder_yoke(Sheet& sheet, const Torso& t) {
  for (const double side : {-1.0, 1.0})
    draw_seam(sheet.canvas, sheet.cloth,
              Path({side * (t.neck + 4), 13})
                  .curve({side * (t.neck + 22), 20}, {side * (t.shoulder - 20), 32},
                         {side * (t.shoulder - 4), t.fall + 16}),
              0.7);
}

void draw_ruffle_front(Sheet& sheet, const Torso& t, double low) {
  for (const double side : {-1.0, 1.0}) {
    Path ruffle({side * 4, 34});
    for (double y = 52; y < low; y += 22)
      ruffle.curve({side * 26, y - 16}, {side * 30, y - 4}, {side * 15, y})
          .curve({side * 12, y + 1}, {side * 12, y + 1}, {side * 14, y + 4});
    ruffle.line({side * 4, low}).close();
    draw_panel(sheet.canvas, sheet.cloth.plain(), {.outline = ruffle, .volume = 0.8, .lift = 2});
  }
  static_cast<void>(t);
}

// A pussy bow: two loops, two tails, a knot.
void draw_bow(Sheet& sheet, Point at, double size) {
  const Cloth cloth = sheet.cloth;
  for (const bool left : {true, false}) {
    const auto flip = [&](Path p) { return (left ? p.mirrored() : p).moved(at); };
    const double tail = sheet.vary(112, 0.12) * size;
    Path strip({2, 2});
    strip.curve({10 * size, 30 * size}, {10 * size, 70 * size}, {22 * size, tail})
        .line({40 * size, tail - 12})
        .curve({26 * size, 60 * size}, {20 * size, 30 * size}, {8, -2})
        .close();
    draw_panel(sheet.canvas, cloth,
               {.outline = flip(strip), .grain = {at, left ? 12.0 : -12.0}, .volume = 0.9, .lift = 2.5});
    Path loop({2, -3});
    loop.curve({16 * size, -26 * size}, {50 * size, -28 * size}, {52 * size, -8 * size})
        .curve({53 * size, 12 * size}, {20 * size, 16 * size}, {2, 5})
        .close();
    draw_panel(sheet.canvas, cloth,
               {.outline = flip(loop),
                .grain = {at, 80},
                .folds = {{at + Point{left ? -4.0 : 4.0, 0}, at + Point{(left ? -36.0 : 36.0) * size, -6}, 3,
                           8, 0.5}},
                .volume = 1,
                .lift = 2});
  }
  draw_panel(sheet.canvas, cloth,
             {.outline = rectangle(at + Point{-7, -9}, at + Point{7, 9}, 5), .volume = 1, .lift = 1.5});
}

void draw_wrap_front(Sheet& sheet, const Torso& t) {
  const Path edge = Path({-t.neck + 2, 6}).curve({-t.neck * 0.6, 70}, {0, 128}, {t.waist - 4, t.waist_y - 6});
  sheet.canvas.stroke(edge.moved({1.5, 3}), {sheet.cloth.ground.shade(0.6).hex(), 4, 0.2});
  draw_seam(sheet.canvas, sheet.cloth, edge, 1.2);
  std::vector<Fold> folds;
  for (const double f : {0.35, 0.55, 0.8})
    folds.push_back({{t.waist - 6, t.waist_y - 4}, {-t.chest * (1 - f), 60 + 130 * f}, 8, 9, 0.4});
  draw_folds(sheet.canvas, sheet.cloth, torso_outline(t, front_neck(t, Neckline::kWrap)), folds);
}

void draw_cowl(Sheet& sheet, const Torso& t) {
  // Drapes hang from the shoulders, each a little deeper and wider than the one above.
  const Ink& ink = sheet.cloth.ground;
  sheet.canvas.begin_clip(torso_outline(t, front_neck(t, Neckline::kCowl)));
  sheet.canvas.begin_blur(2.4);
  for (const double depth : {62.0, 84.0, 112.0, 144.0}) {
    const double x = t.neck + depth * 0.13, lean = sheet.rng.uniform(-8, 8);
    const Path drape = Path({-x, 4})
                           .curve({-x * 0.7, depth * 0.8}, {-x * 0.4 + lean, depth}, {lean, depth})
                           .curve({x * 0.4 + lean, depth}, {x * 0.7, depth * 0.8}, {x, 4});
    sheet.canvas.stroke(drape, {ink.shade(ink.dark() ? 0.7 : 0.45).hex(), 9, 0.4});
    sheet.canvas.stroke(drape.moved({-2, -9}), {ink.tint(ink.dark() ? 0.35 : 0.6).hex(), 7, 0.4});
  }
  sheet.canvas.end();
  sheet.canvas.end();
}

}  // namespace

Frame draw_shirt(Sheet& sheet) {
  Torso t = torso_of(sheet);
  t.length *= 1.04, t.hem_rise = sheet.design.length == Length::kCropped ? 0 : 34;
  const Path neck = front_neck(t, Neckline::kCrew);
  const bool band = sheet.design.neckline == Neckline::kBand;
  const bool short_sleeved = sheet.design.sleeve == Sleeve::kShort;
  if (!band) draw_collar_back(sheet, t, sheet.cloth.plain());
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  const SleeveShape sleeve = draw_sleeves(sheet, t, sleeve_of(sheet, t));
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = torso_outline(t, neck), .folds = torso_folds(sheet, t), .in_shadow = true});
  draw_shoulder_yoke(sheet, t);
  draw_placket(sheet, 34, t.length - (t.hem_rise > 0 ? 2 : 0), sheet.design.mens ? 6 : 7,
               sheet.design.variant % 5 == 4);
  const int pockets = sheet.design.variant % 3;  // none, one, two with flaps
  if (pockets >= 1) draw_patch_pocket(sheet.canvas, sheet.cloth, {28, 96}, {72, 146}, true);
  if (pockets == 2) {
    draw_patch_pocket(sheet.canvas, sheet.cloth, {-72, 96}, {-28, 146}, true);
    for (const double x : {-74.0, 26.0}) draw_flap_pocket(sheet.canvas, sheet.cloth, {x, 92}, {x + 48, 108});
  }
  if (short_sleeved)
    for (const SleeveShape& s : {sleeve, mirror(sleeve)})
      draw_stitching(sheet.canvas, sheet.cloth, s.cuff.moved(s.along * -14));
  else
    draw_cuffs(sheet, sleeve, 26);
  if (band) {
    draw_band(sheet.canvas, sheet.cloth.ground, neck.moved({0, -3}), 13);
  } else {
    const double size = sheet.rng.uniform(0.92, 1.08), spread = sheet.rng.uniform(0.95, 1.12);
    draw_collar_leaves(sheet, t, sheet.cloth, spread, size);
    draw_button(sheet.canvas, {0, 37}, 3.2, sheet.colours.hardware);
  }
  return {};
}

Frame draw_blouse(Sheet& sheet) {
  Torso t = torso_of(sheet);
  t.hem += 8;
  const Neckline neckline = sheet.design.neckline;
  const bool band = neckline == Neckline::kBand, collar = neckline == Neckline::kCollar;
  const Path neck = front_neck(t, neckline);
  if (collar) draw_collar_back(sheet, t, sheet.cloth.plain());
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  const Sleeve kind = sheet.design.sleeve;
  const bool sleeved = kind != Sleeve::kSleeveless && kind != Sleeve::kStrap && kind != Sleeve::kCap;
  SleeveShape sleeve;
  if (sleeved) sleeve = draw_sleeves(sheet, t, sleeve_of(sheet, t));
  std::vector<Fold> folds = torso_folds(sheet, t);
  for (const double x : {-70.0, -30.0, 22.0, 64.0})
    folds.push_back({{x * 0.7, sheet.vary(150, 0.2)}, {x, t.length + 4}, 6, 22, 0.28, true});
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = torso_outline(t, neck), .folds = folds, .in_shadow = true});
  if (neckline == Neckline::kWrap) draw_wrap_front(sheet, t);
  if (neckline == Neckline::kCowl) draw_cowl(sheet, t);
  if (collar || band) draw_placket(sheet, 36, t.length, 6, collar && sheet.design.variant % 2 == 0);
  if (band && sheet.design.variant % 3 == 0) draw_ruffle_front(sheet, t, 150);
  if (collar)
    draw_collar_leaves(sheet, t, sheet.cloth, 0.98, 0.88);
  else if (neckline != Neckline::kCowl)
    draw_band(sheet.canvas, sheet.cloth.ground, neck, band ? 12 : 3.4);
  if (band && sheet.design.variant % 3 == 1) draw_bow(sheet, {0, 44}, 1);
  if (kind == Sleeve::kPuff || kind == Sleeve::kBalloon || kind == Sleeve::kLong)
    draw_cuffs(sheet, sleeve, kind == Sleeve::kPuff ? 9 : 18);
  draw_hem_stitch(sheet, t, 6);
  return {};
}

}  // namespace modiste::drawn_shop::drawing
