// Jersey tops: tees, tanks, polos, sweatshirts, hoodies.
#include "drawn_shop/drawing/collars.h"
#include "drawn_shop/drawing/templates.h"

namespace modiste::drawn_shop::drawing {
namespace {

void draw_body(Sheet& sheet, const Torso& torso, const Path& neck) {
  draw_panel(sheet.canvas, sheet.cloth,
             {.outline = torso_outline(torso, neck), .folds = torso_folds(sheet, torso), .in_shadow = true});
}

void draw_sleeve_hems(Sheet& sheet, const SleeveShape& right, double above) {
  for (const SleeveShape& sleeve : {right, mirror(right)})
    draw_stitching(sheet.canvas, sheet.cloth, sleeve.cuff.moved(sleeve.along * -above));
}

// Ribs at waist and wrists.
void draw_ribs(Sheet& sheet, const Torso& t, const SleeveShape* sleeve, double width) {
  const double y = t.length - width * 0.42, x = t.hem - 0.5;
  draw_rib_band(sheet.canvas, hem_cloth(sheet.cloth),
                Path({-x, y}).curve({-x * 0.6, y + t.hem_curve}, {x * 0.6, y + t.hem_curve}, {x, y}), width);
  if (sleeve == nullptr) return;
  for (const SleeveShape& s : {*sleeve, mirror(*sleeve)})
    draw_rib_band(sheet.canvas, hem_cloth(sheet.cloth), s.cuff.moved(s.along * (-width * 0.4)), width * 0.9);
}

// Abstract prints that need no words: suns, ridges, waves, a small chest mark.
void draw_graphic(Sheet& sheet) {
  Canvas& canvas = sheet.canvas;
  const Ink &a = sheet.cloth.figure, &b = sheet.cloth.accent;
  switch (sheet.design.seed % 5) {
    case 0:
      canvas.fill(ellipse({0, 128}, 40, 40), a.hex(), 0.95);
      for (const double y : {136.0, 145.0, 153.0, 160.0})
        canvas.stroke(Path({-44, y}).curve({-18, y - 3}, {14, y + 4}, {44, y}),
                      {sheet.cloth.ground.hex(), 3});
      break;
    case 1:
      canvas.fill(Path({-52, 170}).line({{-22, 112}, {-6, 138}, {16, 98}, {54, 170}}).close(), a.hex(), 0.95);
      canvas.fill(Path({-22, 112}).line({{-30, 128}, {-22, 124}, {-14, 128}}).close(), b.hex());
      canvas.fill(Path({16, 98}).line({{4, 120}, {14, 115}, {22, 121}, {29, 120}}).close(), b.hex());
      break;
    case 2:
      for (int i = 0; i < 4; ++i)
        canvas.stroke(
            Path({-46 + i * 9.0, 168})
                .curve({-46 + i * 9.0, 100 + i * 12.0}, {46 - i * 9.0, 100 + i * 12.0}, {46 - i * 9.0, 168}),
            {i % 2 == 0 ? a.hex() : b.hex(), 6.5, 0.95, {}, false});
      break;
    case 3:
      canvas.fill(rectangle({-64, 96}, {64, 114}), a.hex(), 0.95);
      canvas.fill(rectangle({-64, 118}, {30, 123}), b.hex(), 0.95);
      break;
    default:
      canvas.fill(ellipse({38, 96}, 8, 8), a.hex());
      canvas.stroke(Path({30, 108}).line({46, 108}), {b.hex(), 2.4, 1, {}, false});
      break;
  }
}

}  // namespace

Frame draw_tee(Sheet& sheet) {
  const Torso t = torso_of(sheet);
  const Path neck = front_neck(t, sheet.design.neckline);
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  const bool sleeved = sheet.design.sleeve != Sleeve::kSleeveless && sheet.design.sleeve != Sleeve::kStrap &&
                       sheet.design.sleeve != Sleeve::kCap;
  SleeveShape sleeve;
  if (sleeved) sleeve = draw_sleeves(sheet, t, sleeve_of(sheet, t));
  draw_body(sheet, t, neck);
  if (sheet.design.print == Print::kGraphic) draw_graphic(sheet);
  const bool ringer = sheet.design.variant % 4 == 1 && sheet.design.print == Print::kPlain;
  Sheet& s = sheet;
  const Cloth own = s.cloth;
  if (ringer) s.cloth = own.dyed(own.figure);
  draw_neck_band(s, t, neck, 8, true);
  s.cloth = own;
  draw_hem_stitch(sheet, t, 9);
  if (sleeved) draw_sleeve_hems(sheet, sleeve, 8);
  if (sheet.design.variant % 4 == 2 && sheet.design.print != Print::kGraphic)
    draw_patch_pocket(sheet.canvas, sheet.cloth, {24, 82}, {62, 124}, true);
  return {};
}

Frame draw_tank(Sheet& sheet) {
  const Torso t = torso_of(sheet);
  const Path neck = front_neck(t, sheet.design.neckline);
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  draw_body(sheet, t, neck);
  draw_neck_band(sheet, t, neck, 6.5, true);
  for (const bool left : {false, true}) {
    const Path armhole = side_of(t, t.shoulder_point());
    Path edge(t.shoulder_point());
    edge.curve(armhole.segments()[1].c1, armhole.segments()[1].c2, t.underarm());
    edge = edge.moved({-2, 1});
    draw_rib_band(sheet.canvas, sheet.cloth.plain(), left ? edge.mirrored() : edge, 6);
  }
  draw_hem_stitch(sheet, t, 9);
  return {};
}

Frame draw_polo(Sheet& sheet) {
  const Torso t = torso_of(sheet);
  const Path neck = front_neck(t, Neckline::kCrew);
  const Cloth collar =
      sheet.design.variant % 3 == 1 ? sheet.cloth.dyed(sheet.cloth.figure) : sheet.cloth.plain();
  draw_collar_back(sheet, t, collar);
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  const SleeveShape sleeve = draw_sleeves(sheet, t, sleeve_of(sheet, t));
  draw_body(sheet, t, neck);
  draw_panel(sheet.canvas, sheet.cloth.plain(),
             {.outline = rectangle({-9, 34}, {9, 118}, 1), .volume = 0.25, .lift = 0.8});
  draw_stitching(sheet.canvas, sheet.cloth, Path({-7, 36}).line({{-7, 115}, {7, 115}, {7, 36}}));
  draw_buttons(sheet.canvas, {0, 52}, {0, 104}, 3, 3.3, sheet.colours.hardware);
  draw_collar_leaves(sheet, t, collar.knitted(Knit::kRib), 1.02, 0.86);
  for (const SleeveShape& s : {sleeve, mirror(sleeve)})
    draw_rib_band(sheet.canvas, collar, s.cuff.moved(s.along * -4), 9);
  draw_hem_stitch(sheet, t, 9);
  return {};
}

Frame draw_sweatshirt(Sheet& sheet) {
  Torso t = torso_of(sheet);
  t.hem -= 5;
  const Path neck = front_neck(t, Neckline::kCrew);
  draw_inside(sheet, t, neck, sheet.cloth.ground);
  SleeveCut cut = sleeve_of(sheet, t);
  cut.belly = 6;
  const SleeveShape sleeve = draw_sleeves(sheet, t, cut);
  draw_body(sheet, t, neck);
  if (sheet.design.print == Print::kGraphic) draw_graphic(sheet);
  draw_neck_band(sheet, t, neck, 13, true);
  // The stitched gusset below a sweatshirt's neck.
  draw_stitching(sheet.canvas, sheet.cloth, Path({-10, 45}).line({{0, 62}, {10, 45}}));
  draw_ribs(sheet, t, &sleeve, 24);
  return {};
}

Frame draw_hoodie(Sheet& sheet) {
  Torso t = torso_of(sheet);
  t.hem -= 4;
  const bool zipped = sheet.design.variant % 2 == 1;
  const Path neck = front_neck(t, Neckline::kHood);
  SleeveCut cut = sleeve_of(sheet, t);
  cut.belly = 6;
  const SleeveShape sleeve = draw_sleeves(sheet, t, cut);
  draw_hood_back(sheet, t);
  draw_body(sheet, t, front_neck(t, Neckline::kCrew));
  if (sheet.design.print == Print::kGraphic && !zipped) draw_graphic(sheet);
  const double top = t.waist_y + 22, low = t.length - 22;
  Path pocket({-54, top});
  pocket.line({54, top})
      .curve({62, top + 22}, {74, low - 44}, {78, low - 22})
      .line({{78, low}, {-78, low}, {-78, low - 22}})
      .curve({-74, low - 44}, {-62, top + 22}, {-54, top})
      .close();
  draw_panel(sheet.canvas, sheet.cloth, {.outline = pocket, .volume = 0.5, .lift = 1.5});
  draw_stitching(sheet.canvas, sheet.cloth,
                 Path({52, top + 4}).curve({58, top + 24}, {70, low - 42}, {73, low - 20}));
  draw_stitching(sheet.canvas, sheet.cloth,
                 Path({-52, top + 4}).curve({-58, top + 24}, {-70, low - 42}, {-73, low - 20}));
  draw_ribs(sheet, t, &sleeve, 24);
  if (zipped)
    draw_zip(sheet.canvas, sheet.cloth, Path({0, 46}).line({0, t.length + 4}), sheet.colours.hardware, 5);
  draw_hood_front(sheet, t, zipped);
  draw_drawstrings(sheet, sheet.design.variant % 3 == 0 ? sheet.cloth.ground.tint(0.5) : sheet.cloth.ground,
                   46, 82);
  if (zipped) draw_zip_pull(sheet.canvas, {0, 58}, sheet.colours.hardware);
  return {};
}

}  // namespace modiste::drawn_shop::drawing
