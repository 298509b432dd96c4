// Bags, seen from the front on the ground.
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

constexpr Frame kBagFrame{.stand = Stand::kGround, .width_max = 330, .height_max = 400, .scale_max = 1.5};

void draw_handle(Sheet& sheet, const Path& path, double width, const Cloth& cloth) {
  Canvas& canvas = sheet.canvas;
  canvas.silhouette(path, "", false);
  canvas.stroke(path.moved({2, 3}), {"#000", width, 0.12});
  canvas.stroke(path, {cloth.ground.shade(0.5).hex(), width + 1.6});
  canvas.stroke(path, {cloth.ground.hex(), width});
  canvas.stroke(path.moved({-width * 0.16, -width * 0.16}),
                {cloth.ground.tint(0.4).hex(), width * 0.28, 0.55});
  canvas.stroke(path.moved({width * 0.2, width * 0.14}), {cloth.ground.shade(0.4).hex(), width * 0.24, 0.4});
}

void draw_ring(Sheet& sheet, Point at, double radius) {
  sheet.canvas.stroke(ellipse(at, radius, radius), {sheet.colours.hardware.shade(0.35).hex(), 3.6});
  sheet.canvas.stroke(ellipse(at + Point{-0.4, -0.5}, radius, radius),
                      {sheet.colours.hardware.tint(0.25).hex(), 2});
}

Cloth trim_of(const Sheet& sheet) {
  Cloth cloth =
      sheet.cloth.dyed(sheet.cloth.material == Material::kLeather || sheet.cloth.material == Material::kSuede
                           ? sheet.cloth.ground
                           : sheet.cloth.accent);
  cloth.material = Material::kLeather;
  return cloth;
}

std::vector<Fold> slack(double w, double h) {
  return {{{-w * 0.7, 14}, {-w * 0.62, h * 0.7}, 8, 16, 0.26},
          {{w * 0.66, 10}, {w * 0.58, h * 0.6}, -8, 16, 0.28},
          {{-w * 0.2, 6}, {-w * 0.12, h * 0.34}, 4, 14, 0.18},
          {{w * 0.3, 6}, {w * 0.26, h * 0.3}, 4, 12, 0.16}};
}

Path flap_outline(double w, double h, double round) {
  return Path({-w, 0})
      .line({w, 0})
      .line({w + 1, h - round})
      .curve({w, h - round * 0.2}, {w - round * 0.6, h}, {w - round * 1.3, h})
      .quad({0, h + 4}, {-w + round * 1.3, h})
      .curve({-w + round * 0.6, h}, {-w, h - round * 0.2}, {-w - 1, h - round})
      .close();
}

}  // namespace

Frame draw_tote(Sheet& sheet) {
  const Cloth trim = trim_of(sheet);
  const double w = sheet.vary(118, 0.06), h = sheet.vary(196, 0.08), drop = sheet.vary(104, 0.15);
  const bool soft = sheet.design.material == Material::kCanvas || sheet.design.material == Material::kCotton;
  draw_handle(sheet,
              Path({-46, 10})
                  .curve({-44, -drop * 0.7}, {-26, -drop - 6}, {4, -drop - 6})
                  .curve({34, -drop - 6}, {46, -drop * 0.7}, {48, 6}),
              9, trim.dyed(trim.ground.shade(0.25)));
  const Path inside = Path({-w, 0}).quad({0, -12}, {w, 0}).quad({0, 12}, {-w, 0}).close();
  sheet.canvas.fill(inside, sheet.cloth.ground.shade(0.5).hex());
  Path body({-w, 0});
  body.quad({0, 9}, {w, 0})
      .through({{w - 2, h * 0.5}, {w - 12, h - 12}})
      .curve({w - 13, h}, {w - 22, h}, {w - 30, h})
      .quad({0, h + 3}, {-w + 30, h});
  body.curve({-w + 22, h}, {-w + 13, h}, {-w + 12, h - 12}).through({{-w + 2, h * 0.5}, {-w, 0}}).close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = slack(w, h), .volume = soft ? 0.8 : 1.1});
  draw_stitching(sheet.canvas, sheet.cloth, Path({-w + 2, 7}).quad({0, 16}, {w - 2, 7}));
  if (sheet.design.variant % 3 == 0) {
    const double y = h * 0.72;
    sheet.canvas.begin_clip(body);
    draw_panel(sheet.canvas, trim,
               {.outline = rectangle({-w - 4, y}, {w + 4, h + 8}), .volume = 0.3, .lift = 1});
    draw_stitching(sheet.canvas, trim, Path({-w, y + 4}).line({w, y + 4}));
    sheet.canvas.end();
  }
  draw_handle(sheet,
              Path({-50, 34})
                  .curve({-52, -drop * 0.5}, {-34, -drop + 14}, {0, -drop + 14})
                  .curve({34, -drop + 14}, {52, -drop * 0.5}, {50, 34}),
              9.5, trim);
  for (const double x : {-50.0, 50.0}) {
    draw_panel(sheet.canvas, trim,
               {.outline = rectangle({x - 7, 18}, {x + 7, 48}, 4), .volume = 0.5, .lift = 1});
    draw_rivet(sheet.canvas, {x, 40}, sheet.colours.hardware);
  }
  if (sheet.design.variant % 4 == 1) draw_button(sheet.canvas, {0, 20}, 5, sheet.colours.hardware);
  return kBagFrame;
}

Frame draw_crossbody(Sheet& sheet) {
  const int v = sheet.design.variant % 3;
  const double w = sheet.vary(v == 2 ? 84 : 98, 0.06), h = sheet.vary(v == 2 ? 128 : 122, 0.06),
               rise = sheet.vary(150, 0.12);
  const Path strap = Path({-w + 8, 10})
                         .curve({-w - 14, -rise * 0.6}, {-w * 0.5, -rise}, {8, -rise})
                         .curve({w * 0.6, -rise}, {w + 12, -rise * 0.55}, {w - 8, 10});
  if (sheet.design.variant % 4 == 1) {  // a chain
    sheet.canvas.silhouette(strap, "", false);
    sheet.canvas.stroke(strap, {sheet.colours.hardware.shade(0.4).hex(), 6, 1, "7 2.5", false});
    sheet.canvas.stroke(strap, {sheet.colours.hardware.tint(0.35).hex(), 3.2, 1, "6 3.5", false});
  } else {
    draw_handle(sheet, strap, 7.5, sheet.cloth.plain());
  }
  Path body({-w, 4});
  body.curve({-w * 0.6, -5}, {w * 0.6, -5}, {w, 4})
      .through({{w + 4, h * 0.5}, {w - 3, h - 14}})
      .curve({w - 6, h}, {w - 16, h}, {w - 26, h});
  body.line({-w + 26, h})
      .curve({-w + 16, h}, {-w + 6, h}, {-w + 3, h - 14})
      .through({{-w - 4, h * 0.5}, {-w, 4}})
      .close();
  if (v == 2)
    body = Path({-w, 0})
               .curve({-w * 0.6, -6}, {w * 0.6, -6}, {w, 0})
               .curve({w + 12, h * 0.6}, {w * 0.7, h}, {0, h})
               .curve({-w * 0.7, h}, {-w - 12, h * 0.6}, {-w, 0})
               .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = slack(w, h), .volume = 1.2});
  if (v != 1) {
    Path flap = v == 2 ? Path({-w, 0})
                             .curve({-w * 0.6, -6}, {w * 0.6, -6}, {w, 0})
                             .curve({w + 4, h * 0.36}, {w * 0.56, h * 0.62}, {0, h * 0.62})
                             .curve({-w * 0.56, h * 0.62}, {-w - 4, h * 0.36}, {-w, 0})
                             .close()
                       : flap_outline(w + 1, h * 0.66, 20).moved({0, 1});
    draw_panel(sheet.canvas, sheet.cloth, {.outline = flap, .volume = 0.8, .lift = 3});
    draw_stitching(sheet.canvas, sheet.cloth, flap.scaled(0.955, 0.93).moved({0, 1.5}));
    const double y = v == 2 ? h * 0.56 : h * 0.6;
    draw_panel(sheet.canvas, sheet.cloth.dyed(sheet.colours.hardware),
               {.outline = rectangle({-13, y - 8}, {13, y + 9}, 4), .volume = 0.7, .lift = 1.4});
    draw_button(sheet.canvas, {0, y + 0.5}, 3.6, sheet.colours.hardware.shade(0.15));
  } else {
    draw_zip(sheet.canvas, sheet.cloth, Path({-w + 12, 14}).quad({0, 8}, {w - 12, 14}),
             sheet.colours.hardware, 4);
    draw_zip_pull(sheet.canvas, {-w + 20, 16}, sheet.colours.hardware, 1.2);
    draw_stitching(sheet.canvas, sheet.cloth, Path({-w + 10, 52}).quad({0, 56}, {w - 10, 52}));
    draw_seam(sheet.canvas, sheet.cloth, Path({-w + 8, 48}).quad({0, 52}, {w - 8, 48}));
  }
  for (const double x : {-w + 6, w - 6}) draw_ring(sheet, {x, 8}, 6.5);
  return kBagFrame;
}

Frame draw_backpack(Sheet& sheet) {
  const double w = sheet.vary(88, 0.05), h = sheet.vary(226, 0.05);
  const Cloth trim = trim_of(sheet);
  draw_handle(sheet, Path({-20, 6}).curve({-18, -26}, {18, -26}, {20, 6}), 9, trim);
  for (const double s : {-1.0, 1.0})
    draw_handle(sheet,
                Path({s * 50, 18}).curve({s * (w + 18), 30}, {s * (w + 24), 120}, {s * (w - 10), h - 24}), 13,
                sheet.cloth.dyed(sheet.cloth.ground.shade(0.2)));
  Path body({0, 0});
  body.curve({w * 0.62, 0}, {w * 0.94, 20}, {w, 72})
      .through({{w + 7, h * 0.6}, {w + 2, h - 22}})
      .curve({w, h}, {w - 14, h}, {w - 24, h})
      .line({0, h});
  const Path outline = symmetric(body);
  draw_panel(sheet.canvas, sheet.cloth, {.outline = outline, .folds = slack(w, h), .volume = 1.2});
  const bool roll = sheet.design.variant % 3 == 1;
  if (roll) {
    const Path flap = Path({-w + 4, 46})
                          .curve({-w + 6, 6}, {-w * 0.5, -4}, {0, -4})
                          .curve({w * 0.5, -4}, {w - 6, 6}, {w - 4, 46})
                          .curve({w, 100}, {w - 6, 112}, {w - 20, 114})
                          .quad({0, 120}, {-w + 20, 114})
                          .curve({-w + 6, 112}, {-w, 100}, {-w + 4, 46})
                          .close();
    draw_panel(sheet.canvas, sheet.cloth, {.outline = flap, .lift = 3});
    for (const double x : {-38.0, 38.0}) {
      draw_panel(sheet.canvas, trim,
                 {.outline = rectangle({x - 7, 70}, {x + 7, 168}, 3), .volume = 0.4, .lift = 1.4});
      sheet.canvas.stroke(rectangle({x - 10, 128}, {x + 10, 148}, 2), {sheet.colours.hardware.hex(), 3});
    }
  } else {
    const Path zip = Path({-w + 8, 118})
                         .curve({-w + 12, 30}, {-w * 0.5, 18}, {0, 18})
                         .curve({w * 0.5, 18}, {w - 12, 30}, {w - 8, 118});
    draw_zip(sheet.canvas, sheet.cloth, zip, sheet.colours.hardware, 4);
    draw_zip_pull(sheet.canvas, zip.at(0.16), sheet.colours.hardware, 1.1);
  }
  Path pocket({-w + 14, 140});
  pocket.quad({0, 132}, {w - 14, 140})
      .line({w - 12, h - 26})
      .curve({w - 14, h - 12}, {w - 26, h - 10}, {w - 34, h - 10})
      .line({-w + 34, h - 10})
      .curve({-w + 26, h - 10}, {-w + 14, h - 12}, {-w + 12, h - 26})
      .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = pocket, .volume = 0.9, .lift = 2});
  draw_zip(sheet.canvas, sheet.cloth, Path({-w + 22, 152}).quad({0, 145}, {w - 22, 152}),
           sheet.colours.hardware, 3.2);
  draw_zip_pull(sheet.canvas, {w - 32, 151}, sheet.colours.hardware, 0.9);
  draw_panel(sheet.canvas, trim,
             {.outline = rectangle({-16, 172}, {16, 194}, 2), .volume = 0.4, .lift = 0.8});
  return kBagFrame;
}

Frame draw_clutch(Sheet& sheet) {
  const double w = sheet.vary(124, 0.05), h = sheet.vary(100, 0.08);
  if (sheet.design.variant % 3 == 2) {  // a wrist strap, lying beside it
    draw_handle(sheet,
                Path({w - 8, 20})
                    .curve({w + 40, 20}, {w + 58, h * 0.55}, {w + 34, h * 0.84})
                    .curve({w + 14, h}, {w + 8, h * 0.5}, {w - 6, 26}),
                7, sheet.cloth.plain());
  }
  const Path body = rectangle({-w, 0}, {w, h}, 9);
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = slack(w, h), .volume = 1.2});
  const bool envelope = sheet.design.variant % 2 == 0;
  if (envelope) {
    const Path flap = Path({-w + 1, 4})
                          .line({w - 1, 4})
                          .curve({w * 0.6, h * 0.4}, {w * 0.2, h * 0.64}, {0, h * 0.68})
                          .curve({-w * 0.2, h * 0.64}, {-w * 0.6, h * 0.4}, {-w + 1, 4})
                          .close();
    draw_panel(sheet.canvas, sheet.cloth, {.outline = flap, .volume = 0.8, .lift = 3});
    draw_button(sheet.canvas, {0, h * 0.58}, 5.5, sheet.colours.hardware);
  } else {
    draw_band(sheet.canvas, sheet.colours.hardware, Path({-w + 5, 3}).line({w - 5, 3}), 7);
    for (const double x : {-5.0, 6.0}) draw_button(sheet.canvas, {x, -5}, 6, sheet.colours.hardware);
  }
  return {.stand = Stand::kGround, .width_max = 320, .height_max = 300, .scale_max = 1.5};
}

}  // namespace modiste::drawn_shop::drawing
