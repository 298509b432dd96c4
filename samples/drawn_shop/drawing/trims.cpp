#include "drawn_shop/drawing/trims.h"

#include <fmt/format.h>

namespace modiste::drawn_shop::drawing {

void draw_seam(Canvas& canvas, const Cloth& cloth, const Path& path, double strength) {
  const bool dark = cloth.ground.dark();
  canvas.stroke(path, {cloth.ground.shade(dark ? 0.7 : 0.5).hex(), 1.2, 0.6 * strength});
  canvas.stroke(path.moved({-1.1, -0.9}), {cloth.ground.tint(dark ? 0.3 : 0.6).hex(), 0.8, 0.4 * strength});
}

void draw_stitching(Canvas& canvas, const Ink& thread, const Path& path, double opacity) {
  canvas.stroke(path, {thread.hex(), 0.95, opacity, "3.2 1.8"});
}

void draw_stitching(Canvas& canvas, const Cloth& cloth, const Path& path) {
  if (cloth.material == Material::kDenim)
    draw_stitching(canvas, cloth.ground.lab.l > 80 ? cloth.ground.shade(0.2) : Ink("#c58f4e"), path, 0.85);
  else
    draw_stitching(canvas, cloth.ground.dark() ? cloth.ground.tint(0.25) : cloth.ground.shade(0.35), path,
                   0.6);
}

void draw_band(Canvas& canvas, const Ink& ink, const Path& path, double width) {
  canvas.stroke(path, {ink.shade(0.45).hex(), width + 1.6, 0.55, {}, false});
  canvas.stroke(path, {ink.hex(), width, 1, {}, false});
  canvas.stroke(path.moved({-width * 0.12, -width * 0.2}),
                {ink.tint(0.35).hex(), width * 0.35, 0.4, {}, false});
}

void draw_rib_band(Canvas& canvas, const Cloth& cloth, const Path& path, double width) {
  const Ink& ink = cloth.ground;
  draw_band(canvas, ink, path, width);
  canvas.stroke(path, {ink.shade(ink.dark() ? 0.6 : 0.45).hex(), width * 0.96, ink.dark() ? 0.5 : 0.3,
                       "1.5 2.5", false});
}

void draw_button(Canvas& canvas, Point at, double radius, const Ink& ink) {
  const std::string key = fmt::format("button {:.1f} {}", radius, ink.hex()), r = number(radius);
  const auto paint = canvas.radial({0.35, 0.3}, 0.8, {{0, ink.tint(0.5)}, {0.55, ink}, {1, ink.shade(0.35)}});
  std::string mark = fmt::format(
      "<g id='{{id}}'><circle cx='{}' cy='{}' r='{}' fill='#000' fill-opacity='.28'/><circle r='{}' "
      "fill='{}'/>",
      number(radius * 0.18), number(radius * 0.3), r, r, paint);
  const std::string h = number(radius * 0.3);
  if (radius >= 2.6)
    mark += fmt::format(
        "<path d='M-{0}-{0}h.1M{0}-{0}h.1M-{0} {0}h.1M{0} {0}h.1' stroke='{1}' stroke-width='{2:.2g}' "
        "stroke-linecap='round' stroke-opacity='.75'/>",
        h, ink.shade(0.6).hex(), radius * 0.28);
  const Point p = canvas.warp()(at);
  canvas.use(canvas.define(key, mark + "</g>"), fmt::format("x='{}' y='{}'", number(p.x), number(p.y)));
}

void draw_buttons(Canvas& canvas, Point from, Point to, int count, double radius, const Ink& ink) {
  for (int i = 0; i < count; ++i)
    draw_button(canvas, mix(from, to, count == 1 ? 0 : static_cast<double>(i) / (count - 1)), radius, ink);
}

void draw_rivet(Canvas& canvas, Point at, const Ink& metal) { draw_button(canvas, at, 1.9, metal); }

void draw_zip(Canvas& canvas, const Cloth& cloth, const Path& path, const Ink& metal, double width) {
  canvas.stroke(path, {cloth.ground.shade(0.6).hex(), width * 2.1, 0.35, {}, false});
  canvas.stroke(path, {cloth.ground.shade(0.45).hex(), width * 1.25, 1, {}, false});
  canvas.stroke(path, {metal.hex(), width, 1, "1.3 1.1", false});
  canvas.stroke(path, {metal.shade(0.55).hex(), 0.7, 0.8, {}, false});
}

void draw_zip_pull(Canvas& canvas, Point at, const Ink& metal, double size) {
  const double s = size;
  canvas.fill(rectangle(at + Point{-2.6 * s, -4 * s}, at + Point{2.6 * s, 3 * s}, 1.2 * s),
              metal.shade(0.2).hex());
  canvas.fill(rectangle(at + Point{-1.9 * s, 2 * s}, at + Point{1.9 * s, 14 * s}, 1.8 * s),
              canvas.linear({0, 0}, {1, 0}, {{0, metal.tint(0.4)}, {1, metal.shade(0.35)}}));
}

void draw_patch_pocket(Canvas& canvas, const Cloth& cloth, Point low, Point high, bool pointed) {
  const double x = (low.x + high.x) / 2, corner = pointed ? 8 : 0;
  Path pocket(low);
  pocket
      .line(
          {{high.x, low.y}, {high.x, high.y - corner}, {x, high.y + corner * 0.3}, {low.x, high.y - corner}})
      .close();
  draw_panel(canvas, cloth, {.outline = pocket, .volume = 0.35, .lift = 1.2});
  draw_stitching(canvas, cloth,
                 Path(low + Point{2, 2})
                     .line({{low.x + 2, high.y - corner - 1},
                            {x, high.y + corner * 0.3 - 2.5},
                            {high.x - 2, high.y - corner - 1},
                            {high.x - 2, low.y + 2}}));
  draw_stitching(canvas, cloth, Path({low.x + 1, low.y + 8}).line({high.x - 1, low.y + 8}));
}

void draw_flap_pocket(Canvas& canvas, const Cloth& cloth, Point low, Point high) {
  Path flap(low);
  flap.line({high.x, low.y})
      .line({high.x, high.y - 3})
      .curve({high.x, high.y}, {high.x - 2, high.y}, {high.x - 4, high.y});
  flap.line({low.x + 4, high.y}).curve({low.x + 2, high.y}, {low.x, high.y}, {low.x, high.y - 3}).close();
  draw_panel(canvas, cloth, {.outline = flap, .volume = 0.4, .lift = 2});
  draw_seam(canvas, cloth, Path(low).line({high.x, low.y}), 0.8);
}

void draw_welt(Canvas& canvas, const Cloth& cloth, Point from, Point to, double width) {
  const Point across = normal(unit(to - from)) * width;
  const Path welt = Path(from).line({to, to + across, from + across}).close();
  draw_panel(canvas, cloth, {.outline = welt, .volume = 0.3, .lift = 1});
}

void draw_label(Canvas& canvas, Point at, const Ink& ink) {
  const Ink cloth = ink.dark() ? Ink("#e9e5dc") : Ink("#34322f");
  canvas.fill(rectangle(at + Point{-11, 0}, at + Point{11, 11}, 0.8), cloth.hex(), 0.92);
  canvas.stroke(Path(at + Point{-6.5, 4.6}).line(at + Point{6.5, 4.6}),
                {ink.dark() ? "#55524c" : "#d8d3c8", 1.5, 0.9, {}, false});
  canvas.stroke(Path(at + Point{-3.5, 7.6}).line(at + Point{3.5, 7.6}),
                {ink.dark() ? "#77736b" : "#b3aea4", 0.9, 0.9, {}, false});
}

}  // namespace modiste::drawn_shop::drawing
