// Ankle boots and tall boots.
#include "drawn_shop/drawing/shoes.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

const Ink kBlackBootSole("#2b2928"), kBrownSole("#5a4232");

std::vector<Fold> boot_folds(const Last& last, double shaft) {
  std::vector<Fold> folds{{{-84, -60}, {-66, -22}, 4, 8, 0.3}, {{-66, -70}, {-46, -26}, 4, 8, 0.26}};
  const double ankle = last.seat(100) - 96;
  for (const double dy : {0.0, 22.0, 46.0})
    if (dy < shaft - 90) folds.push_back({{28 + dy * 0.2, ankle - dy}, {94, ankle - dy + 14}, 6, 10, 0.34});
  if (shaft > 200)
    folds.push_back({{120, ankle - 30}, {116, ankle - 150}, 6, 16, 0.3}),
        folds.push_back({{64, ankle - 190}, {100, ankle - 170}, 5, 9, 0.25});
  return folds;
}

Path draw_chelsea(Sheet& sheet) {
  const bool heeled = sheet.design.variant % 4 == 2 && !sheet.design.mens;
  const Last last{heeled ? 64.0 : 18.0, 38, heeled ? 0.8 : 0.2, 92, 84, 0};
  const Path body = boot_upper(last, 162, 44).moved({0, heeled ? -2.0 : -7.0});
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = boot_folds(last, 150)});
  sheet.canvas.begin_clip(body);
  const double top = body.box().low.y;
  Path gore({60, top - 4});
  gore.line({104, top - 4})
      .curve({100, top + 50}, {92, top + 80}, {82, top + 92})
      .curve({72, top + 80}, {64, top + 50}, {60, top - 4})
      .close();
  draw_panel(sheet.canvas, sheet.cloth.dyed(sheet.cloth.ground.shade(0.3)).knitted(Knit::kRib),
             {.outline = gore, .volume = 0.5});
  sheet.canvas.end();
  Path tab({112, top + 4});
  tab.line({{110, top - 16}, {120, top - 16}, {122, top + 6}}).close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = tab, .volume = 0.6});
  if (heeled) {
    draw_heel(sheet, last, HeelShape::kBlock, sheet.cloth.ground);
    draw_band(sheet.canvas, kBlackBootSole, sole_line(last).moved({0, 1}), 4);
  } else {
    draw_heel(sheet, last, HeelShape::kStacked, sheet.cloth.ground.dark() ? kBlackBootSole : kBrownSole);
    draw_band(sheet.canvas, sheet.cloth.ground.dark() ? kBlackBootSole : kBrownSole,
              sole_line(last).moved({0, -1}), 8);
  }
  return body;
}

Path draw_combat(Sheet& sheet) {
  const Last last{12, 44, 0, 92, 84, 0};
  const Path body = boot_upper(last, 180, 46).moved({0, -16});
  Path tongue({20, -186});
  tongue.curve({24, -216}, {40, -222}, {56, -218}).line({60, -186}).close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = tongue});
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = boot_folds(last, 160)});
  sheet.canvas.begin_clip(body);
  Path stay({-62, -76});
  stay.curve({-30, -104}, {16, -130}, {24, -230})
      .line({60, -230})
      .curve({60, -150}, {40, -90}, {-40, -46})
      .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = stay, .volume = 0.5, .lift = 1});
  draw_stitching(sheet.canvas, sheet.cloth, Path({58, -226}).curve({57, -150}, {38, -94}, {-38, -50}));
  draw_seam(sheet.canvas, sheet.cloth, Path({-102, -74}).curve({-94, -52}, {-94, -34}, {-98, -10}), 1.2);
  draw_seam(sheet.canvas, sheet.cloth, Path({96, -210}).curve({90, -130}, {84, -80}, {60, -16}), 1.1);
  sheet.canvas.end();
  const Ink lace = sheet.cloth.ground.dark() ? sheet.cloth.ground.tint(0.15) : Ink("#d9c79f");
  draw_laces(sheet, {-40, -90}, {16, -130}, 4, lace, 22);
  draw_laces(sheet, {22, -146}, {28, -186}, 3, lace, 22);
  draw_sole(sheet, flat_sole(last, 28, 5), kBlackBootSole, true);
  draw_stitching(sheet.canvas, sheet.cloth.ground.dark() ? Ink("#d9b45c") : Ink("#e8dcc0"),
                 Path({-150, -26}).through({{-60, -24}, {60, -25}, {142, -29}}), 0.8);
  return body;
}

Path draw_tall(Sheet& sheet) {
  const int v = sheet.design.variant % 3;
  const Last last{v == 1 ? 72.0 : 24.0, 37, v == 1 ? 0.8 : 0.25, 92, 84, 0};
  const Path body = boot_upper(last, sheet.vary(352, 0.03), 56).moved({0, -5});
  const double top = body.box().low.y;
  sheet.canvas.fill(ellipse({78, top + 7}, 56, 6), sheet.cloth.ground.shade(0.55).hex());
  draw_panel(sheet.canvas, sheet.cloth, {.outline = body, .folds = boot_folds(last, 340)});
  if (v == 2) {  // riding boot: strap and buckle
    sheet.canvas.begin_clip(body);
    draw_band(sheet.canvas, sheet.cloth.ground.shade(0.2), Path({10, top + 34}).line({150, top + 40}), 14);
    sheet.canvas.end();
    sheet.canvas.stroke(rectangle({96, top + 28}, {116, top + 48}, 2), {sheet.colours.hardware.hex(), 3});
  } else {
    draw_seam(sheet.canvas, sheet.cloth,
              Path({90, top + 2}).curve({92, top + 140}, {84, top + 250}, {76, -30}), 0.8);
  }
  draw_stitching(sheet.canvas, sheet.cloth, Path({18, top + 8}).quad({78, top + 2}, {140, top + 9}));
  draw_heel(sheet, last, v == 1 ? HeelShape::kBlock : HeelShape::kStacked,
            v == 1 ? sheet.cloth.ground : (sheet.cloth.ground.dark() ? kBlackBootSole : kBrownSole));
  draw_band(sheet.canvas, sheet.cloth.ground.dark() ? kBlackBootSole : kBrownSole,
            sole_line(last).moved({0, -1}), v == 1 ? 4 : 7);
  return body;
}

}  // namespace

Frame draw_ankle_boots(Sheet& sheet) {
  return draw_pair(sheet, sheet.design.variant % 2 == 0 ? draw_chelsea : draw_combat);
}
Frame draw_tall_boots(Sheet& sheet) { return draw_pair(sheet, draw_tall); }

}  // namespace modiste::drawn_shop::drawing
