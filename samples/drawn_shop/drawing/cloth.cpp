#include "drawn_shop/drawing/cloth.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "drawn_shop/drawing/prints.h"
#include "drawn_shop/drawing/weaves.h"

namespace modiste::drawn_shop::drawing {

Cloth Cloth::plain() const {
  Cloth cloth = *this;
  cloth.print = Print::kPlain;
  return cloth;
}

Cloth Cloth::dyed(const Ink& ink) const {
  Cloth cloth = plain();
  cloth.ground = ink;
  return cloth;
}

Cloth Cloth::knitted(Knit other) const {
  Cloth cloth = *this;
  cloth.knit = other;
  return cloth;
}

Cloth cloth_of(const Design& design, const Colourway& colours) {
  return {design.material, design.knit,    design.print,       colours.ground,
          colours.figure,  colours.accent, design.print_scale, design.seed};
}

Cloth hem_cloth(const Cloth& cloth) {
  return cloth.print == Print::kColourBlock ? cloth.dyed(cloth.figure) : cloth.plain();
}

Hand hand_of(const Cloth& cloth) {
  if (cloth.knit == Knit::kChunky || cloth.knit == Knit::kCable) return {6, 0.6, 0.2, 1.25, 0.45};
  if (cloth.knit != Knit::kNone) return {5, 0.7, 0.2, 1.05, 0.45};
  switch (cloth.material) {
    case Material::kSilk:
    case Material::kSatin:
      return {2.6, 0.95, 1.0, 0.8, 0.4};
    case Material::kVelvet:
      return {4.5, 1.0, 0.9, 1.1, 0.4};
    case Material::kChiffon:
    case Material::kViscose:
      return {3.2, 0.8, 0.45, 0.7, 0.4};
    case Material::kLace:
      return {3.5, 0.6, 0.3, 0.7, 0.4};
    case Material::kLinen:
      return {2.2, 0.75, 0.3, 0.8, 0.5};
    case Material::kLeather:
      return {2.4, 1.0, 1.0, 1.2, 0.6};
    case Material::kDenim:
    case Material::kCanvas:
    case Material::kCorduroy:
      return {3.0, 0.75, 0.3, 1.0, 0.6};
    case Material::kNylon:
    case Material::kPolyester:
      return {2.4, 0.85, 0.6, 1.0, 0.5};
    case Material::kWool:
    case Material::kCashmere:
    case Material::kTweed:
    case Material::kFleece:
    case Material::kSuede:
      return {5, 0.65, 0.15, 1.1, 0.45};
    case Material::kSequin:
    case Material::kMetal:
      return {3, 0.7, 0.9, 1.0, 0.5};
    default:
      return {3.6, 0.7, 0.3, 0.9, 0.5};
  }
}

Point Grain::operator()(double u, double v) const {
  const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  return origin + Point{u * c - v * s, u * s + v * c};
}

Box Grain::local_box(const Path& outline) const {
  return outline.moved(origin * -1).turned(-degrees, {}).box();
}

std::string base_paint(Canvas& canvas, const Cloth& cloth) {
  const double light = cloth.ground.dark() ? 0.10 : 0.18;
  return canvas.linear({0.1, 0}, {0.9, 1},
                       {{0, cloth.ground.tint(light)}, {0.45, cloth.ground}, {1, cloth.ground.shade(0.09)}});
}

namespace {
bool hangs_straight(Material material) {
  return material == Material::kWool || material == Material::kTweed || material == Material::kCashmere ||
         material == Material::kCorduroy;
}

void fill_box(Canvas& canvas, const Box& box, std::string_view paint) {
  canvas.raw(fmt::format("<rect x='{}' y='{}' width='{}' height='{}' fill='{}'/>", number(box.low.x - 6),
                         number(box.low.y - 6), number(box.width() + 12), number(box.height() + 12), paint));
}

// A tile turned and moved with the grain, sharing the one definition of its marks.
void fill_tiled(Canvas& canvas, const std::string& tile, const Grain& grain, const Box& box) {
  const auto id = canvas.define(
      fmt::format("{} {:.0f} {:.0f} {:.0f}", tile, grain.degrees, grain.origin.x, grain.origin.y),
      fmt::format("<pattern id='{{id}}' href='#{}' patternTransform='translate({} {}) rotate({})'/>", tile,
                  number(grain.origin.x), number(grain.origin.y), number(grain.degrees)));
  fill_box(canvas, box, "url(#" + id + ")");
}
}  // namespace

void draw_print(Canvas& canvas, const Cloth& cloth, const Grain& grain, const Path& outline) {
  const Box box = outline.box();
  switch (cloth.print) {
    case Print::kPlain:
    case Print::kGraphic:
      return;
    case Print::kColourBlock: {
      // Level across the garment, sleeves included.
      constexpr double kSeam = 165;
      if (box.high.y > kSeam) fill_box(canvas, {{box.low.x, kSeam}, box.high}, cloth.figure.hex());
      if (box.high.y > kSeam)
        fill_box(canvas, {{box.low.x, kSeam - 4}, {box.high.x, kSeam + 8}}, cloth.accent.hex());
      return;
    }
    case Print::kTieDye:
      return draw_tie_dye(canvas, cloth, box);
    case Print::kPinstripe:
    case Print::kCheck:
    case Print::kTartan:
    case Print::kGingham:
      if (hangs_straight(cloth.material) && cloth.knit == Knit::kNone)
        return fill_tiled(canvas, tile_of(canvas, cloth), grain, box);
      [[fallthrough]];
    case Print::kStripe:
      return draw_lines(canvas, cloth, grain, grain.local_box(outline));
    default:
      return fill_tiled(canvas, tile_of(canvas, cloth), grain, box);
  }
}

void draw_texture(Canvas& canvas, const Cloth& cloth, const Grain& grain, const Path& outline) {
  const std::string tile = weave_of(canvas, cloth);
  if (!tile.empty()) fill_tiled(canvas, tile, grain, outline.box());
}

}  // namespace modiste::drawn_shop::drawing
