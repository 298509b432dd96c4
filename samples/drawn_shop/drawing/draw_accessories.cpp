// Scarves, hats, belts, sunglasses, watches.
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

constexpr Frame kSmall{.width_max = 300, .height_max = 360, .scale_max = 1.6};

void draw_fringe(Sheet& sheet, Point from, Point to, double size) {
  for (double f = 0.02; f < 1; f += 0.055) {
    const Point at = mix(from, to, f);
    const Point end = at + Point{sheet.rng.uniform(-4, 4), size * sheet.rng.uniform(0.85, 1.1)};
    sheet.canvas.stroke(Path(at).quad(mix(at, end, 0.5) + Point{sheet.rng.uniform(-2, 2), 0}, end),
                        {sheet.cloth.ground.shade(f > 0.5 ? 0.3 : 0.12).hex(), 2.6});
  }
}

}  // namespace

// Folded once and hung: a loop round an absent neck and two tails.
Frame draw_scarf(Sheet& sheet) {
  const double tail = sheet.vary(250, 0.08);
  Path back({-30, 6});
  back.curve({-40, -64}, {40, -64}, {30, 6}).line({12, 14}).curve({12, -34}, {-12, -34}, {-12, 14}).close();
  draw_panel(sheet.canvas, sheet.cloth.dyed(sheet.cloth.ground.shade(0.22)),
             {.outline = back, .in_shadow = true});
  const auto strip = [&](double top_x, double low_x, double low, double width, double lift) {
    Path outline({top_x - 22, 0});
    outline.through({{low_x - width * 0.5 - 2, 90}, {low_x - width * 0.5, low}});
    outline.quad({low_x, low + 7}, {low_x + width * 0.5, low})
        .through({{low_x + width * 0.5 + 1, 100}, {top_x + 22, -6}})
        .close();
    std::vector<Fold> folds;
    for (const double f : {-0.24, 0.1, 0.34})
      folds.push_back({{top_x + f * 30, 4}, {low_x + f * width, low - 10}, f * 12, 13, 0.42});
    draw_fringe(sheet, {low_x - width * 0.5, low + 2}, {low_x + width * 0.5, low + 2}, 24);
    draw_panel(sheet.canvas, sheet.cloth,
               {.outline = outline,
                .grain = {{low_x, 0}, low_x > 0 ? -4.0 : 4.0},
                .folds = folds,
                .lift = lift,
                .in_shadow = true});
    sheet.canvas.silhouette(outline.moved({0, 20}), "", false);
  };
  strip(-22, -38, tail, 64, 0);
  strip(24, 34, tail - 26, 66, 2.5);
  // The wrap across the front.
  Path wrap({-50, -8});
  wrap.curve({-46, -30}, {-32, -34}, {-24, -22})
      .curve({-10, 6}, {14, 4}, {26, -24})
      .curve({36, -34}, {50, -26}, {51, -6})
      .curve({50, 36}, {-48, 40}, {-50, -8})
      .close();
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = wrap,
              .grain = {{}, 84},
              .folds = {{{-44, -8}, {40, 4}, -22, 10, 0.5},
                        {{-34, -22}, {30, -16}, -26, 8, 0.45},
                        {{-46, 4}, {44, 10}, -18, 9, 0.4}},
              .lift = 3,
              .in_shadow = true});
  return {.width_max = 280, .height_max = 440, .scale_max = 1.5};
}

Frame draw_beanie(Sheet& sheet) {
  const Cloth knit = sheet.cloth.knitted(sheet.cloth.knit == Knit::kNone ? Knit::kRib : sheet.cloth.knit);
  const double h = sheet.vary(sheet.design.variant % 3 == 1 ? 128 : 108, 0.05);
  if (sheet.design.variant % 3 == 0) {  // pompom
    Cloth fur = sheet.cloth.dyed(sheet.cloth.figure);
    fur.material = Material::kFleece, fur.knit = Knit::kNone;
    draw_panel(sheet.canvas, fur,
               {.outline = ellipse({0, -h - 18}, 27, 26), .volume = 1.4, .in_shadow = true});
  }
  Path dome({-86, 10});
  dome.curve({-90, -h * 0.62}, {-52, -h}, {0, -h}).curve({52, -h}, {90, -h * 0.62}, {86, 10}).close();
  draw_panel(sheet.canvas, knit,
             {.outline = dome,
              .folds = {{{-30, -h + 12}, {-50, -6}, 8, 10, 0.3},
                        {{34, -h + 14}, {56, -4}, -8, 12, 0.34},
                        {{2, -h + 4}, {6, -20}, 3, 8, 0.24}},
              .volume = 1.3,
              .in_shadow = true});
  Path cuff({-90, 4});
  cuff.curve({-50, 15}, {50, 15}, {90, 4})
      .through({{92, 28}, {88, 52}})
      .curve({50, 64}, {-50, 64}, {-88, 52})
      .through({{-92, 28}, {-90, 4}})
      .close();
  draw_panel(sheet.canvas, sheet.cloth.plain().knitted(Knit::kRib),
             {.outline = cuff, .volume = 1.1, .lift = 2.5, .in_shadow = true});
  if (sheet.design.variant % 2 == 1)
    draw_panel(sheet.canvas,
               Cloth{Material::kLeather, Knit::kNone, Print::kPlain, sheet.cloth.accent, {}, {}, 1, 0},
               {.outline = rectangle({24, 26}, {56, 44}, 1.5), .volume = 0.4, .lift = 1});
  return kSmall;
}

Frame draw_hat(Sheet& sheet) {
  const double brim = sheet.vary(sheet.design.material == Material::kStraw ? 172 : 150, 0.07),
               h = sheet.vary(92, 0.06);
  Path under({-brim, 6});
  under.curve({-brim * 0.8, 40}, {brim * 0.8, 40}, {brim, 6})
      .curve({brim * 0.7, -20}, {-brim * 0.7, -20}, {-brim, 6})
      .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = under, .volume = 0.9, .in_shadow = true});
  Path crown({-80, 2});
  crown.curve({-84, -h * 0.6}, {-72, -h}, {-44, -h - 4})
      .curve({-20, -h - 5}, {-10, -h + 12}, {0, -h + 13})
      .curve({10, -h + 12}, {20, -h - 5}, {44, -h - 4});
  crown.curve({72, -h}, {84, -h * 0.6}, {80, 2}).curve({40, 17}, {-40, 17}, {-80, 2}).close();
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = crown,
              .folds = {{{-20, -h + 6}, {-34, -34}, 6, 16, 0.4}, {{22, -h + 6}, {38, -34}, -6, 16, 0.44}},
              .volume = 1.1,
              .lift = 2,
              .in_shadow = true});
  Path band({-82, -20});
  band.curve({-40, -4}, {40, -4}, {82, -20}).line({80, 3}).curve({40, 18}, {-40, 18}, {-80, 3}).close();
  draw_panel(sheet.canvas,
             Cloth{Material::kSatin, Knit::kNone, Print::kPlain, sheet.cloth.accent, {}, {}, 1, 0},
             {.outline = band, .volume = 0.6, .in_shadow = true});
  draw_seam(sheet.canvas, sheet.cloth,
            Path({-brim + 8, 9}).curve({-brim * 0.75, 34}, {brim * 0.75, 34}, {brim - 8, 9}), 0.7);
  return {.width_max = 330, .height_max = 300, .scale_max = 1.5};
}

Frame draw_cap(Sheet& sheet) {
  Path dome({-78, 24});
  dome.curve({-84, -46}, {-46, -84}, {10, -84})
      .curve({66, -84}, {98, -40}, {96, 22})
      .curve({60, 34}, {-40, 38}, {-78, 24})
      .close();
  draw_panel(
      sheet.canvas, sheet.cloth,
      {.outline = dome, .folds = {{{60, -50}, {84, 10}, -6, 14, 0.3}}, .volume = 1.2, .in_shadow = true});
  for (const Path& seam : {Path({10, -84}).curve({-20, -50}, {-30, -10}, {-28, 32}),
                           Path({10, -84}).curve({44, -56}, {56, -16}, {56, 30})}) {
    draw_seam(sheet.canvas, sheet.cloth, seam);
    draw_stitching(sheet.canvas, sheet.cloth, seam.moved({3, 0}));
  }
  draw_button(sheet.canvas, {10, -85}, 6, sheet.cloth.ground);
  draw_button(sheet.canvas, {22, -46}, 2.6, sheet.cloth.ground.shade(0.3));
  draw_button(sheet.canvas, {-44, -36}, 2.6, sheet.cloth.ground.shade(0.3));
  Path visor({-76, 20});
  visor.curve({-30, 38}, {20, 40}, {30, 30})
      .curve({20, 56}, {-60, 72}, {-116, 64})
      .curve({-140, 60}, {-120, 34}, {-76, 20})
      .close();
  const Cloth cloth =
      sheet.design.variant % 2 == 1 ? sheet.cloth.dyed(sheet.cloth.figure) : sheet.cloth.plain();
  draw_panel(sheet.canvas, cloth, {.outline = visor, .volume = 1, .lift = 2, .in_shadow = true});
  for (const double k : {6.0, 12.0, 18.0})
    draw_stitching(
        sheet.canvas, cloth,
        Path({-78 + k, 24 + k * 0.6})
            .curve({-100 + k * 0.4, 40 + k * 0.3}, {-112 + k * 0.6, 50}, {-110 + k, 62 - k * 0.3}));
  sheet.canvas.fill(rectangle({-10, -30}, {22, -10}, 3), sheet.cloth.accent.hex(), 0.95);
  return kSmall;
}

// Coiled, buckle in front.
Frame draw_belt(Sheet& sheet) {
  const double w = sheet.vary(17, 0.15);
  const Cloth cloth = sheet.cloth.plain();
  const auto ring = [&](double rx, double ry, double shade) {
    const Path coil = ellipse({0, 0}, rx, ry);
    Path band = Path({-rx, 0})
                    .curve({-rx, -ry * 0.55}, {-rx * 0.55, -ry}, {0, -ry})
                    .curve({rx * 0.55, -ry}, {rx, -ry * 0.55}, {rx, 0});
    band.line({rx, w * 1.9})
        .curve({rx, -ry * 0.55 + w * 1.9}, {rx * 0.55, -ry + w * 1.9}, {0, -ry + w * 1.9})
        .curve({-rx * 0.55, -ry + w * 1.9}, {-rx, -ry * 0.55 + w * 1.9}, {-rx, w * 1.9})
        .close();
    draw_panel(sheet.canvas, cloth.dyed(cloth.ground.shade(shade)), {.outline = band, .in_shadow = true});
    static_cast<void>(coil);
  };
  ring(112, 52, 0.42), ring(100, 42, 0.3), ring(88, 32, 0.36);
  Path front({-114, 0});
  front.curve({-114, 30}, {-62, 52}, {0, 52})
      .curve({62, 52}, {114, 30}, {114, 0})
      .line({114, w * 1.9})
      .curve({114, 30 + w * 1.9}, {62, 52 + w * 1.9}, {0, 52 + w * 1.9})
      .curve({-62, 52 + w * 1.9}, {-114, 30 + w * 1.9}, {-114, w * 1.9})
      .close();
  draw_panel(sheet.canvas, cloth, {.outline = front, .volume = 0.9, .lift = 2, .in_shadow = true});
  for (const double dy : {4.0, w * 1.9 - 4})
    draw_stitching(sheet.canvas, cloth,
                   Path({-112, dy})
                       .curve({-112, 30 + dy}, {-62, 52 + dy}, {0, 52 + dy})
                       .curve({62, 52 + dy}, {112, 30 + dy}, {112, dy}));
  const double y = 52 + w * 0.95;
  sheet.canvas.stroke(rectangle({-22, y - w * 1.25}, {20, y + w * 1.25}, 5).moved({1, 2}), {"#000", 6, 0.25});
  sheet.canvas.stroke(rectangle({-22, y - w * 1.25}, {20, y + w * 1.25}, 5),
                      {sheet.colours.hardware.shade(0.25).hex(), 6});
  sheet.canvas.stroke(rectangle({-22, y - w * 1.25}, {20, y + w * 1.25}, 5).moved({-0.7, -0.9}),
                      {sheet.colours.hardware.tint(0.35).hex(), 2.6});
  sheet.canvas.stroke(Path({-22, y}).line({22, y}), {sheet.colours.hardware.hex(), 4});
  draw_panel(
      sheet.canvas, cloth,
      {.outline = rectangle({34, y - w * 1.06 - 4}, {46, y + w * 1.06 - 4}, 2), .volume = 0.6, .lift = 1.2});
  for (const double x : {58.0, 72.0, 86.0})
    sheet.canvas.fill(ellipse({x, y - (x - 30) * (x - 30) * 0.0042}, 2, 2.2), cloth.ground.shade(0.75).hex());
  return {.width_max = 290, .height_max = 260, .scale_max = 1.4};
}

Frame draw_sunglasses(Sheet& sheet) {
  const Ink frame = sheet.cloth.ground, lens = sheet.cloth.accent.shade(0.35);
  const int v = sheet.design.variant % 4;
  for (const double s : {-1.0, 1.0}) {
    const auto flip = [&](Path p) { return s < 0 ? p.mirrored() : p; };
    const Path arm = flip(Path({112, -18}).curve({126, -30}, {120, -58}, {70, -66}));
    sheet.canvas.stroke(arm, {frame.shade(0.45).hex(), 6}), sheet.canvas.stroke(arm, {frame.hex(), 4.2});
    sheet.canvas.silhouette(arm, "", false);
    Path rim;
    switch (v) {
      case 0:
        rim = ellipse({62, 4}, 46, 44);
        break;
      case 1:
        rim = Path({14, -22})
                  .curve({40, -36}, {90, -36}, {112, -26})
                  .curve({116, 0}, {110, 40}, {72, 44})
                  .curve({30, 46}, {12, 20}, {14, -22})
                  .close();
        break;
      case 2:
        rim = Path({14, -14})
                  .curve({40, -24}, {84, -34}, {124, -44})
                  .curve({122, -6}, {112, 34}, {68, 36})
                  .curve({30, 38}, {16, 14}, {14, -14})
                  .close();
        break;
      default:
        rim = Path({14, -22})
                  .curve({40, -30}, {90, -30}, {112, -22})
                  .curve({118, 10}, {98, 52}, {66, 52})
                  .curve({30, 52}, {10, 14}, {14, -22})
                  .close();
        break;
    }
    rim = flip(rim);
    const std::string id = sheet.canvas.define(rim);
    sheet.canvas.silhouette(rim, id);
    sheet.canvas.use(id, "fill='" +
                             sheet.canvas.linear({0, 0}, {0.2, 1},
                                                 {{0, lens.shade(0.45), 0.97}, {1, lens.tint(0.15), 0.88}}) +
                             "'");
    sheet.canvas.begin_clip(std::span(&id, 1));
    sheet.canvas.fill(
        Path({s * 62 - 44, -50}).line({{s * 62 - 12, -50}, {s * 62 - 46, 60}, {s * 62 - 78, 60}}).close(),
        "#fff", 0.13);
    sheet.canvas.fill(
        Path({s * 62 + 6, -50}).line({{s * 62 + 16, -50}, {s * 62 - 18, 60}, {s * 62 - 28, 60}}).close(),
        "#fff", 0.1);
    sheet.canvas.end();
    const double width = v == 3 ? 3.2 : 8;
    const Ink edge = v == 3 ? sheet.colours.hardware : frame;
    sheet.canvas.stroke(rim, {edge.shade(0.4).hex(), width + 1.2});
    sheet.canvas.stroke(rim, {edge.hex(), width});
    sheet.canvas.stroke(rim.moved({-0.8, -1.2}), {edge.tint(0.5).hex(), width * 0.2, 0.7});
  }
  const Ink bridge = v == 3 ? sheet.colours.hardware : frame;
  sheet.canvas.stroke(Path({-16, -12}).quad({0, -24}, {16, -12}),
                      {bridge.shade(0.2).hex(), v == 3 ? 3.4 : 7});
  if (v == 3) sheet.canvas.stroke(Path({-30, -27}).line({30, -27}), {bridge.hex(), 3});
  return {.stand = Stand::kGround, .width_max = 300, .height_max = 200, .scale_max = 1.5};
}

Frame draw_watch(Sheet& sheet) {
  Canvas& canvas = sheet.canvas;
  const Ink metal = sheet.colours.hardware;
  const double w = sheet.vary(24, 0.08);
  const bool bracelet = sheet.design.material == Material::kMetal;
  const Cloth cloth = bracelet ? sheet.cloth.dyed(metal) : sheet.cloth.plain();
  for (const double s : {-1.0, 1.0}) {
    Path strap({-w, s * 40});
    strap.line({w, s * 40})
        .through({{w * 0.86, s * 110}, {w * 0.78, s * 176}})
        .quad({0, s * 190}, {-w * 0.78, s * 176})
        .through({{-w * 0.86, s * 110}, {-w, s * 40}})
        .close();
    draw_panel(canvas, cloth, {.outline = strap, .volume = 1, .in_shadow = true});
    if (bracelet)
      for (double y = 50; y < 176; y += 11)
        canvas.stroke(Path({-w, s * y}).line({w, s * y}), {metal.shade(0.5).hex(), 1.4, 0.8});
    else
      for (const double x : {-0.72, 0.72})
        draw_stitching(canvas, cloth, Path({x * w, s * 56}).line({x * w * 0.8, s * 170}));
    if (!bracelet && s > 0)
      for (const double y : {112.0, 126.0, 140.0, 154.0})
        canvas.fill(ellipse({0, y}, 1.9, 2.3), cloth.ground.shade(0.7).hex());
  }
  const double r = sheet.vary(46, 0.05);
  canvas.fill(rectangle({r - 2, -6}, {r + 9, 6}, 2), metal.shade(0.25).hex());
  const Path rim =
      sheet.design.variant % 3 == 1 ? rectangle({-r, -r * 1.05}, {r, r * 1.05}, 12) : ellipse({0, 0}, r, r);
  const std::string id = canvas.define(rim);
  canvas.silhouette(rim, id);
  canvas.use(
      id,
      "fill='" +
          canvas.linear({0.1, 0}, {0.9, 1},
                        {{0, metal.tint(0.6)}, {0.4, metal}, {0.7, metal.shade(0.4)}, {1, metal.tint(0.2)}}) +
          "'");
  const Ink face = sheet.cloth.figure;
  const Path dial = rim.scaled(0.84, 0.84);
  canvas.fill(dial, canvas.linear({0, 0}, {1, 1}, {{0, face.tint(0.12)}, {1, face.shade(0.14)}}));
  canvas.stroke(dial, {metal.shade(0.5).hex(), 1.2, 0.7});
  const std::string mark = (face.dark() ? metal.tint(0.3) : Ink("#2c2b2a")).hex();
  for (int i = 0; i < 12; ++i) {
    const Path tick = Path({0, -r * 0.72}).line({0, -r * (i % 3 == 0 ? 0.56 : 0.64)}).turned(i * 30, {});
    canvas.stroke(tick, {mark, i % 3 == 0 ? 2.4 : 1.4});
  }
  canvas.stroke(Path({0, 0}).line({-r * 0.3, -r * 0.26}), {mark, 3});
  canvas.stroke(Path({0, 0}).line({r * 0.34, -r * 0.46}), {mark, 2.2});
  canvas.stroke(Path({0, r * 0.12}).line({0, -r * 0.6}).turned(130, {}), {sheet.cloth.accent.hex(), 0.9});
  draw_button(canvas, {0, 0}, 2.4, metal);
  canvas.begin_clip(dial);
  canvas.fill(Path({-r, -r}).line({{r * 0.3, -r}, {-r * 0.5, r}, {-r, r}}).close(), "#fff", 0.1);
  canvas.end();
  return {.width_max = 200, .height_max = 420, .scale_max = 1.15};
}

}  // namespace modiste::drawn_shop::drawing
