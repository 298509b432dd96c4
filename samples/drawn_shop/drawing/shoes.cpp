#include "drawn_shop/drawing/shoes.h"

#include <algorithm>

namespace modiste::drawn_shop::drawing {

double Last::seat(double x) const {
  if (x < -55) return -4;
  const double t = std::min(1.0, (x + 55) / 150);
  return -4 - heel * t * t * (3 - 2 * t);
}

Path sole_line(const Last& l) {
  return Path({-150, l.seat(-150) - 4})
      .through({{-128, l.seat(-128) + 1},
                {-60, l.seat(-60) + 1},
                {10, l.seat(10)},
                {70, l.seat(70)},
                {132, l.seat(132) - 1}});
}

Path flat_sole(const Last& l, double thickness, double rake) {
  Path sole({-152, -thickness - rake});
  sole.curve({-158, -thickness * 0.6 - rake}, {-150, -1 - rake * 0.5}, {-122, 0}).line({122, 0});
  sole.curve({136, 0}, {143, -6}, {143, -thickness - l.heel * 0.3});
  sole.through({{60, -thickness - l.heel * 0.25 + 2}, {-60, -thickness + 2}, {-152, -thickness - rake}});
  return sole.close();
}

Path low_upper(const Last& l, double throat_x, double throat_y, double dip) {
  const double toe_x = -150 - 10 * l.point, h = l.toe_height, back_y = l.seat(132) - l.back;
  Path upper({toe_x, l.seat(-150) - 2});
  upper.curve({toe_x - 4 + 6 * l.point, -h * (0.75 - 0.4 * l.point)}, {-128 + 10 * l.point, -h * 1.12},
              {-98, -h * 1.3});
  upper.through({{(throat_x - 98) / 2, mix({0, -h * 1.3}, {0, throat_y}, 0.5).y - 2}, {throat_x, throat_y}});
  upper.curve({throat_x + 14, throat_y + dip * 0.9}, {throat_x + 52, l.seat(60) - l.back * 0.62 + dip * 0.4},
              {72, l.seat(72) - l.back * 0.72 + dip * 0.3});
  upper.curve({96, l.seat(96) - l.back * 0.82}, {112, back_y + 2}, {126, back_y});
  upper.curve({136, back_y + 6}, {134, back_y + 26}, {139, l.seat(132) - 30})
      .curve({143, l.seat(132) - 14}, {140, l.seat(132) - 4}, {136, l.seat(132)});
  return upper.join(sole_line(l).reversed()).close();
}

Path boot_upper(const Last& l, double shaft, double half) {
  const double toe_x = -150 - 10 * l.point, h = l.toe_height, top = l.seat(100) - shaft;
  const double front = 78 - half, back = 82 + half;
  Path upper({toe_x, l.seat(-150) - 2});
  upper.curve({toe_x - 4 + 6 * l.point, -h * (0.75 - 0.4 * l.point)}, {-128 + 10 * l.point, -h * 1.12},
              {-98, -h * 1.32});
  upper.through(
      {{-44, -h * 1.5 - l.heel * 0.25 - 8}, {front - 10, l.seat(20) - 104}, {front + 2, l.seat(60) - 150}});
  if (shaft > 190)
    upper.through({{front - 4, (top + l.seat(60) - 150) / 2}, {front - 6, top}});
  else
    upper.line({front + 1, top});
  upper.quad({(front + back) / 2, top - 7}, {back, top + 3});
  if (shaft > 190) upper.through({{back + 8, top + shaft * 0.34}, {back - 6, l.seat(110) - 116}});
  upper.through({{132, l.seat(132) - 66}, {141, l.seat(132) - 24}, {136, l.seat(132)}});
  return upper.join(sole_line(l).reversed()).close();
}

void draw_heel(Sheet& sheet, const Last& l, HeelShape shape, const Ink& ink) {
  const double top = l.seat(110);
  Path heel({84, l.seat(84) - 1});
  switch (shape) {
    case HeelShape::kStiletto:
      heel.curve({98, top + 12}, {112, top * 0.55}, {116, 0})
          .line({126, 0})
          .curve({128, top * 0.5}, {138, top + 20}, {138, l.seat(136) - 4});
      break;
    case HeelShape::kKitten:
      heel.curve({100, top + 8}, {108, top * 0.5}, {106, 0})
          .line({121, 0})
          .curve({124, top * 0.5}, {138, top + 8}, {138, l.seat(136) - 4});
      break;
    case HeelShape::kBlock:
      heel.line({88, 0}).line({134, 0}).curve({136, top * 0.5}, {140, top}, {139, l.seat(136) - 4});
      break;
    case HeelShape::kStacked:
      heel.line({{80, 0}, {137, 0}, {139, l.seat(136) - 2}});
      break;
  }
  heel.line({84, l.seat(84) - 1}).close();
  const Cloth cloth = sheet.cloth.dyed(ink);
  draw_panel(sheet.canvas, cloth, {.outline = heel, .volume = 1});
  if (shape == HeelShape::kStacked)
    for (double y = -6; y > top + 2; y -= 6)
      sheet.canvas.stroke(Path({82, y}).line({138, y}), {ink.shade(0.5).hex(), 0.8, 0.45});
  sheet.canvas.fill(
      rectangle({heel.at(0.3).x - 2, -3.5}, {heel.at(0.3).x + (shape == HeelShape::kStiletto ? 12 : 44), 0}),
      "#2a2725", shape == HeelShape::kBlock || shape == HeelShape::kStacked ? 0.8 : 0);
}

void draw_sole(Sheet& sheet, const Path& sole, const Ink& ink, bool tread) {
  Canvas& canvas = sheet.canvas;
  const std::string id = canvas.define(sole);
  canvas.silhouette(sole, id);
  canvas.use(id, "fill='" +
                     canvas.linear({0, 0}, {0, 1}, {{0, ink.tint(0.35)}, {0.35, ink}, {1, ink.shade(0.34)}}) +
                     "'");
  canvas.use(id, "fill='none' stroke='" + ink.shade(0.5).hex() + "' stroke-width='.9' stroke-opacity='.6'");
  const Box box = sole.box();
  canvas.begin_clip(std::span(&id, 1));
  canvas.stroke(Path({box.low.x, box.high.y - 6}).line({box.high.x, box.high.y - 6}),
                {ink.shade(0.45).hex(), 1.2, 0.5});
  if (tread)
    canvas.stroke(Path({box.low.x, box.high.y - 2}).line({box.high.x, box.high.y - 2}),
                  {ink.shade(0.6).hex(), 5, 0.6, "5 3.5", false});
  canvas.end();
}

void draw_laces(Sheet& sheet, Point low, Point high, int count, const Ink& ink, double width) {
  for (int i = 0; i < count; ++i) {
    const Point at = mix(low, high, static_cast<double>(i) / (count - 1));
    const Path lace =
        Path(at + Point{-5, -4}).curve(at + Point{4, -7}, at + Point{width * 0.6, -2}, at + Point{width, 6});
    sheet.canvas.stroke(lace.moved({0.8, 1.8}), {"#000", 5, 0.2});
    sheet.canvas.stroke(lace, {ink.shade(0.25).hex(), 5});
    sheet.canvas.stroke(lace.moved({-0.3, -0.6}), {ink.hex(), 3.4});
    draw_button(sheet.canvas, at + Point{width, 6}, 2.2, sheet.colours.hardware);
  }
}

Frame draw_pair(Sheet& sheet, const std::function<Path(Sheet&)>& draw_one, Frame frame) {
  Canvas& canvas = sheet.canvas;
  const Rng rng = sheet.rng;
  const Point far{-34, -17};
  canvas.begin("transform='translate(" + number(far.x) + " " + number(far.y) + ")'");
  const Path shape = draw_one(sheet);
  canvas.use(canvas.define(shape), "fill='" + sheet.cloth.ground.shade(0.75).hex() + "' fill-opacity='.2'");
  canvas.end();
  const Path moved = shape.moved(far);
  canvas.silhouette(moved, canvas.define(moved), false);
  sheet.rng = rng;
  // The near shoe's own shadow on the far one.
  canvas.begin_blur(5);
  canvas.begin("transform='translate(-3 3)' opacity='.3'");
  canvas.fill(shape, "#1c1a19");
  canvas.end();
  canvas.end();
  draw_one(sheet);
  frame.stand = Stand::kGround;
  frame.width_max = 350, frame.height_max = 350;
  return frame;
}

}  // namespace modiste::drawn_shop::drawing
