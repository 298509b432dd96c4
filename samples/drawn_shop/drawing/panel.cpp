#include "drawn_shop/drawing/panel.h"

#include <fmt/format.h>

#include <algorithm>

#include "drawn_shop/drawing/weaves.h"

namespace modiste::drawn_shop::drawing {
namespace {

// A leaf between two points, or a drop that is open at `to`.
Path leaf(const Fold& fold, double width, Point shift) {
  const Point from = fold.from + shift, to = fold.to + shift;
  const Point across = normal(unit(to - from));
  const Point middle = mix(from, to, fold.open ? 0.6 : 0.45) + across * fold.bend;
  const Point half = across * (width / 2);
  Path path(from);
  if (fold.open)
    return path.quad(middle - half * 0.6, to - half).line(to + half).quad(middle + half * 0.6, from).close();
  return path.quad(middle - half * 2, to).quad(middle + half * 2, from).close();
}

// The colour that shadows and lights are made from: between the two of colour-blocked cloth.
Ink shading_ink(const Cloth& cloth) {
  return cloth.print == Print::kColourBlock ? cloth.ground.mixed(cloth.figure, 0.5) : cloth.ground;
}

void mark(Canvas& canvas, const Path& path, double opacity) {
  canvas.raw(fmt::format("<path d='{}' fill-opacity='{:.2g}'/>",
                         path_data(path, canvas.warp(), Detail::kCoarse), opacity));
}

void draw_creases(Canvas& canvas, const Cloth& cloth, const Hand& hand, const std::vector<Fold>& folds) {
  const Ink ink = shading_ink(cloth);
  const bool dark = ink.dark();
  canvas.begin("fill='" + ink.shade(dark ? 0.75 : 0.5).hex() + "'");
  for (const Fold& fold : folds)
    mark(canvas, leaf(fold, fold.width, {}), std::min(0.9, fold.depth * hand.fold_depth));
  canvas.end();
  // The ridge lies towards the light: left of an upright crease, above a level one.
  canvas.begin("fill='" + ink.tint(dark ? 0.4 : 0.6).hex() + "'");
  for (const Fold& fold : folds) {
    Point side = normal(unit(fold.to - fold.from));
    if (side.x * 0.8 + side.y * 0.6 > 0) side = side * -1;
    const double shine = fold.depth * hand.fold_depth * (dark ? 0.55 : 0.75) * (0.55 + hand.shine);
    mark(canvas, leaf(fold, fold.width * 0.75, side * (fold.width * 0.8)), std::min(0.85, shine));
  }
  canvas.end();
}

void draw_rounding(Canvas& canvas, const Cloth& cloth, const std::string& id, const Box& box, double volume) {
  const double width = std::clamp(std::min(box.width(), box.height()) * 0.17, 4.0, 30.0);
  const Ink ink = shading_ink(cloth);
  const bool dark = ink.dark();
  const auto edge = [&](const Ink& colour, double opacity, double size, Point shift) {
    canvas.use(id, fmt::format("fill='none' stroke='{}' stroke-width='{}' stroke-opacity='{:.2f}' "
                               "transform='translate({} {})'",
                               colour.hex(), number(size), std::min(0.9, opacity), number(shift.x),
                               number(shift.y)));
  };
  // Three widths make the shadow fall off; one alone would end in a visible band.
  const Ink low = ink.shade(dark ? 0.7 : 0.42);
  const double across = -width * 0.3, down = width * 0.06;
  edge(low, 0.15 * volume, width * 1.5, {across, down});
  edge(low, 0.17 * volume, width, {across * 0.8, down});
  edge(low, 0.2 * volume, width * 0.5, {across * 0.5, down});
  edge(ink.tint(dark ? 0.28 : 0.55), (dark ? 0.26 : 0.32) * volume, width * 0.55, {width * 0.5, width * 0.5});
}

}  // namespace

Fold mirror(const Fold& fold) {
  return {mirror(fold.from), mirror(fold.to), -fold.bend, fold.width, fold.depth, fold.open};
}

void draw_folds(Canvas& canvas, const Cloth& cloth, const Path& outline, const std::vector<Fold>& folds) {
  if (folds.empty()) return;
  const Hand hand = hand_of(cloth);
  canvas.begin_clip(outline);
  canvas.begin_blur(hand.fold_blur);
  draw_creases(canvas, cloth, hand, folds);
  canvas.end();
  canvas.end();
}

namespace {

// Small pieces and those that lie flat (lapels, pockets) need no blur: their rounding is a few units wide.
constexpr double kBlurredFrom = 80;

bool blurred(const Panel& panel) {
  const Box box = panel.outline.box();
  return !panel.folds.empty() || (panel.volume > 0.7 && std::min(box.width(), box.height()) >= kBlurredFrom);
}

void draw_cloth(Canvas& canvas, const Cloth& cloth, const Panel& panel, const std::string& id) {
  canvas.silhouette(panel.outline, id, panel.in_shadow);
  if (panel.lift > 0) {
    const std::string ink = cloth.ground.shade(0.7).hex();
    canvas.use(id, fmt::format("fill='{}' fill-opacity='.12' transform='translate({} {})'", ink,
                               number(panel.lift), number(panel.lift * 1.5)));
    canvas.use(id, fmt::format("fill='{}' fill-opacity='.16' transform='translate({} {})'", ink,
                               number(panel.lift * 0.5), number(panel.lift * 0.8)));
  }
  canvas.use(id, fmt::format("fill='{}'", base_paint(canvas, cloth)));
  if (cloth.print == Print::kPlain && weave_of(canvas, cloth).empty()) return;
  canvas.begin_clip(std::span(&id, 1));
  draw_print(canvas, cloth, panel.grain, panel.outline);
  draw_texture(canvas, cloth, panel.grain, panel.outline);
  canvas.end();
}

}  // namespace

void draw_panels(Canvas& canvas, const Cloth& cloth, std::span<const Panel> panels) {
  const Hand hand = hand_of(cloth);
  std::vector<std::string> ids;
  for (const Panel& panel : panels) {
    ids.push_back(canvas.define(panel.outline));
    draw_cloth(canvas, cloth, panel, ids.back());
  }
  const bool blur = std::any_of(panels.begin(), panels.end(), blurred);
  canvas.begin_clip(ids);
  if (blur) canvas.begin_blur(hand.fold_blur);
  for (size_t i = 0; i < panels.size(); ++i) {
    draw_rounding(canvas, cloth, ids[i], panels[i].outline.box(), panels[i].volume * hand.volume);
    if (!panels[i].folds.empty()) draw_creases(canvas, cloth, hand, panels[i].folds);
  }
  if (blur) canvas.end();
  canvas.end();
  for (const std::string& id : ids)
    canvas.use(
        id, fmt::format(
                "fill='none' stroke='{}' stroke-width='.9' stroke-opacity='{:.2f}' stroke-linejoin='round'",
                cloth.ground.shade(cloth.ground.dark() ? 0.6 : 0.45).hex(), hand.edge));
}

void draw_panel(Canvas& canvas, const Cloth& cloth, const Panel& panel) {
  draw_panels(canvas, cloth, {&panel, 1});
}

}  // namespace modiste::drawn_shop::drawing
