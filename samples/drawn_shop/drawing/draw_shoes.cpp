// Flat shoes and heels.
#include <algorithm>

#include "drawn_shop/drawing/shoes.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

const Ink kLeatherSole("#a67c52"), kBlackSole("#2b2928"), kWhiteSole("#f1efe9"), kGum("#b98a55");

Cloth part(const Sheet& sheet, const Ink& ink, Material material) {
  Cloth cloth = sheet.cloth.dyed(ink);
  cloth.material = material;
  return cloth;
}

void draw_overlay(Sheet& sheet, const Path& upper, const Path& overlay, const Cloth& cloth) {
  sheet.canvas.begin_clip(upper);
  draw_panel(sheet.canvas, cloth, {.outline = overlay, .volume = 0.4, .lift = 1});
  draw_stitching(sheet.canvas, cloth, overlay.scaled(1, 1).moved({0, 2.2}));
  sheet.canvas.end();
}

std::vector<Fold> creases(double y) {
  return {{{-84, y - 34}, {-66, y + 6}, 4, 7, 0.3},
          {{-70, y - 40}, {-48, y + 2}, 4, 7, 0.26},
          {{96, y - 40}, {120, y - 8}, -4, 8, 0.2}};
}

// The inside of the shoe up to the far side's topline; the near side covers what is below its own.
void draw_opening(Sheet& sheet, Point front, Point back, double depth) {
  const Ink lining = sheet.cloth.ground.mixed(Ink("#c9b08c"), 0.45);
  Path inside(front);
  inside.curve(front + Point{24, depth * 0.3}, mix(front, back, 0.5) + Point{0, depth * 0.5},
               back + Point{-2, 0});
  const Point middle = mix(front, back, 0.5);
  inside.line({{back.x + 4, back.y + 34}, {middle.x, middle.y + 30}, {front.x - 4, front.y + 16}}).close();
  sheet.canvas.fill(inside, sheet.canvas.linear(
                                {0, 0}, {0.3, 1},
                                {{0, lining.shade(0.28)}, {0.4, lining.shade(0.5)}, {1, lining.shade(0.7)}}));
  sheet.canvas.stroke(Path(front).curve(front + Point{24, depth * 0.3},
                                        mix(front, back, 0.5) + Point{0, depth * 0.5}, back + Point{-2, 0}),
                      {sheet.cloth.ground.shade(0.25).hex(), 3});
}

Path draw_court(Sheet& sheet) {
  const Last last{8, 44, 0, 92, 84, 0};
  const Path upper = low_upper(last, -4, -124, 12);
  const bool gum = sheet.design.variant % 4 == 2;
  draw_opening(sheet, {-2, -122}, {124, -94}, 16);
  Path tongue({-30, -104});
  tongue.curve({-28, -130}, {-14, -146}, {6, -144}).curve({16, -142}, {18, -128}, {20, -112}).close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = tongue, .volume = 1.1});
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = upper.moved({0, -14}), .folds = creases(-30), .volume = 1});
  const Path body = upper.moved({0, -14});
  draw_overlay(sheet, body,
               Path({-170, -10}).line({-170, -90}).curve({-130, -88}, {-96, -60}, {-88, -10}).close(),
               sheet.cloth);
  draw_overlay(sheet, body,
               Path({104, -130})
                   .line({150, -130})
                   .line({150, -10})
                   .line({92, -10})
                   .curve({110, -40}, {100, -80}, {104, -130})
                   .close(),
               sheet.cloth.dyed(sheet.cloth.figure));
  Path eyestay({-70, -86});
  eyestay.line({-8, -140}).line({16, -132}).curve({8, -100}, {-20, -70}, {-62, -62}).close();
  draw_overlay(sheet, body, eyestay, sheet.cloth);
  draw_laces(sheet, {-58, -90}, {-10, -130}, 5,
             sheet.cloth.ground.dark() ? Ink("#efece6") : sheet.cloth.ground.tint(0.4), 24);
  if (sheet.design.variant % 2 == 0) {  // a side mark
    for (const double x : {8.0, 26.0, 44.0})
      sheet.canvas.stroke(Path({x, -26}).line({x + 26, -82}), {sheet.cloth.figure.hex(), 7, 0.92, {}, false});
  } else {
    sheet.canvas.stroke(Path({0, -52}).curve({30, -22}, {70, -40}, {104, -78}),
                        {sheet.cloth.figure.hex(), 7, 0.92});
  }
  const Path sole = flat_sole(last, 26, 4);
  draw_sole(sheet, sole, gum ? kGum : kWhiteSole, false);
  draw_stitching(sheet.canvas, gum ? kGum.shade(0.3) : kWhiteSole.shade(0.3),
                 Path({-148, -21}).through({{-60, -17}, {60, -19}, {140, -22}}));
  return Path(body).moved({0, 0});
}

Path draw_runner(Sheet& sheet) {
  const Last last{22, 40, 0.2, 92, 82, 0};
  const Path body = low_upper(last, -2, -136, 14).moved({0, -18});
  draw_opening(sheet, {0, -150}, {124, -122}, 16);
  Path tongue({-30, -122});
  tongue.curve({-26, -158}, {-10, -172}, {8, -166}).curve({18, -160}, {18, -146}, {18, -126}).close();
  draw_panel(sheet.canvas, sheet.cloth.dyed(sheet.cloth.accent), {.outline = tongue, .volume = 1.1});
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = creases(-40)});
  draw_overlay(
      sheet, body,
      Path({-180, 10}).line({-180, -64}).curve({-140, -74}, {-120, -44}, {-70, -34}).line({-60, 10}).close(),
      sheet.cloth.dyed(sheet.cloth.figure));
  draw_overlay(
      sheet, body,
      Path({86, -160}).curve({96, -110}, {70, -70}, {30, -40}).line({150, -10}).line({160, -160}).close(),
      sheet.cloth.dyed(sheet.cloth.figure));
  draw_overlay(sheet, body,
               Path({-40, -40})
                   .curve({0, -60}, {20, -90}, {22, -140})
                   .line({44, -136})
                   .curve({44, -90}, {20, -56}, {-10, -34})
                   .close(),
               sheet.cloth.dyed(sheet.cloth.accent));
  draw_laces(sheet, {-60, -94}, {-8, -142}, 5, Ink("#f2f0ea"), 22);
  Path sole({-156, -34});
  sole.curve({-166, -22}, {-152, -6}, {-124, -2}).line({116, 0}).curve({140, -2}, {154, -16}, {152, -48});
  sole.curve({110, -58}, {40, -34}, {-20, -26}).curve({-80, -22}, {-130, -26}, {-156, -34}).close();
  draw_sole(sheet, sole, kWhiteSole, true);
  sheet.canvas.stroke(Path({-120, -14}).through({{-40, -12}, {40, -18}, {146, -34}}),
                      {sheet.cloth.accent.hex(), 3.4, 0.9});
  return body;
}

Path draw_high_top(Sheet& sheet) {
  const Last last{6, 42, 0, 92, 84, 0};
  const Path body = boot_upper(last, 158, 44).moved({0, -14});
  const Cloth canvas_cloth = part(sheet, sheet.cloth.ground, Material::kCanvas);
  draw_panel(sheet.canvas, canvas_cloth, {.outline = body, .folds = creases(-32)});
  draw_overlay(sheet, body,
               Path({-170, 0}).line({-170, -80}).curve({-130, -84}, {-104, -50}, {-102, 0}).close(),
               part(sheet, kWhiteSole, Material::kPolyester));
  Path stay({-64, -84});
  stay.line({8, -126}).line({18, -190}).line({44, -190}).curve({40, -130}, {20, -100}, {-50, -58}).close();
  draw_overlay(sheet, body, stay, canvas_cloth);
  draw_laces(sheet, {-56, -88}, {14, -130}, 4, kWhiteSole, 22);
  draw_laces(sheet, {16, -142}, {20, -178}, 3, kWhiteSole, 22);
  sheet.canvas.fill(ellipse({92, -118}, 17, 17), kWhiteSole.hex());
  sheet.canvas.stroke(ellipse({92, -118}, 17, 17), {sheet.cloth.ground.shade(0.4).hex(), 1.2});
  sheet.canvas.fill(ellipse({92, -118}, 6, 6), sheet.cloth.accent.hex());
  draw_sole(sheet, flat_sole(last, 27, 3), kWhiteSole, false);
  sheet.canvas.stroke(Path({-150, -20}).through({{-60, -17}, {60, -19}, {142, -22}}),
                      {sheet.cloth.accent.hex(), 2.6});
  return body;
}

Path draw_loafer(Sheet& sheet) {
  const Last last{14, 38, 0.15, 80, 66, 0};
  const bool lug = sheet.design.variant % 4 == 3;
  const Path body = low_upper(last, -22, -94, 22).moved({0, lug ? -16.0 : -6.0});
  const double up = lug ? -16 : -6;
  draw_opening(sheet, {-22, -92 + up}, {124, -76 + up}, 14);
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = creases(-24)});
  // The apron seam round the toe, the strap over the instep.
  const Path apron = Path({-24, -62 + up}).curve({-70, -40 + up}, {-130, -30 + up}, {-140, -44 + up});
  draw_seam(sheet.canvas, sheet.cloth, apron, 1.4);
  draw_stitching(sheet.canvas, sheet.cloth, apron.moved({0, 3}));
  const Path strap = Path({-62, -84 + up})
                         .line({-30, -97 + up})
                         .curve({0, -70 + up}, {6, -40 + up}, {10, -8 + up})
                         .line({-30, -6 + up})
                         .curve({-34, -40 + up}, {-44, -66 + up}, {-62, -84 + up})
                         .close();
  draw_overlay(sheet, body, strap, sheet.cloth);
  if (sheet.design.variant % 3 == 0) {
    sheet.canvas.stroke(Path({-44, -72 + up}).line({-18, -58 + up}), {sheet.colours.hardware.hex(), 4.5});
    sheet.canvas.stroke(Path({-44, -76 + up}).line({-20, -64 + up}),
                        {sheet.colours.hardware.tint(0.6).hex(), 1.4, 0.8});
  } else if (sheet.design.variant % 3 == 1) {
    for (const double x : {-46.0, -34.0}) {
      const Path tassel = Path({x, -74 + up})
                              .curve({x - 6, -66 + up}, {x - 10, -54 + up}, {x - 12, -46 + up})
                              .line({x + 2, -42 + up})
                              .close();
      draw_panel(sheet.canvas, sheet.cloth, {.outline = tassel, .lift = 1});
    }
  } else {
    sheet.canvas.fill(Path({-40, -70 + up}).line({{-20, -60 + up}, {-24, -52 + up}, {-42, -60 + up}}).close(),
                      sheet.cloth.ground.shade(0.55).hex());
  }
  if (lug) {
    draw_sole(sheet, flat_sole(last, 24, 3), kBlackSole, true);
  } else {
    draw_heel(sheet, last, HeelShape::kStacked,
              sheet.cloth.ground.dark() ? kBlackSole : kLeatherSole.shade(0.3));
    draw_band(sheet.canvas, sheet.cloth.ground.dark() ? kBlackSole : kLeatherSole,
              sole_line(last).moved({0, -1}), 7);
  }
  return body;
}

Path draw_oxford(Sheet& sheet) {
  const Last last{16, 36, 0.45, 86, 70, 0};
  const Path body = low_upper(last, -4, -114, 10).moved({0, -6});
  draw_opening(sheet, {-4, -118}, {124, -84}, 13);
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = creases(-26)});
  draw_overlay(
      sheet, body,
      Path({-180, 0}).line({-180, -70}).line({-100, -70}).curve({-92, -46}, {-94, -20}, {-100, 0}).close(),
      sheet.cloth);
  draw_overlay(sheet, body,
               Path({-66, -72})
                   .line({-6, -122})
                   .line({30, -110})
                   .curve({40, -60}, {4, -34}, {-40, -36})
                   .curve({-56, -46}, {-62, -60}, {-66, -72})
                   .close(),
               sheet.cloth);
  if (sheet.design.variant % 2 == 0)  // broguing
    for (const Path& line : {Path({-102, -66}).curve({-95, -46}, {-96, -22}, {-102, -4}),
                             Path({28, -108}).curve({36, -62}, {2, -40}, {-38, -41})})
      sheet.canvas.stroke(line, {sheet.cloth.ground.shade(0.7).hex(), 2.2, 0.8, "0.5 4.5"});
  draw_laces(sheet, {-46, -84}, {-6, -114}, 4, sheet.cloth.ground.shade(0.3), 20);
  draw_heel(sheet, last, HeelShape::kStacked,
            sheet.cloth.ground.dark() ? kBlackSole : kLeatherSole.shade(0.35));
  draw_band(sheet.canvas, sheet.cloth.ground.dark() ? kBlackSole : kLeatherSole,
            sole_line(last).moved({0, -1}), 7);
  return body;
}

Path draw_pump(Sheet& sheet) {
  const int v = sheet.design.variant % 4;
  const Last last{v == 3 ? 48.0 : (v == 1 ? 78.0 : 96.0), 31, v == 2 ? 0.3 : 1, 70, 58, 0};
  const Path body = low_upper(last, -66, -60, 22);
  draw_opening(sheet, {-66, -58}, {126, last.seat(126) - 56}, 10);
  draw_heel(sheet, last,
            v == 1 || v == 2 ? HeelShape::kBlock : (v == 3 ? HeelShape::kKitten : HeelShape::kStiletto),
            sheet.cloth.ground);
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body});
  if (sheet.design.variant % 3 == 1) {  // ankle strap
    const double y = last.seat(100) - 92;
    const Path strap = Path({126, last.seat(126) - 54})
                           .curve({128, y + 10}, {120, y}, {96, y})
                           .curve({60, y}, {54, y + 16}, {80, y + 22})
                           .curve({100, y + 24}, {124, y + 14}, {127, y + 6});
    sheet.canvas.stroke(strap, {sheet.cloth.ground.shade(0.35).hex(), 6});
    sheet.canvas.stroke(strap, {sheet.cloth.ground.hex(), 4.4});
    draw_button(sheet.canvas, {72, y + 18}, 3.2, sheet.colours.hardware);
  }
  draw_band(sheet.canvas, sheet.cloth.ground.dark() ? kBlackSole : kLeatherSole,
            sole_line(last).moved({0, 1}), 4);
  return body;
}

Path draw_flat(Sheet& sheet) {
  const Last last{7, 32, 0.3 + 0.5 * (sheet.design.variant % 2), 60, 52, 0};
  const Path body = low_upper(last, -74, -52, 16).moved({0, -3});
  draw_opening(sheet, {-74, -54}, {124, -64}, 9);
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = creases(-16)});
  Path edge({-74, -54});
  edge.curve({-58, -36}, {-20, -34}, {72, -44}).curve({96, -52}, {112, -66}, {126, -66});
  draw_band(sheet.canvas, sheet.cloth.ground, edge, 4);
  if (sheet.design.variant % 3 != 2) {
    for (const double s : {-1.0, 1.0}) {
      const Point at{-82, -50};
      const Path loop = Path(at)
                            .curve(at + Point{s * 14, -16}, at + Point{s * 26, -10}, at + Point{s * 22, 0})
                            .curve(at + Point{s * 20, 8}, at + Point{s * 8, 6}, at)
                            .close();
      draw_panel(sheet.canvas, sheet.cloth, {.outline = loop, .lift = 1});
    }
    draw_panel(sheet.canvas, sheet.cloth, {.outline = ellipse({-82, -49}, 4, 4.5), .lift = 0.6});
  } else {
    sheet.canvas.stroke(Path({-98, -46}).line({-62, -46}), {sheet.colours.hardware.hex(), 5});
  }
  draw_band(sheet.canvas, kLeatherSole.shade(0.2), sole_line(last).moved({0, -1}), 6);
  draw_sole(sheet, rectangle({88, -9}, {138, 0}, 1.5), kLeatherSole.shade(0.45), false);
  return body;
}

// A flat strap that comes up from the sole, over the foot, and down behind it.
Path strap_over(const Last& last, double x, double width, double rise, double lean) {
  const double low = last.seat(x);
  Path strap({x, low});
  strap.curve({x + lean * 0.3 - 4, low - rise * 0.55}, {x + lean * 0.6, low - rise},
              {x + lean, low - rise - 2});
  strap.curve({x + lean + 10, low - rise - 1}, {x + lean + width * 0.7, low - rise + 2},
              {x + lean + width * 0.8, low - rise + 7});
  strap.curve({x + lean * 0.8 + width, low - rise * 0.7}, {x + lean * 0.4 + width, low - rise * 0.4},
              {x + width, low});
  return strap.close();
}

void draw_buckle(Sheet& sheet, Point at, double size) {
  sheet.canvas.stroke(rectangle(at + Point{-size, -size * 1.2}, at + Point{size, size * 1.2}, 2),
                      {sheet.colours.hardware.shade(0.25).hex(), 3.2});
  sheet.canvas.stroke(
      rectangle(at + Point{-size, -size * 1.2}, at + Point{size, size * 1.2}, 2).moved({-0.5, -0.6}),
      {sheet.colours.hardware.tint(0.3).hex(), 1.6});
}

// The heel counter with its ankle strap.
void draw_ankle_strap(Sheet& sheet, const Last& last) {
  const double s = last.seat(126);
  Path counter({100, last.seat(100)});
  counter.curve({104, s - 24}, {112, s - 46}, {118, s - 62})
      .line({132, s - 62})
      .curve({138, s - 40}, {140, s - 20}, {136, s})
      .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = counter, .volume = 0.9});
  Path strap({134, s - 66});
  strap.curve({118, s - 56}, {84, s - 54}, {58, s - 70}).curve({50, s - 76}, {50, s - 84}, {58, s - 86});
  strap.curve({62, s - 80}, {66, s - 76}, {72, s - 74})
      .curve({92, s - 66}, {116, s - 68}, {131, s - 78})
      .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = strap, .volume = 0.7, .lift = 1});
  draw_buckle(sheet, {92, s - 64}, 5.5);
}

Path draw_sandal(Sheet& sheet) {
  // Flat, block heel, wedge, two-strap; men's are one of the flat ones.
  const int v = sheet.design.mens ? sheet.design.variant % 2 * 3 : sheet.design.variant % 4;
  const Last last{v == 1 ? 76.0 : (v == 2 ? 50.0 : 7.0), 20, 0.1, 60, 50, 0};
  const Path foot = sole_line(last);
  const double thick = v == 1 ? 7 : (v == 3 ? 17 : 11);
  const bool wedge = v == 2;
  const Cloth base =
      part(sheet,
           v == 1 ? sheet.cloth.ground : (wedge ? Ink("#c8a06c") : (v == 3 ? Ink("#6f5a48") : kLeatherSole)),
           wedge ? Material::kStraw : Material::kSuede);
  if (v == 1) draw_heel(sheet, last, HeelShape::kBlock, sheet.cloth.ground);
  const Path top = foot.moved({0, -thick});
  Path bed = top;
  if (wedge)
    bed.line({{140, 0}, {-120, 0}}).curve({-140, 0}, {-154, -8}, {-152, -16});
  else
    bed.join(foot.reversed());
  bed.close();
  // The far side of each strap shows behind the near one.
  const Cloth far = sheet.cloth.dyed(sheet.cloth.ground.shade(0.3));
  const auto place = [&](double x, double width, double rise, double lean) {
    const Path near = strap_over(last, x, width, rise, lean).moved({0, -thick * 0.6});
    draw_panel(sheet.canvas, far, {.outline = near.moved({9, -6}), .volume = 0.4});
    return near;
  };
  std::vector<Path> straps;
  if (v == 3)
    straps = {place(-118, 46, 46, 10), place(-34, 50, 68, 14)};
  else
    straps = {place(-126, 20, 34, 8), place(-92, 20, 46, 16)};
  if (v == 0) straps.push_back(place(-40, 18, 66, 34));
  draw_panel(sheet.canvas, base, {.outline = bed, .volume = 0.8});
  sheet.canvas.stroke(top.moved({0, 1.5}), {base.ground.tint(0.45).hex(), 2, 0.7});
  if (!wedge) draw_band(sheet.canvas, kBlackSole, foot.moved({0, -1}), 3);
  for (const Path& strap : straps) {
    draw_panel(sheet.canvas, sheet.cloth, {.outline = strap, .volume = 0.9, .lift = 1});
    if (v == 3) draw_buckle(sheet, strap.box().middle() + Point{2, -6}, 7);
  }
  if (v != 3) draw_ankle_strap(sheet, last);
  Path hull({-150, -60});
  hull.line({{132, last.seat(126) - 90}, {142, 0}, {-150, 0}}).close();
  sheet.canvas.silhouette(hull, "", false);
  return bed;
}

}  // namespace

Frame draw_sneakers(Sheet& sheet) {
  const int v = sheet.design.variant % 4;
  return draw_pair(sheet, v == 1 ? draw_runner : (v == 3 ? draw_high_top : draw_court));
}
Frame draw_loafers(Sheet& sheet) { return draw_pair(sheet, draw_loafer); }
Frame draw_oxfords(Sheet& sheet) { return draw_pair(sheet, draw_oxford); }
Frame draw_heels(Sheet& sheet) { return draw_pair(sheet, draw_pump); }
Frame draw_flats(Sheet& sheet) { return draw_pair(sheet, draw_flat); }
Frame draw_sandals(Sheet& sheet) { return draw_pair(sheet, draw_sandal); }

}  // namespace modiste::drawn_shop::drawing
